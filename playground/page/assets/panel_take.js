// What a person takes away: a figure as PNG, SVG, CSV or JSON, and a cell for a notebook. Each answers with
// what to tell the person, once it is done.
window.playground = window.playground || {};
(() => {
  const SCALES = [2, 1, 0.5, 0.25];  // 2: sharp on a projector; less where the browser makes no such image
  const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/, NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

  class Told extends Error {}  // its message is for the person

  const blank = () => window.playground.node("canvas");

  function save(content, name) {
    const link = window.playground.node("a", { download: name });
    link.href = URL.createObjectURL(content);
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    return "Saved.";
  }

  const text = (content, type, name) => save(new Blob([content], { type: `${type};charset=utf-8` }), name);
  const isChart = (canvas) => canvas.querySelector(".js-plotly-plot") !== null;

  function picture({ canvas }) {
    if (!canvas.querySelector("svg")) throw new Told("There is no picture to save yet.");
  }

  async function standing({ canvas }) {
    if (!isChart(canvas)) return window.playground.standing(canvas);
    const address = await window.playground.image(canvas, "svg", 1);
    return window.playground.legal(decodeURIComponent(address.slice(address.indexOf(",") + 1)));
  }

  function loaded(address) {
    return new Promise((done, failed) => {
      const image = new Image();
      image.onload = () => done(image);
      image.onerror = () => failed(new Told("The picture could not be made; SVG may work."));
      image.src = address;
    });
  }

  async function png(taken) {
    picture(taken);
    const drawn = await standing(taken);
    const image = await loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn)}`);
    const shown = taken.canvas.querySelector("svg");
    const [width, height] = ["width", "height"].map((side) => Number(shown.getAttribute(side)) || image[side]);
    for (const scale of SCALES) {
      const canvas = Object.assign(blank(), { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
      canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
      if (blob) return save(blob, `${taken.name}.png`);
    }
    throw new Told("This figure is too large for a PNG; SVG works.");
  }

  async function svg(taken) {
    picture(taken);
    return text(await standing(taken), "image/svg+xml", `${taken.name}.svg`);
  }

  // A cell of CSV; what a spreadsheet would read as a formula becomes text.
  function cell(value) {
    const told = String(value), safe = FORMULA.test(told) && !NUMBER.test(told) ? `'${told}` : told;
    return `"${safe.replaceAll('"', '""')}"`;
  }

  function csv({ table, name }) {
    const rows = [table.headers, ...table.body].map((row) => row.map(cell).join(","));
    return text(`\ufeff${rows.join("\r\n")}\r\n`, "text/csv", `${name}.csv`);
  }

  // The events of a stream that has ended: [name, data] each.
  function events(stream) {
    return stream.split(/\r?\n\r?\n/).map((block) => {
      const lines = block.split(/\r?\n/), part = (name) => lines.filter((line) => line.startsWith(`${name}: `))
        .map((line) => line.slice(name.length + 2)).join("\n");
      return [part("event"), part("data")];
    });
  }

  // An endpoint's answer, through the queue: the way that is open on a Space too.
  async function answer({ endpoint, arguments: data }) {
    const path = `gradio_api/call/${endpoint}`;
    const asked = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ data }) });
    if (!asked.ok) throw new Told("The server takes no more requests just now; please try again in a minute.");
    const { event_id: event } = await asked.json();
    const stream = await (await fetch(`${path}/${event}`)).text();
    const complete = events(stream).find(([name]) => name === "complete");
    if (!complete) throw new Told("The server could not compute it; please change the text or a setting.");
    return JSON.parse(complete[1])[0];
  }

  async function json({ call, name }) {
    return text(JSON.stringify(await answer(call), null, 2), "application/json", `${name}.json`);
  }

  // navigator.clipboard is missing where the page comes by http; then the older way, then the person's hands.
  async function copy({ code, cell: shown }) {
    try {
      await navigator.clipboard.writeText(code);
      return "Copied.";
    } catch { /* missing or refused: another way */ }
    const field = window.playground.node("textarea", { readonly: "", style: "position: fixed; opacity: 0" });
    field.value = code;
    const held = document.activeElement;
    document.body.append(field);
    field.select();
    let copied = false;
    try { copied = document.execCommand("copy"); } catch { /* refused */ }
    field.remove();
    held?.focus?.();
    if (copied) return "Copied.";
    getSelection().selectAllChildren(shown);
    return "The cell is selected: press Ctrl-C to copy it.";
  }

  const ways = { png, svg, csv, json, copy };

  // Take a figure away; the sentence to show. taken: canvas, name, table, call, code (of the cell), cell (its place).
  window.playground.take = async (way, taken) => {
    try {
      return await ways[way](taken);
    } catch (error) {
      if (!(error instanceof Told)) console.warn(error);
      return error instanceof Told ? error.message : "That did not work; please try again.";
    }
  };
})();
