// Draws charts with Plotly, whose library is fetched from `window.playgroundPlotly` (its address, which
// the page sets) when the first chart comes into view, and asked for again later if that failed.
window.playground = window.playground || {};
(() => {
  const NAMED = /^var\((--[\w-]+)(?:, ([\d.]+))?\)$/;
  const waiting = new WeakMap();  // place -> what to draw once it is seen
  let fetching = null;

  function library() {
    if (window.Plotly) return Promise.resolve(window.Plotly);
    fetching ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = window.playgroundPlotly;
      script.onload = () => (window.Plotly ? done(window.Plotly) : failed());
      script.onerror = () => { script.remove(); failed(); };
      document.head.append(script);
    }).catch((error) => { fetching = null; throw error; });
    return fetching;
  }

  // The same JSON with each named colour as the page has it now, light or dark.
  function coloured(value, style) {
    if (typeof value === "string") {
      const [, name, opacity] = NAMED.exec(value) ?? [];
      const found = name && style.getPropertyValue(name).trim();
      if (!name) return value;
      return opacity === undefined ? found : faded(found, opacity);
    }
    if (Array.isArray(value)) return value.map((part) => coloured(part, style));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, coloured(part, style)]));
    return value;
  }

  function faded(colour, opacity) {
    const context = document.createElement("canvas").getContext("2d");
    context.fillStyle = colour;
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(context.fillStyle.slice(at, at + 2), 16));
    return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
  }

  const ground = () => getComputedStyle(document.body).backgroundColor;

  // The chart as an image that stands alone, on the page's ground: an address with its data.
  function image(canvas, format, scale) {
    const { data, layout, offsetWidth: width, offsetHeight: height } = canvas.querySelector(".js-plotly-plot");
    const figure = { data, layout: { ...layout, paper_bgcolor: ground() } };
    return window.Plotly.toImage(figure, { format, width, height, scale });
  }

  function buttons(canvas, name) {
    const save = async (format) => {
      const link = window.playground.node("a", { download: `${name}.${format}` });
      link.href = await image(canvas, format, 2);
      link.click();
    };
    const { camera, disk } = window.Plotly.Icons;
    return [["png", "Save as PNG", camera], ["svg", "Save as SVG", disk]]
      .map(([format, title, icon]) => ({ name: format, title, icon, click: () => save(format) }));
  }

  async function paint(canvas) {
    const { chart, label, name, pick } = waiting.get(canvas);
    try {
      await library();
    } catch {
      canvas.replaceChildren(window.playground.node("p", { class: "notice", role: "status" },
        "The part that draws charts could not be fetched. The numbers below are complete; "
        + "change a setting to try again."));
      return;
    }
    if (waiting.get(canvas)?.chart !== chart) return;  // another came meanwhile
    let place = canvas.querySelector(".chart");
    if (!place) {
      place = window.playground.node("div", { class: "chart" });
      canvas.replaceChildren(place);
      new ResizeObserver(() => place.offsetWidth && place.data && window.Plotly.Plots.resize(place)).observe(canvas);
    }
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", label);
    place.style.minWidth = `${chart.layout.meta?.least ?? 0}px`;  // narrower places scroll
    const { data, layout } = coloured({ data: chart.data, layout: chart.layout }, getComputedStyle(document.body));
    const bar = { displaylogo: false, displayModeBar: "hover", modeBarButtons: [buttons(canvas, name)] };
    await window.Plotly.react(place, data, layout, bar);
    if (place.dataset.armed) return;
    place.dataset.armed = "yes";
    place.on("plotly_click", ({ points }) => {
      const key = points[0]?.customdata;
      if (typeof key === "string" && key) waiting.get(canvas)?.pick(key);
    });
  }

  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting && waiting.has(target)) {
        seen.unobserve(target);
        paint(target);
      }
  }, { rootMargin: "200px" });

  // Draw a chart into a place, when a person can see it. Anything else there goes.
  function chart(canvas, figure, label, name, pick) {
    waiting.set(canvas, { chart: figure, label, name, pick });
    if (canvas.querySelector(".js-plotly-plot")) {
      paint(canvas);
      return;
    }
    canvas.style.minHeight = `${figure.layout.height ?? 300}px`;
    seen.unobserve(canvas);
    seen.observe(canvas);
  }

  // Forget a place's chart: something else is drawn there.
  function unchart(canvas) {
    if (!waiting.has(canvas)) return;
    seen.unobserve(canvas);
    waiting.delete(canvas);
    const place = canvas.querySelector(".js-plotly-plot");
    if (place) window.Plotly.purge(place);
    canvas.style.minHeight = "";
  }

  function repaint(canvas) {
    if (waiting.has(canvas) && canvas.querySelector(".js-plotly-plot")) paint(canvas);
  }

  Object.assign(window.playground, { chart, unchart, repaint, image });
})();
