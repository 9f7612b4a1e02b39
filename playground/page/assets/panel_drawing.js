// Draws marks (boxes, paths, words, small maps) as SVG. Text is only ever set as text, never as markup.
window.playground = window.playground || {};
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const FEW = 120;  // marks of a drawing whose every cell the keyboard reaches

  function node(tag, attributes = {}, text = null, space = null) {
    const made = space ? document.createElementNS(space, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== null) made.textContent = text;
    return made;
  }

  const svg = (tag, attributes, text = null) => node(tag, attributes, text, SVG);

  function line({ points, curved }) {
    if (!curved) return points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join(" ");
    const [[x, y], [u, v]] = points, half = (y + v) / 2;
    return `M${x} ${y} C${x} ${half} ${u} ${half} ${u} ${v}`;
  }

  // Where colours are mixed and small maps painted, pixel by pixel; no person sees it.
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  // A named colour as red, green and blue, as the page has it now.
  function hue(name) {
    paint.canvas.width = paint.canvas.height = 1;
    paint.fillStyle = getComputedStyle(document.body).getPropertyValue(name).trim() || "#888";
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }

  // The picture of a small map: one pixel a cell, its opacity by its level, of the first of two hues or, below
  // zero, of the second.
  function image({ rows, columns, values }, hues) {
    const picture = paint.createImageData(columns, rows);
    [...atob(values)].forEach((letter, place) => {
      const byte = letter.charCodeAt(0), level = byte > 127 ? byte - 256 : byte;
      picture.data.set([...hues[level < 0 ? 1 : 0], Math.round(255 * Math.abs(level) / 127)], 4 * place);
    });
    paint.canvas.width = columns;
    paint.canvas.height = rows;
    paint.putImageData(picture, 0, 0);
    return paint.canvas.toDataURL();
  }

  const area = (m) => ({ x: m.x ?? 0, y: m.y ?? 0, width: m.width ?? 0, height: m.height ?? 0 });
  const shapes = {
    box: (m) => svg("rect", { ...area(m), rx: 2, class: `fill ${m.colour}${m.framed ? " framed" : ""}`,
      "fill-opacity": m.opacity ?? 0, ...(m.opacity ? {} : { "pointer-events": "none" }) }),
    path: (m) => svg("path", { d: line(m), class: `line ${m.colour}`, "stroke-width": m.width ?? 0,
      "stroke-opacity": m.opacity ?? 0, ...(m.dashed ? { "stroke-dasharray": "4 4" } : {}) }),
    word: (m) => svg("text", { x: m.x ?? 0, y: m.y ?? 0, "text-anchor": m.anchor,
      class: `word ${m.colour ?? ""}${m.strong ? " strong" : ""}${m.struck ? " struck" : ""}`,
      ...(m.angle ? { transform: `rotate(${m.angle} ${m.x ?? 0} ${m.y ?? 0})` } : {}) }, m.text ?? ""),
    raster: (m, hues) => {
      const group = svg("g", {}), href = image(m, hues);
      group.append(svg("image", { ...area(m), preserveAspectRatio: "none", href, class: "raster" }),
        svg("rect", { ...area(m), class: `frame${m.framed ? " framed" : ""}` }));
      return group;
    },
  };

  // Marks that can be picked: each key has one place where the keyboard finds it, a word if there is one.
  function reachable(marks) {
    const found = new Map();
    marks.forEach((mark, place) => {
      if (mark.key === undefined) return;
      const held = found.get(mark.key);
      if (held === undefined || (marks[held].kind !== "word" && mark.kind === "word")) found.set(mark.key, place);
    });
    return new Set([...found.values()].filter((place) => marks[place].kind !== "box" || marks.length < FEW));
  }

  function draw(canvas, drawing, label) {
    const before = [...canvas.querySelectorAll("[tabindex]")], held = before.indexOf(document.activeElement);
    const picture = svg("svg", { width: drawing.width, height: drawing.height, class: "drawing",
      viewBox: `0 0 ${drawing.width} ${drawing.height}`, role: "group", "aria-label": label,
      style: `--wide: ${drawing.width}px` });
    const stops = reachable(drawing.marks), painted = drawing.marks.some(({ kind }) => kind === "raster");
    const hues = painted ? [hue("--hue-accent"), hue("--hue-negative")] : [];
    drawing.marks.forEach((mark, place) => {
      const shape = shapes[mark.kind](mark, hues);
      if (mark.title) shape.append(svg("title", {}, mark.title));
      if (mark.key !== undefined) {
        shape.dataset.key = mark.key;
        shape.classList.add("pick");
      }
      if (stops.has(place)) {
        shape.setAttribute("tabindex", "0");
        shape.setAttribute("role", "button");
        shape.setAttribute("aria-label", mark.title || mark.text || mark.key);
        if (mark.strong || mark.framed) shape.setAttribute("aria-pressed", "true");
      }
      picture.append(shape);
    });
    canvas.replaceChildren(picture);
    if (held < 0) return;  // what had the keyboard keeps it: the same mark, or what stands in its place now
    const after = [...canvas.querySelectorAll("[tabindex]")];
    const same = after.find(({ dataset }) => dataset.key === before[held].dataset.key);
    (same ?? after[Math.min(held, after.length - 1)])?.focus();
  }

  // The picture with the colours that it has on the page, to stand alone.
  function standing(canvas) {
    const shown = canvas.querySelector("svg.drawing"), copy = shown.cloneNode(true);
    const from = [shown, ...shown.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((original, place) => {
      if (original === shown) return;
      const style = getComputedStyle(original);
      for (const name of ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight",
        "dominant-baseline", "text-decoration-line", "image-rendering"])
        to[place].style.setProperty(name, style.getPropertyValue(name));
    });
    const ground = svg("rect", { width: "100%", height: "100%" });
    ground.style.fill = getComputedStyle(document.body).backgroundColor;
    copy.prepend(ground);
    copy.removeAttribute("style");
    return legal(new XMLSerializer().serializeToString(copy));
  }

  // Without the characters that XML forbids, halves of a letter among them.
  function legal(text) {
    return text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
  }

  Object.assign(window.playground, { node, draw, standing, legal });
})();
