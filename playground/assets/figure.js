// Draws a figure's value into the places of its frame. Text is only ever set as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const place = (name) => element.querySelector(`[data-place="${name}"]`);

function node(tag, attributes = {}, text = null, space = null) {
  const made = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== null) made.textContent = text;
  return made;
}

function line({ points, curved }) {
  if (!curved) return points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join(" ");
  const [[x, y], [u, v]] = points;
  const half = (y + v) / 2;
  return `M${x} ${y} C${x} ${half} ${u} ${half} ${u} ${v}`;
}

const shapes = {
  box: (m) => node("rect", { x: m.x ?? 0, y: m.y ?? 0, width: m.width ?? 0, height: m.height ?? 0, rx: 2,
    class: `fill ${m.fill}${m.framed ? " framed" : ""}`, "fill-opacity": 0.05 + 0.95 * (m.part ?? 0) }, null, SVG),
  path: (m) => node("path", { d: line(m), class: `line ${m.fill}`, "stroke-width": m.width ?? 0,
    "stroke-opacity": 0.05 + 0.95 * (m.part ?? 0) }, null, SVG),
  word: (m) => node("text", { x: m.x ?? 0, y: m.y ?? 0, "text-anchor": m.anchor,
    class: `word ${m.colour ?? ""}${m.strong ? " strong" : ""}`,
    ...(m.angle ? { transform: `rotate(${m.angle} ${m.x ?? 0} ${m.y ?? 0})` } : {}) }, m.text ?? "", SVG),
};

function draw(drawing, told) {
  const canvas = place("canvas");
  const held = document.activeElement?.dataset?.key;  // what has the keyboard keeps it
  const held_here = canvas.contains(document.activeElement);
  const picture = node("svg", { width: drawing.width, height: drawing.height,
    viewBox: `0 0 ${drawing.width} ${drawing.height}`, role: "group", "aria-label": told,
    style: `--wide: ${drawing.width}px` }, null, SVG);
  for (const mark of drawing.marks) {
    const shape = shapes[mark.kind](mark);
    if (mark.title) shape.append(node("title", {}, mark.title, SVG));
    if (mark.key !== undefined) {
      shape.dataset.key = mark.key;
      shape.classList.add("pick");
      if (mark.kind === "word" || drawing.marks.length < 120) {
        shape.setAttribute("tabindex", "0");
        shape.setAttribute("role", "button");
        shape.setAttribute("aria-label", mark.title || mark.text || mark.key);
      }
    }
    picture.append(shape);
  }
  canvas.replaceChildren(picture);
  if (held_here && held) canvas.querySelector(`[data-key="${CSS.escape(held)}"][tabindex]`)?.focus();
}

function tabulate({ headers, body }) {
  const head = node("tr"), rows = node("tbody"), top = node("thead"), table = node("table");
  for (const header of headers) head.append(node("th", { scope: "col" }, header));
  for (const row of body) {
    const made = node("tr");
    row.forEach((cell, i) => made.append(i ? node("td", {}, cell) : node("th", { scope: "row" }, cell)));
    rows.append(made);
  }
  top.append(head);
  table.append(top, rows);
  place("table").replaceChildren(table);
}

let value = null;  // what `filled` made, or nothing yet

function render() {
  value = JSON.parse(props.value);
  element.querySelector("figure").hidden = !value;
  if (!value) return;
  if (value.drawing) draw(value.drawing, value.told);
  place("told").textContent = value.told;
  tabulate(value.table);
  place("sum").replaceChildren(...value.sums.map((sum) => node("p", {}, sum)));
  place("cell").textContent = value.cell;
}

// The picture with the colours that it has on the page, to stand alone.
function standing() {
  const shown = place("canvas").querySelector("svg"), copy = shown.cloneNode(true);
  const from = [shown, ...shown.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const name of ["fill", "stroke", "font-family", "font-size", "font-weight", "dominant-baseline"])
      if (original !== shown) to[i].style.setProperty(name, style.getPropertyValue(name));
  });
  const ground = node("rect", { width: "100%", height: "100%" }, null, SVG);
  ground.style.fill = getComputedStyle(document.body).backgroundColor;
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function save(content, type, ending) {
  const link = node("a", { download: `${element.querySelector("figure").dataset.name}.${ending}` });
  link.href = typeof content === "string" ? URL.createObjectURL(new Blob([content], { type })) : content.href;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function savePng() {
  const { width, height } = value.drawing, scale = 2;  // sharp on a projector
  const image = new Image(), canvas = node("canvas", { width: width * scale, height: height * scale });
  image.onload = () => {
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save({ href: URL.createObjectURL(blob) }, "image/png", "png"));
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(standing());
}

function saveCsv() {
  const quoted = (cell) => `"${String(cell).replaceAll('"', '""')}"`;
  const { headers, body } = value.table;
  save([headers, ...body].map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n", "text/csv", "csv");
}

async function saveJson() {
  const { endpoint, arguments: data } = value.call;
  const answer = await fetch(`gradio_api/run/${endpoint}`, { method: "POST",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify({ data }) });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  save(JSON.stringify((await answer.json()).data[0], null, 2), "application/json", "json");
}

const takes = { svg: () => save(standing(), "image/svg+xml", "svg"), png: savePng, csv: saveCsv, json: saveJson,
  copy: () => navigator.clipboard.writeText(value.cell) };

async function take(button) {
  const said = place("took");
  try {
    await takes[button.dataset.take]();
    said.textContent = button.dataset.take === "copy" ? "Copied." : "Saved.";
  } catch (error) {
    said.textContent = `That did not work: ${error.message}. Please try again.`;
  }
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]"), mark = event.target.closest("[data-key]");
  if (button) take(button);
  else if (mark) trigger("pick", { key: mark.dataset.key });
});
element.addEventListener("keydown", (event) => {
  const mark = event.target.closest("[data-key]");
  if (!mark || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  trigger("pick", { key: mark.dataset.key });
});
watch("value", render);
render();
