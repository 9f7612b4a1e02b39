"""One head, told: ribbons from word to word, the same as a heat map, and all heads to pick from."""

from collections.abc import Sequence

import numpy as np

from playground.drawing import (
    HALF,
    Drawing,
    Path,
    Word,
    maps,
    matrix,
    percent,
    pick_row,
    ribbons,
    stacked,
)
from playground.drawing.matrix import matrix_table, strongest
from playground.drawing.ribbons import undrawn
from playground.drawing.sentences import continued, habit
from playground.heads.one_head.explain import MOST, Head, Trace, pins
from playground.heads.shared import LANGUAGES
from playground.instrument import Shown, Table

COLOURS = ("accent", "negative", "neutral", "source", "target")
FORMULAS = {
    "looks": "looks[t][s] = softmax(query[t] · keys / √(width of a head))[s]: each row sums to 1",
    "takes": "takes[t][s] = | looks[t][s] · value[s] · its part of the last matrix, fc_out |",
}


def figures(trace: Trace, pinned: str, row: int, column: int) -> dict[str, Shown]:
    """Ribbons, heat map, and all heads."""
    rows, columns = len(trace.queries), len(trace.keys)
    lit = (row - 1 if 0 < row <= rows else None, column - 1 if 0 < column <= columns else None)
    return {
        "one-head": lines(trace, lit),
        "one-head-weights": numbers(trace, lit),
        "one-head-choice": choice(trace, pinned),
    }


def lines(trace: Trace, lit: tuple[int | None, int | None]) -> Shown:
    """Each head's ribbons in a colour of its own, over each other."""
    largest = max(float(head.of(trace.measure).max()) for head in trace.heads) or 1.0
    scale = 1.0 if trace.measure == "looks" else largest
    drawings = [
        drawn(trace, head.of(trace.measure), scale, colour, lit)
        for head, colour in zip(trace.heads, COLOURS, strict=False)
    ]
    paths = [[mark for mark in one.marks if isinstance(mark, Path)] for one in drawings]
    first = drawings[0]
    for more in paths[1:]:
        first.marks = [*more, *first.marks]
    if len(trace.heads) > 1:
        first = stacked([legend(trace), first])
    said = " ".join(sentence(head, trace.stack) for head in trace.heads)
    said += undrawn("" if trace.measure == "looks" else "the largest")
    said += continued([*trace.queries, *trace.keys])
    return Shown(first, said, pairs(trace), [FORMULAS[trace.measure]])


def drawn(
    trace: Trace,
    values: np.ndarray,
    largest: float,
    colour: str,
    lit: tuple[int | None, int | None],
) -> Drawing:
    """One head's ribbons, those of the lit row or column alone in full."""
    row, column = lit
    return ribbons(
        values,
        trace.queries,
        trace.keys,
        letters=LANGUAGES[trace.stack],
        chosen=row,
        chosen_column=column,
        largest=largest,
        row_key=lambda place: f"{place + 1} 0",
        column_key=lambda place: f"0 {place + 1}",
        all_key="0 0",
        colour=colour,
    )


def legend(trace: Trace) -> Drawing:
    """The heads in their colours."""
    drawing = Drawing(height=22)
    for place, (head, colour) in enumerate(zip(trace.heads, COLOURS, strict=False)):
        x = 4.0 + 160 * place
        drawing.add(
            Path([(x, 11), (x + 26, 11)], 8, colour),
            Word(x + 34, 11, f"layer {head.layer}, head {head.head}"),
        )
        drawing.width = x + 160
    return drawing


def pairs(trace: Trace) -> Table:
    """Every pair of words, its weight and what is taken, of each head."""
    body = [
        [f"{head.layer}.{head.head}", query, key, f"{head.looks[t, s]:.6f}",
         f"{head.takes[t, s]:.6f}"]
        for head in trace.heads
        for t, query in enumerate(trace.queries)
        for s, key in enumerate(trace.keys)
        if head.looks[t, s] >= 0.001
    ]  # fmt: skip
    return Table(["Head", "From", "To", "Looks", "Takes"], body)


