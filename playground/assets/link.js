// The address that restores what a person sees: the tab, the instrument and every setting, as JSON.
(view, ...values) => {
  const names = NAMES, url = new URL(window.location.href);
  url.search = "";
  url.searchParams.set("tab", TAB);
  url.searchParams.set("view", view);
  names.forEach((name, i) => url.searchParams.set(name, JSON.stringify(values[i])));
  window.history.replaceState(null, "", url);
  navigator.clipboard?.writeText(url.href).catch(() => {});
  return url.href;
}
