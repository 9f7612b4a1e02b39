"""A changed word, told: both texts, one head before and after, how much each head's look moves."""

import numpy as np

from playground.drawing import (
    HALF,
    difference,
    lines,
    matrix,
    percent,
    pick_row,
    stacked,
    still_matrix,
    titled,
)
from playground.drawing.matrix import matrix_table
from playground.drawing.numbers import whole_percent
from playground.heads.change_a_word.explain import Trace
from playground.heads.shared import LANGUAGES, head_key
from playground.instrument import Shown, Table

BECAME = " → "  # between a word and the one that took its place
CHANGES = {"replace": "replaced by", "mask": "masked", "swap": "swapped with"}


def figures(trace: Trace) -> dict[str, Shown]:
    """What is written, one head, all heads."""
    return {"changed": written(trace), "changed-look": look(trace), "changed-heads": heads(trace)}


def formula() -> list[str]:
    """How far a look moves."""
    return ["moved = mean over t of ½ Σ |after[t][s] − before[where t was][where s was]|"]


def written(trace: Trace) -> Shown:
    """The words to pick from, and both translations or next words."""
    at = trace.word - 1
    language = LANGUAGES[trace.stack][0] if trace.stack == "language" else "source"
    top = pick_row("change", trace.words, [str(n) for n in range(1, len(trace.words) + 1)], at,
                   letters=language)  # fmt: skip
    now = lines([trace.changed_text], ["now"], letters=language)
    both = difference(trace.difference, ("before", "after"), 900)
    what = "the likeliest next word" if trace.stack == "language" else "the translation"
    new = trace.words[at + 1] if trace.change == "swap" else trace.changed_words[at]
    other = "" if trace.change == "mask" else f" “{new}”"
    said = f"With “{trace.words[at]}” {CHANGES[trace.change]}{other} {what} "
    if trace.written == trace.changed_written:
        said += f"is the same, “{trace.written}”."
    else:
        said += f"is “{trace.changed_written}” instead of “{trace.written}”."
    body = [["before", trace.text, trace.written],
            ["after", trace.changed_text, trace.changed_written]]  # fmt: skip
    return Shown(stacked([top, now, both]), said, Table(["", "Read", "Written"], body))


def look(trace: Trace) -> Shown:
    """The chosen head before, after, and the difference, each word compared with itself."""
    then = trace.before_there
    changes = trace.after - then
    largest = float(np.abs(changes).max())
    letters, sides = LANGUAGES[trace.stack], (trace.changed_rows, trace.changed_columns)
    rows, columns = renamed(trace)
    swapped = ", each word compared with itself" if trace.change == "swap" else ""
    picture = stacked([
        titled("before", still_matrix(trace.before, trace.rows, trace.columns, letters,
                                      width=HALF)),
        titled("after", still_matrix(trace.after, *sides, letters, width=HALF)),
        titled(f"after − before{swapped}",
               still_matrix(changes, rows, columns, letters, largest, HALF)),
    ])  # fmt: skip
    row, column = divmod(int(np.abs(changes).argmax()), changes.shape[1])
    own = trace.stack != "cross" and row == column
    target = "itself" if own else called(columns[column])
    more = "more" if changes[row, column] > 0 else "less"
    moved = percent(trace.moved[trace.layer - 1, trace.head - 1])
    said = f"Layer {trace.layer}, head {trace.head}: {moved} of its look is elsewhere."
    if largest > 0:
        said += (
            f" {called(rows[row])} looks {more} at {target}: "
            f"{percent(then[row, column])} before, {percent(trace.after[row, column])} after."
        )
    return Shown(picture, said, Table(*matrix_table(changes, rows, columns)), formula())


def renamed(trace: Trace) -> tuple[list[str], list[str]]:
    """The rows and columns of a difference; "old → new" where another word stands there now."""
    sides = (
        (trace.rows, trace.changed_rows, trace.row_origins),
        (trace.columns, trace.changed_columns, trace.column_origins),
    )
    rows, columns = (
        [
            word if before[origin - 1] == word else f"{before[origin - 1]}{BECAME}{word}"
            for word, origin in zip(after, origins, strict=True)
        ]
        for before, after, origins in sides
    )
    return rows, columns


def called(name: str) -> str:
    """A word in a sentence; one that took another's place says so."""
    before, became, after = name.partition(BECAME)
    return f"“{after}” (at the place of “{before}”)" if became else f"“{name}”"


def heads(trace: Trace) -> Shown:
    """How much of each head's look moves."""
    layers, count = trace.moved.shape
    picture = matrix(
        trace.moved,
        [f"layer {layer}" for layer in range(1, layers + 1)],
        [f"head {head}" for head in range(1, count + 1)],
        largest=float(trace.moved.max()) or 1.0,
        cell=(trace.layer - 1, trace.head - 1),
        row_key=lambda _: "",
        cell_key=head_key,
        numbers=whole_percent,
    )
    most, least = (divmod(int(n), count) for n in (trace.moved.argmax(), trace.moved.argmin()))
    said = "No head's look moves."
    if trace.moved.any():
        said = (
            f"Most moves the look of layer {most[0] + 1}, head {most[1] + 1} "
            f"({percent(trace.moved[most])}), least that of layer {least[0] + 1}, head "
            f"{least[1] + 1} ({percent(trace.moved[least])})."
        )
    body = [[str(layer + 1), str(head + 1), f"{trace.moved[layer, head]:.6f}"]
            for layer in range(layers) for head in range(count)]  # fmt: skip
    return Shown(picture, said, Table(["Layer", "Head", "Moved"], body), formula())
