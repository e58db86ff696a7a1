/* The link of the page one is on: told to a screen reader, and in sight where the menu is wider than the screen. */
(() => {
  const tell = () => {
    for (const link of document.querySelectorAll(".menu .menu-link")) {
      const here = link.classList.contains("hier");
      if (here === link.hasAttribute("aria-current")) continue;
      if (!here) {
        link.removeAttribute("aria-current");
        continue;
      }
      link.setAttribute("aria-current", "page");
      const menu = link.closest(".menu");
      if (menu.scrollWidth > menu.clientWidth) {
        menu.scrollLeft += link.getBoundingClientRect().right - menu.getBoundingClientRect().right + 16;
      }
    }
  };
  new MutationObserver(tell).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["class"],
  });
})();
