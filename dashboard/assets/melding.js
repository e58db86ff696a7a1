/* What a sighted person sees change, a screen reader is told: the new page by its heading, a new choice by its answer.
   Focus follows to the new page, and the title of the tab says where one is. */
(function () {
  "use strict";
  const WAIT = 150;
  let path = null, search = null, shown = "", heard = "", timer = null, back = false;

  function status() {
    let box = document.getElementById("melding");
    if (!box) {
      box = document.createElement("div");
      box.id = "melding";
      box.className = "alleen-lezer";
      box.setAttribute("role", "status");
      box.setAttribute("aria-live", "polite");
      document.body.appendChild(box);
    }
    return box;
  }

  function told() {
    const block = document.getElementById("inhoud-blok"), heading = block && block.querySelector("h1");
    if (!heading || block.textContent === shown) return; // the address changed, but what it leads to is still coming
    const answer = block.querySelector(".pagina-antwoord") || block.querySelector(".pagina-vraag");
    const said = answer ? answer.textContent : "";
    document.title = heading.textContent + " · Inburgeringsmonitor";
    if (path !== null && path !== location.pathname) {
      const main = document.getElementById("inhoud");
      if (main) main.focus({ preventScroll: true });
      if (!back) window.scrollTo(0, 0);
      status().textContent = heading.textContent + ". " + said;
    } else if (search !== null && (search !== location.search || said !== heard)) { // said can come after its address
      const texts = document.getElementById("teksten");
      status().textContent = (texts ? texts.dataset.bijgewerkt + " " : "") + said;
    }
    path = location.pathname;
    search = location.search;
    shown = block.textContent;
    heard = said;
    back = false;
  }

  window.addEventListener("popstate", function () { back = true; });
  new MutationObserver(function () {
    clearTimeout(timer);
    timer = setTimeout(told, WAIT);
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", status);
})();
