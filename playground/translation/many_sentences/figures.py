"""Some lines and their translations, told."""

from playground.drawing import lines, stacked
from playground.drawing.marks import Drawing
from playground.instrument import Shown, Table
from playground.translation.many_sentences.explain import Trace
from playground.translation.many_sentences.told import scored

SHOWN = 8  # lines that are drawn
MORE = (
    "Below stand a few with what a person made of them: “Translate all” shows how near the model "
    "comes. Put your own lines in their place, or drop a file."
)


def figures(trace: Trace) -> dict[str, Shown]:
    """Each line above its translation and its reference."""
    count = len(trace.sources)
    references = trace.references or [""] * count
    parts: list[Drawing] = []
    for place in range(min(SHOWN, count)):
        names, texts = ["French", "English"], [trace.sources[place], trace.translations[place]]
        if trace.references:
            names, texts = [*names, "reference"], [*texts, references[place]]
        parts.append(lines(texts, names))
    said = f"1 line is translated. {MORE}" if count == 1 else f"{count} lines are translated."
    said += f" {scored(trace.scores)}" if trace.scores else ""
    table = Table(
        ["French", "Translation", "Reference"],
        list(zip(trace.sources, trace.translations, references, strict=True)),
    )
    return {"many": Shown(stacked(parts), said, table)}
