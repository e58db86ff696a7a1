/* The other language, of the same view: only `taal` in the address changes. */
document.addEventListener("click", function (event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-taal]") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const others = location.search.replace(/^\?/, "").split("&").filter((one) => one && !/^taal(=|$)/.test(one));
  location.assign(location.pathname + "?" + [...others, "taal=" + link.dataset.taal].join("&") + location.hash);
});
