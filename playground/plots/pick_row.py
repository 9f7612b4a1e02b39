"""Words in lines, each to be picked; the chosen one is framed."""

from collections.abc import Sequence

from playground.plots.drawing import GAP, Box, Drawing, Word, flow, room

LINE = 30  # pixels
TALL = 26  # pixels, a word's frame
WIDE = 880  # pixels that a line takes at most
BOLD = 1.12  # how much wider bold letters are


def add_row(
    drawing: Drawing, title: str, words: Sequence[str], keys: Sequence[str], chosen: int | None
) -> float:
    """Add a title and words from the top left on; returns the height that they take.

    Raises ValueError unless there is one key for each word.
    """
    if len(words) != len(keys):
        raise ValueError(f"{len(words)} words have {len(keys)} keys")
    drawing.add(Word(0, LINE / 2, title, colour="quiet"))
    widths = [room([word]) * BOLD + 2 * GAP for word in words]
    places = flow(widths, room([title]) + 2 * GAP, 4, WIDE, LINE)
    y = 0.0
    for place, (word, key, wide) in enumerate(zip(words, keys, widths, strict=True)):
        x, y = places[place]
        here = place == chosen
        drawing.add(
            Box(x, y + 2, wide, TALL, "accent" if here else "neutral", 0.12, framed=here),
            Word(x + wide / 2, y + LINE / 2, word, "middle", strong=here, key=key),
        )
        drawing.width = max(drawing.width, x + wide + 4)
    drawing.height = max(drawing.height, y + LINE)
    return y + LINE
