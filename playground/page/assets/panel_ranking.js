// All that a search finished, ranked anew on the page: the penalties are sliders above the figure.
window.playground = window.playground || {};
(() => {
  const node = (...given) => window.playground.node(...given);
  const PENALTIES = {
    length: (length, alpha) => length ** alpha,
    gnmt: (length, alpha) => ((5 + length) / 6) ** alpha,
  };
  const WRITTEN = {
    length: ({ length, alpha }) => `${length}^${alpha}`,
    gnmt: ({ length, alpha }) => `((5 + ${length}) / 6)^${alpha}`,
  };
  const MOST = { alpha: 2, beta: 1 };

  const signed = (number, digits) => number.toFixed(digits).replace("-", "−");
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  // The texts, best first and each once; those that are too short stand last.
  function order(rows, { kind, alpha, beta, least }) {
    const scored = rows.map((row, place) => ({ ...row, place, short: row.length < least,
      score: row.log_probability / PENALTIES[kind](row.length, alpha) + beta * row.coverage }));
    scored.sort((a, b) => a.short - b.short || b.score - a.score || a.place - b.place);
    const seen = new Set();
    return scored.filter(({ text }) => !seen.has(text) && seen.add(text));
  }

  // Whether a search with these penalties would end with the same best text: see seq_models.rerank.settled.
  function settled({ alive, limit, fixed }, { kind, alpha }, ranked) {
    if (alive === null || (fixed && !ranked.some((row) => row.short))) return true;
    return !ranked[0].short && alive / PENALTIES[kind](limit, alpha) <= ranked[0].score;
  }

  function sentence(ranking, settings, ranked) {
    const { told, rows, alive, limit } = ranking, { kind, alpha } = settings, [first] = ranked;
    if (first.short) return fill(told.none, settings);
    const values = { first: first.text, score: signed(first.score, 3), was: rows[0].text,
      alive: signed(alive ?? 0, 2), hope: signed((alive ?? 0) / PENALTIES[kind](limit, alpha), 3) };
    const which = first.text === rows[0].text ? told.same : told.other;
    return `${fill(which, values)} ${fill(settled(ranking, settings, ranked) ? told.sure : told.unsure, values)}`;
  }

  // The rows that were drawn, in another order: a row's marks are those at its height.
  function redrawn({ marks, ...picture }, { heights, top, length }, ranked) {
    const starts = heights.map((_, place) => heights.slice(0, place).reduce((sum, height) => sum + height, top));
    const rowOf = (mark) => starts.findLastIndex((start) => start <= mark.y + (mark.height ?? 0) / 2);
    let below = top;
    const moved = ranked.flatMap((row, to) => {
      const down = below - starts[row.place];
      below += heights[row.place];
      const [name, ...own] = marks.filter((mark) => rowOf(mark) === row.place);
      const at = own.findIndex(({ kind }) => kind === "box"), text = own.slice(0, at);  // the lines of its text
      const [bar, score, ...rest] = own.slice(at);
      const width = Math.max(1, length * Math.min(1, Math.exp(row.score))), colour = row.short ? "neutral" : bar.colour;
      return [{ ...name, text: String(to + 1) },
        ...text.map((line) => (row.short ? { ...line, struck: true } : line)), { ...bar, width, colour },
        { ...score, x: bar.x + width + 8, text: signed(row.score, 3) }, ...rest,
      ].map((mark) => ({ ...mark, y: mark.y + down }));
    });
    return { ...picture, height: below + 4, marks: [...marks.filter((m) => rowOf(m) < 0), ...moved] };
  }

  function table({ headers }, ranked) {
    const body = ranked.map((row) => [row.text, row.score.toFixed(6), row.log_probability.toFixed(6),
      String(row.length), row.coverage.toFixed(6)]);
    return { headers, body };
  }

  function formula({ told }, settings, [first]) {
    const { kind, beta } = settings, values = { ...settings, length: first.length };
    const sum = `${signed(first.log_probability, 4)} / ${WRITTEN[kind](values)} + ${beta} × (${signed(first.coverage, 4)})`;
    return [told[kind], `${sum} = ${signed(first.score, 4)}`];
  }

  function field(label, input, output = "") {
    const made = node("label", {});
    made.append(node("span", {}, label), input, ...(output ? [output] : []));
    return made;
  }

  function slider(name, label, settings, most, step, change) {
    const input = node("input", { type: "range", min: name === "least" ? 1 : 0, max: most, step, value: settings[name],
      "data-name": name, "aria-label": label });
    const output = node("output", {}, String(settings[name]));
    input.addEventListener("input", () => {
      output.textContent = input.value;
      change(name, Number(input.value));
    });
    return field(label, input, output);
  }

  function kinds(labels, settings, change) {
    const choice = node("select", { "data-name": "kind", "aria-label": labels.kind });
    for (const kind of Object.keys(PENALTIES)) {
      const option = node("option", { value: kind }, labels[kind]);
      option.selected = settings.kind === kind;
      choice.append(option);
    }
    choice.addEventListener("input", () => change("kind", choice.value));
    return field(labels.kind, choice);
  }

  function parsed(text) {
    try {
      return JSON.parse(text) ?? {};
    } catch {
      return {};
    }
  }

  // The settings of a figure: those that a person, or a link, has changed, as far as they can be.
  function settingsOf(name, usual, longest) {
    const set = parsed(window.playground.figures.get(name) ?? "{}"), least = Math.round(set.least);
    const within = (value, low, high, other) => (value >= low && value <= high ? Number(value) : other);
    return { kind: Object.hasOwn(PENALTIES, set.kind) ? set.kind : usual.kind,
      alpha: within(set.alpha, 0, MOST.alpha, usual.alpha), beta: within(set.beta, 0, MOST.beta, usual.beta),
      least: within(Math.min(least, longest), 1, longest, usual.least) };
  }

  function controls(place, shown, redraw) {
    const { ranking } = shown.picture, drawn = shown.picture, { labels, rows } = ranking;
    const longest = Math.max(2, ...rows.map((row) => row.length)), { name } = place.closest("figure").dataset;
    const settings = settingsOf(name, { kind: "length", alpha: ranking.alpha, beta: 0, least: 1 }, longest);

    function rank() {
      const ranked = order(rows, settings);
      redraw({ picture: redrawn(drawn, ranking, ranked), sentence: sentence(ranking, settings, ranked),
        table: table(shown.table, ranked), formula: formula(ranking, settings, ranked) });
    }

    function change(setting, value) {
      settings[setting] = value;
      window.playground.figures.set(name, JSON.stringify(settings));
      window.playground.unlink();
      rank();
    }

    const again = node("button", { type: "button" }, labels.again);
    again.addEventListener("click", () => {
      window.playground.figures.delete(name);
      window.playground.unlink();
      controls(place, { ...shown, picture: drawn }, redraw);
      place.querySelector("button").focus();
    });
    place.className = "ranking";
    place.replaceChildren(kinds(labels, settings, change), slider("alpha", labels.alpha, settings, MOST.alpha, 0.1, change),
      slider("beta", labels.beta, settings, MOST.beta, 0.05, change), slider("least", labels.least, settings, longest, 1, change), again);
    rank();
  }

  window.playground.controls = { ...window.playground.controls, ranking: controls };
})();
