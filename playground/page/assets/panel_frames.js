// A walk through drawings that the page has already: play, pause, forward, back, by mouse and keyboard.
window.playground = window.playground || {};
(() => {
  const node = (...given) => window.playground.node(...given);
  const PAUSE = 1400;  // milliseconds that a step stays
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const playing = new WeakMap();  // each place's timer

  function stop(place) {
    clearInterval(playing.get(place));
    playing.delete(place);
  }

  function button(text, label, click) {
    const made = node("button", { type: "button", "aria-label": label, title: label }, text);
    made.addEventListener("click", click);
    return made;
  }

  function controls(place, shown, redraw) {
    stop(place);
    const { frames } = shown.picture, last = frames.length - 1;
    let now = 0;
    const bar = node("input", { type: "range", min: 1, max: frames.length, value: 1, "aria-label": "Step" });
    const count = node("output", {});
    const back = button("◀", "One step back", () => pause(now - 1));
    const play = button("", "", () => (playing.has(place) ? pause(now) : start()));
    const forward = button("▶", "One step forward", () => pause(now + 1));

    function go(to) {
      now = Math.min(last, Math.max(0, to));
      bar.value = now + 1;
      count.textContent = `step ${now + 1} of ${frames.length}`;
      back.setAttribute("aria-disabled", now === 0);  // not `disabled`, which would lose the keyboard's place
      forward.setAttribute("aria-disabled", now === last);
      if (now === last) stop(place);
      const label = playing.has(place) ? "Pause" : "Play";
      play.textContent = label;
      play.setAttribute("aria-label", label);
      redraw({ ...frames[now], picture: { ...frames[now].picture, frames } });
    }

    function pause(to) {
      stop(place);
      go(to);
    }

    function start() {
      if (now === last) now = -1;
      const seen = () => place.checkVisibility() && !document.hidden;
      playing.set(place, setInterval(() => (seen() ? go(now + 1) : pause(now)), PAUSE));
      go(now + 1);
    }

    play.hidden = calm();  // who wants no motion goes step by step
    bar.addEventListener("input", () => pause(bar.value - 1));
    const keys = { ArrowLeft: () => pause(now - 1), ArrowRight: () => pause(now + 1), Home: () => pause(0), End: () => pause(last) };
    place.onkeydown = (event) => {
      if (event.target === bar || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    };
    place.className = "walk";
    place.setAttribute("role", "group");
    place.replaceChildren(back, play, forward, bar, count);
    go(0);
  }

  window.playground.controls = { ...window.playground.controls, frames: controls };
})();