def sentence(head: Head, stack: str) -> str:
    """What one head does here, and on a corpus."""
    name = f"Layer {head.layer}, head {head.head}"
    said = (
        f"{name}: {percent(head.looked_share)} of its weights rest on “{head.rests_on}”, from "
        f"where it takes {percent(head.taken_share)} of all that it takes."
    )
    found = head.measured
    if "same_row" in found:
        return (
            f"{said} On the Hansards its alignment error rate is {percent(found['same_row'])} "
            f"when a word is written, {percent(found['next_row'])} when it is read: as much is "
            "wrong or missing in its links."
        )
    return f"{said} On a corpus {habit(found, stack)}." if found else said


def numbers(trace: Trace, lit: tuple[int | None, int | None]) -> Shown:
    """The mean of the heads as a heat map."""
    values = np.mean([head.of(trace.measure) for head in trace.heads], axis=0)
    largest = 1.0 if trace.measure == "looks" else float(values.max()) or 1.0
    picture = matrix(
        values,
        trace.queries,
        trace.keys,
        letters=LANGUAGES[trace.stack],
        largest=largest,
        chosen=lit[0],
        row_key=lambda row: f"{row + 1} 0",
        column_key=lambda column: f"0 {column + 1}",
        cell_key=lambda row, _: f"{row + 1} 0",
        all_key="0 0",
        fade=False,
        width=HALF,
    )
    tell = strongest if trace.measure == "looks" else taken
    return Shown(
        picture,
        tell(values, trace.queries, trace.keys),
        Table(*matrix_table(values, trace.queries, trace.keys)),
        [FORMULAS[trace.measure]],
    )


def taken(values: np.ndarray, rows: Sequence[str], columns: Sequence[str]) -> str:
    """The pair of words between which most is taken."""
    row, column = divmod(int(values.argmax()), len(columns))
    return (
        f"“{rows[row]}” takes most, a vector of length {values[row, column]:.3g}, from "
        f"“{columns[column]}”."
    )


def choice(trace: Trace, pinned: str) -> Shown:
    """All heads as small maps; the chosen one framed, with a mark that pins it."""
    first = trace.heads[0]
    name, written = f"{first.layer}.{first.head}", pinned.split()
    chosen = (first.layer - 1, first.head - 1)
    grid = maps(
        trace.every, chosen, key=lambda row, column: f"{row + 1} {column + 1} {pinned}", side=64
    )
    begin = f"{first.layer} {first.head} "
    full = len(trace.heads) >= MOST
    layers, heads = trace.every.shape[:2]
    marks = {}
    if not full and name not in written and f"({name})" not in written:
        marks[f"pin {name}"] = [*written, name]
    for place, pin in enumerate(written):
        head = pin.strip("()")
        ((layer, number),) = pins(head)
        if layer > layers or number > heads:
            continue  # this stack has none of that name; another one may
        other, deed = (head, "show") if pin != head else (f"({head})", "hide")
        if deed == "hide" or not full:
            marks[f"{deed} {head}"] = [*written[:place], other, *written[place + 1 :]]
        marks[f"unpin {head}"] = [*written[:place], *written[place + 1 :]]
    words, keys = list(marks), [begin + " ".join(each) for each in marks.values()]
    said = f"{layers * heads} heads in {layers} layers; {len(trace.heads)} of them shown above."
    if full:
        said += f" {MOST} have colours of their own: to pin another, hide or unpin one."
    body = [[str(one.layer), str(one.head), one.rests_on, f"{one.looked_share:.4f}",
             f"{one.taken_share:.4f}"] for one in trace.heads]  # fmt: skip
    headers = ["Layer", "Head", "Rests on", "Share of its looks", "Share of what it takes"]
    return Shown(stacked([grid, pick_row("", words, keys)]), said, Table(headers, body))
