/* The other language, of the same view: only `taal` in the address changes. */
document.addEventListener("click", function (event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-taal]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const inLanguage = function (code) {
    const others = location.search.replace(/^\?/, "").split("&").filter((one) => one && !/^taal(=|$)/.test(one));
    return location.pathname + "?" + [...others, "taal=" + code].join("&") + location.hash;
  };
  // the way back leads to this page in the language of now, whatever the cookie says by then
  history.replaceState(history.state, "", inLanguage(document.documentElement.lang));
  location.assign(inLanguage(link.dataset.taal));
});

/* A page asks for its parts in its own language: another tab may have chosen another since. */
(function () {
  const ask = window.fetch;
  window.fetch = function (what, how) {
    const headers = new Headers((how && how.headers) || undefined);
    headers.set("X-Taal", document.documentElement.lang);
    return ask.call(window, what, { ...how, headers });
  };
})();
