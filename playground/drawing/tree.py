"""What grew from what, as a tree to the right: texts that were tried, a beam search's candidates.

Every node says what it adds to its parent's text. A search's fates have a look each: kept nodes are
full, finished ones framed, pruned ones quiet and struck through; two marked paths (say, that of the
best text and the greedy one) are thick lines of two colours.
"""

from collections.abc import Collection, Sequence

from playground import theme
from playground.drawing.layout import BOLD, GAP, check_lengths, given, room
from playground.drawing.marks import Box, Drawing, Path, Word

ROW = 30  # pixels
NOTED = 44  # pixels of a row whose nodes have notes
MOST = 30  # characters of a node
STEP = 28  # pixels between a word and those that follow it
FATES = ("kept", "finished", "pruned")


def tree(
    parents: Sequence[int],
    words: Sequence[str],
    *,
    titles: Sequence[str] = (),
    keys: Sequence[str] = (),
    notes: Sequence[str] = (),
    fates: Sequence[str] = (),
    chosen: int | None = None,
    path: Collection[int] = (),
    other_path: Collection[int] = (),
) -> Drawing:
    """A node for each word, its parent before it (-1: a root), children in their order.

    titles: exact numbers, or the whole text. keys: what picking a node tells. notes: a small text
    under each word. fates: "kept", "finished" or "pruned". chosen: the node in a frame. path,
    other_path: nodes whose lines are thick, in the accent colour and, where they leave that path,
    in the negative one. Raises ValueError unless there is one of each for every node, for a parent
    that comes after its child, or another fate.
    """
    check_lengths(
        len(words), parents=parents, **given(titles=titles, keys=keys, notes=notes, fates=fates)
    )
    if any(not -1 <= parent < node for node, parent in enumerate(parents)):
        raise ValueError(f"parents {list(parents)} do not all stand before their children")
    if set(fates) - set(FATES):
        raise ValueError(f"fates are {', '.join(FATES)}, not {sorted(set(fates) - set(FATES))}")
    shown = [ending(word.strip() or "␣") for word in words]
    wide = [max(room([word]) * BOLD, room([note])) + 2 * GAP
            for word, note in zip(shown, notes or [""] * len(words), strict=True)]  # fmt: skip
    levels, rows = depths(parents), heights(parents)
    lefts = [0.0]
    for level in range(max(levels, default=0) + 1):
        here = [w for w, at in zip(wide, levels, strict=True) if at == level]
        lefts.append(lefts[-1] + max(here, default=0.0) + STEP)
    tall = NOTED if notes else ROW
    drawing = Drawing(lefts[-1] - STEP + 4, tall * (max(rows, default=0) + 1) + 4)
    for node, parent in enumerate(parents):
        x, y = lefts[levels[node]], tall * (rows[node] + 0.5) + 2
        fate = fates[node] if fates else "kept"
        if parent >= 0:
            begin = (lefts[levels[parent]] + wide[parent], tall * (rows[parent] + 0.5) + 2)
            on = [node in nodes and parent in nodes for nodes in (path, other_path)]
            colour = "accent" if on[0] else "negative" if on[1] else "neutral"
            drawing.add(Path([begin, (x - STEP / 2, begin[1]), (x - STEP / 2, y), (x, y)],
                             4 if any(on) else 1.5, colour, dashed=fate == "pruned"))  # fmt: skip
        drawing.add(*node_marks(
            (x, y, wide[node], tall - 6), shown[node], notes[node] if notes else "", fate,
            node == chosen, titles[node] if titles else words[node], keys[node] if keys else "",
            bool(fates),
        ))  # fmt: skip
    return drawing


def node_marks(
    place: tuple[float, float, float, float],
    word: str,
    note: str,
    fate: str,
    chosen: bool,
    title: str,
    key: str,
    searched: bool,
) -> list[Box | Word]:
    """One node: its box, its word and its note. place: left, middle height, width, height."""
    x, y, wide, tall = place
    pruned = fate == "pruned"
    colour = "accent" if chosen or (searched and not pruned) else "neutral"
    opacity = (
        theme.QUIET / 2 if pruned else 2.5 * theme.QUIET if fate == "finished" else theme.QUIET
    )
    framed = chosen or fate == "finished"
    up = 8 if note else 0
    marks: list[Box | Word] = [
        Box(x, y - tall / 2, wide, tall, colour, opacity, title, key, framed),
        Word(x + GAP, y - up, word, colour="quiet" if pruned else "", strong=chosen, title=title,
             key=key, struck=pruned),
    ]  # fmt: skip
    if note:
        marks.append(Word(x + GAP, y + 11, note, colour="quiet", title=title))
    return marks


def ending(word: str) -> str:
    """The end of a text, where it is long."""
    return word if len(word) <= MOST else "…" + word[1 - MOST :]


def depths(parents: Sequence[int]) -> list[int]:
    """How many nodes stand before each."""
    found: list[int] = []
    for parent in parents:
        found.append(found[parent] + 1 if parent >= 0 else 0)
    return found


def heights(parents: Sequence[int]) -> list[float]:
    """The row of each node: leaves one under the other, every other node beside its first child."""
    leaves = [0] * len(parents)  # how many rows each node's own leaves take
    for node in reversed(range(len(parents))):
        leaves[node] = max(1, leaves[node])
        if parents[node] >= 0:
            leaves[parents[node]] += leaves[node]
    free, found = {-1: 0.0}, []  # the next free row among each node's children
    for node, parent in enumerate(parents):
        row = free[parent]
        free[parent] += leaves[node]
        free[node] = row
        found.append(row)
    return found
