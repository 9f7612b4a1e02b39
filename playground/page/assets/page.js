// What a person does on the page, told to the server by a few hidden texts.
const PAUSE = 1400; // milliseconds that a step of what is played stays
const TOO_LONG = "What you see has a text that is too long for a link.";

window.playground = Object.assign(window.playground ?? {}, {
  number: 0, // of the mark that was picked last; each has a larger one
  questions: 0, // asked so far
  picks: [], // the marks that no answer has told of yet, the oldest first

  // A mark was picked: {view, figure, key}.
  act(mark) {
    this.number = Math.max(Date.now(), this.number + 1);
    this.picks.push({ ...mark, number: this.number });
    return JSON.stringify({ number: this.number, picks: this.picks });
  },

  // The name of the open instrument of a strip of instruments, as its tab's button says.
  opened(strip) {
    const button = document.querySelector(`#${strip} [role="tab"][aria-selected="true"]`);
    return button.dataset.tabId ?? button.id.replace(/-button$/, "");
  },

  // All of a tab's inputs, by their names, as one text that is unlike every other.
  question(names, given) {
    this.questions += 1;
    return JSON.stringify({ "": this.questions, ...Object.fromEntries(names.map((name, i) => [name, given[i]])) });
  },

  // An answer's values for the components of these names. Those of the others stay as they are, with
  // what was typed meanwhile: undefined leaves a component alone.
  dealt(names, reply) {
    const answered = JSON.parse(reply || "{}");
    const { acts = {} } = JSON.parse(answered.seen ?? "{}");
    this.picks = this.picks.filter(
      ({ number, view }) => number > (acts[view] ?? 0) || !names.includes(`panel ${view}`),
    );
    return names.map((name) => answered[name]);
  },

  // What follows "?" in the page's address, if it is a link to this tab.
  address(tab) {
    const { search } = window.location;
    return new URLSearchParams(search).get("tab") === tab ? search : "";
  },

  // What a person set on the page alone, as JSON by the figure's name. A link holds it as "figure.NAME"; what
  // stands in one may be anything.
  figures: new Map(
    [...new URLSearchParams(window.location.search)]
      .filter(([name]) => name.startsWith("figure."))
      .map(([name, value]) => [name.slice("figure.".length), value]),
  ),

  // The address that restores what a person sees: the tab, the instrument and every setting that is not as it is
  // on the untouched page, as JSON.
  restoring([tab, names, firsts], [view, ...values]) {
    const url = new URL(window.location.href);
    url.search = "";
    url.searchParams.set("tab", tab);
    url.searchParams.set("view", view);
    names.forEach((name, i) => {
      const value = JSON.stringify(values[i]);
      if (value !== JSON.stringify(firsts[i])) url.searchParams.set(name, value);
    });
    for (const [name, set] of this.figures) {
      if (document.getElementById(name)?.checkVisibility()) url.searchParams.set(`figure.${name}`, set);
    }
    return url;
  },

  // Whether a value has more characters than a link may hold.
  tooLong: (given, most) => given.some((value) => JSON.stringify(value ?? null).length > most),

  // The link to what a person sees; the address bar and the clipboard get it, too.
  link(inputs, given, most) {
    if (this.tooLong(given, most)) return TOO_LONG;
    const url = this.restoring(inputs, given);
    window.history.replaceState(null, "", url);
    return this.copied(url.href);
  },

  // The line that shows this instrument alone, as a person sees it, in another page.
  embed(inputs, given, most) {
    if (this.tooLong(given, most)) return TOO_LONG;
    const url = this.restoring(inputs, given);
    url.searchParams.set("embed", "1");
    const source = url.href.replaceAll("&", "&amp;").replaceAll('"', "%22");
    return this.copied(
      `<iframe src="${source}" title="${document.title}" width="100%" height="760" loading="lazy"></iframe>`,
    );
  },

  // What a person sees has changed: the link that stands in the field is to something else, and goes.
  unlink() {
    for (const field of document.querySelectorAll(".link textarea")) {
      if (!field.value) continue;
      field.value = "";
      field.dispatchEvent(new Event("input"));
    }
  },

  // Go through a slider from where it stands, or from its start, and stand still where a person asks for that,
  // moves it, or looks at something else.
  play(name) {
    const place = document.getElementById(name), bar = place.querySelector('input[type="range"]');
    const button = place.closest(".settings").querySelector(".play");
    const played = this.playing?.button;
    this.pause();
    if (played === button) return;
    const to = (value) => {
      bar.value = value;
      bar.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const next = () => {
      const at = Number(bar.value) + Number(bar.step);
      if (at <= Number(bar.max) && bar.checkVisibility()) to(at);
      if (at >= Number(bar.max) || !bar.checkVisibility()) this.pause();
    };
    this.playing = { timer: setInterval(next, PAUSE), button };
    button.textContent = "Pause";
    if (bar.value === bar.max) to(bar.min);
    else next();
  },

  pause() {
    if (!this.playing) return;
    clearInterval(this.playing.timer);
    this.playing.button.textContent = "Play";
    this.playing = null;
  },

  // The selected tab of each strip that goes on sideways comes into sight; where a person moved a strip since,
  // it stays.
  sights: new WeakMap(),
  intoSight() {
    for (const strip of document.querySelectorAll('[role="tablist"]')) {
      const tab = strip.querySelector('[role="tab"][aria-selected="true"]');
      if (!tab || this.sights.get(strip) === tab || !strip.clientWidth) continue;
      this.sights.set(strip, tab);
      const before = tab.getBoundingClientRect().left - strip.getBoundingClientRect().left;
      strip.scrollBy({ left: before - (strip.clientWidth - tab.offsetWidth) / 2 });
    }
  },

  // A text, which the clipboard gets where it may.
  copied(text) {
    navigator.clipboard?.writeText(text).catch(() => {});
    return text;
  },

  // What a phone is to open: the link to what a person sees, or just the page where that is long.
  scanned(inputs, given) {
    const { href, origin, pathname } = this.restoring(inputs, given);
    return href.length > 500 ? origin + pathname : href;
  },
});

// By the browser's own events: each of Gradio's costs its page as much as an answer does.
const CHANGING = '[role="tab"], [data-key], .gallery-item, .examples button, .reset-button';
for (const [kind, concerns] of [
  ["input", (place) => !place.closest(".link")],
  ["click", (place) => place.closest(CHANGING)],
]) document.addEventListener(kind, ({ target }) => {
  if (target instanceof Element && concerns(target)) window.playground.unlink();
}, true);
document.addEventListener("input", ({ isTrusted }) => isTrusted && window.playground.pause(), true);

// Strips come and go with their tabs, and an opened link selects tabs later than they are there.
let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    window.playground.intoSight();
  });
}).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["aria-selected"] });

// Shown in another page: one instrument alone, without the tabs and the page's head.
if (new URLSearchParams(window.location.search).has("embed")) {
  document.documentElement.classList.add("embedded");
}
