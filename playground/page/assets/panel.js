// A panel: all figures of one instrument, shown from one value. The page loads all panel*.js once, in any
// order, and each panel's component runs `window.playground.panel(element, props, trigger, watch)`.
window.playground = window.playground || {};
(() => {
  const node = (...given) => window.playground.node(...given);
  const panels = new Set();  // those on the page; their colours follow light and dark

  function tabulate(place, { headers, body }) {
    const head = node("tr"), rows = node("tbody"), top = node("thead"), table = node("table");
    for (const header of headers) head.append(node("th", { scope: "col" }, header));
    for (const row of body) {
      const made = node("tr");
      row.forEach((cell, i) => made.append(i ? node("td", {}, cell) : node("th", { scope: "row" }, cell)));
      rows.append(made);
    }
    top.append(head);
    table.append(top, rows);
    place.replaceChildren(table);
  }

  const placeOf = (figure) => (name) => figure.querySelector(`[data-place="${name}"]`);

  function picture(canvas, shown, name, pick) {
    if (shown.picture?.kind === "chart") {
      canvas.querySelector("svg.drawing")?.remove();
      window.playground.chart(canvas, shown.picture, shown.sentence, name, pick);
      return;
    }
    window.playground.unchart(canvas);
    if (shown.picture) window.playground.draw(canvas, shown.picture, shown.sentence);
    else canvas.replaceChildren();
  }

  // What a picture lets a person do on the page, without asking the server: each kind has controls of its own,
  // made by `window.playground.controls[kind](place, shown, redraw)`.
  const LIVELY = ["ranking", "frames"];

  function tell(place, shown) {
    if (place("sentence").textContent !== shown.sentence) place("sentence").textContent = shown.sentence;
    tabulate(place("table"), shown.table);
    place("formula").replaceChildren(...shown.formula.map((line) => node("p", {}, line)));
  }

  function show(figure, shown, value, pick) {
    const place = placeOf(figure), name = figure.dataset.name;
    figure.hidden = !shown;
    if (!shown) return;
    const kind = LIVELY.find((one) => shown.picture?.[one]);
    if (!kind) place("controls").replaceChildren();
    else window.playground.controls[kind](place("controls"), shown, (now) => {
      Object.assign(shown, now);
      window.playground.draw(place("canvas"), now.picture, shown.sentence);
      tell(place, shown);
    });
    if (!kind) picture(place("canvas"), shown, name, (key) => pick(name, key));
    tell(place, shown);
    for (const way of ["png", "svg"]) figure.querySelector(`[data-take="${way}"]`).hidden = !shown.picture;
    place("cell").textContent = value.cell;
    place("took").textContent = "";
  }

  window.playground.panel = (element, props, trigger, watch) => {
    let value = null;
    const figures = () => [...element.querySelectorAll("figure[data-name]")];
    const pick = (figure, key) => {
      window.playground.unlink?.();
      window.playground.pause?.();
      trigger("pick", { figure, key });
    };

    function render() {
      value = JSON.parse(props.value || "null");
      for (const figure of figures()) show(figure, value?.figures[figure.dataset.name], value, pick);
    }

    async function take(button) {
      const figure = button.closest("figure"), place = placeOf(figure), { name } = figure.dataset;
      place("took").textContent = "";
      place("took").textContent = await window.playground.take(button.dataset.take, {
        canvas: place("canvas"), name, table: value.figures[name].table, call: value.call, code: value.cell,
        cell: place("cell") });
    }

    function picked(event) {
      const mark = event.target.closest("svg.drawing [data-key]");
      if (mark) pick(mark.closest("figure").dataset.name, mark.dataset.key);
      return mark;
    }

    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-take]");
      if (button) take(button);
      else picked(event);
    });
    element.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && picked(event)) event.preventDefault();
    });
    panels.add({ element, recolour: () => {
      for (const figure of figures()) {
        const shown = value?.figures[figure.dataset.name], canvas = placeOf(figure)("canvas");
        if (shown?.picture?.kind === "chart") window.playground.repaint(canvas);
        else if (shown?.picture?.marks.some((mark) => mark.kind === "raster"))
          window.playground.draw(canvas, shown.picture, shown.sentence);
      }
    } });
    watch("value", render);
    render();
  };

  new MutationObserver(() => {
    for (const panel of panels) {
      if (panel.element.isConnected) panel.recolour();
      else panels.delete(panel);
    }
  }).observe(document.documentElement, { subtree: false, attributes: true, attributeFilter: ["class"] });
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      for (const panel of panels) panel.recolour();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
})();
