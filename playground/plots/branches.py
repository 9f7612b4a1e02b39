"""The continuations that were tried, as a tree that grows to the right."""

from collections.abc import Sequence

from playground.plots.drawing import GAP, Box, Drawing, Path, Word, room
from playground.plots.pick_row import BOLD

ROW = 30  # pixels
MOST = 30  # characters of a node
STEP = 28  # pixels between a word and those that follow it


def branches(
    parents: Sequence[int], words: Sequence[str], texts: Sequence[str], current: int
) -> Drawing:
    """A node for each text that was tried, its parent before it (-1: the root).

    words: what each node adds to its parent's text. Raises ValueError unless all are of one length.
    """
    if not len(parents) == len(words) == len(texts):
        raise ValueError(f"{len(words)} words have {len(parents)} parents, {len(texts)} texts")
    shown = [ending(word) for word in words]
    levels, rows = depths(parents), heights(parents)
    lefts = [0.0]
    for level in range(max(levels, default=0) + 1):
        wide = max(wide_of(w) for w, at in zip(shown, levels, strict=True) if at == level)
        lefts.append(lefts[-1] + wide + STEP)
    drawing = Drawing(lefts[-1], ROW * (max(rows, default=0) + 1) + 4, marks=[])
    for node, parent in enumerate(parents):
        x, y = lefts[levels[node]], ROW * (rows[node] + 0.5) + 2
        if parent >= 0:
            end = lefts[levels[parent]] + wide_of(shown[parent])
            start = (end, ROW * (rows[parent] + 0.5) + 2)
            drawing.add(Path([start, (x - STEP / 2, start[1]), (x - STEP / 2, y), (x, y)], 1.5,
                             "neutral"))  # fmt: skip
        here = node == current
        wide = wide_of(shown[node])
        drawing.add(
            Box(x, y - 12, wide, 24, "accent" if here else "neutral", 0.15, framed=here),
            Word(x + GAP, y, shown[node], strong=here, title=texts[node], key=texts[node]),
        )
    return drawing


def ending(word: str) -> str:
    """The end of a text, where it is long."""
    return word if len(word) <= MOST else "…" + word[1 - MOST :]


def wide_of(word: str) -> float:
    """The pixels that a node takes; the current one's letters are bold."""
    return room([word]) * BOLD + 2 * GAP


def depths(parents: Sequence[int]) -> list[int]:
    """How many nodes stand before each."""
    found: list[int] = []
    for parent in parents:
        found.append(found[parent] + 1 if parent >= 0 else 0)
    return found


def heights(parents: Sequence[int]) -> list[float]:
    """The row of each node: leaves one under the other, every other node beside its first child."""
    children: dict[int, list[int]] = {}
    for node, parent in enumerate(parents):
        children.setdefault(parent, []).append(node)
    found: dict[int, float] = {}

    def settle(node: int, row: float) -> float:
        found[node] = row
        for place, child in enumerate(children.get(node, ())):
            row = settle(child, row + (place > 0))
        return row

    row = -1.0
    for root in children.get(-1, ()):
        row = settle(root, row + 1)
    return [found[node] for node in range(len(parents))]
