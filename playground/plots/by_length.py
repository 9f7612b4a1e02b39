"""BLEU by the length of the source: a group of bars for each band of lengths."""

from collections.abc import Mapping, Sequence
from typing import Any

from playground.plots.drawing import TEXT, Box, Drawing, Word

BAR, GROUP = 46, 150  # pixels, a bar's width and a group's
HIGH = 220  # pixels, the highest bar
LEFT, TOP, BOTTOM = 20, 56, 52  # pixels around them
FILLS = ("accent", "neutral")
Bands = Sequence[Mapping[str, Any]]


def by_length(series: Mapping[str, Bands], names: Mapping[str, str], words: int) -> Drawing:
    """Each model's bands (shortest, longest: words; bleu 0..100) in bars; the band of `words` lit.

    names: what each model of the series is called.
    """
    bands = labels(series)
    most = max((band["bleu"] for each in series.values() for band in each), default=0) or 1.0
    drawing = Drawing(LEFT + GROUP * len(bands), TOP + HIGH + BOTTOM, marks=[])
    for number, model in enumerate(series):
        x = LEFT + 260 * number
        drawing.add(Box(x, 6, TEXT, TEXT, FILLS[number], 0.8), Word(x + 24, 14, names[model]))
        for band in series[model]:
            place = bands.index((band["shortest"], band["longest"]))
            high = HIGH * band["bleu"] / most
            x, y = LEFT + GROUP * place + number * (BAR + 4), TOP + HIGH - high
            told = f"{band['bleu']:.4g} BLEU on {band['sentences']} sentences"
            title = f"{names[model]}, {spelled(band['shortest'], band['longest'])}: {told}"
            drawing.add(
                Box(x, y, BAR, high, FILLS[number], 0.8, title),
                Word(x + BAR / 2, y - 12, f"{band['bleu']:.1f}", "middle"),
            )
    for place, (shortest, longest) in enumerate(bands):
        x, lit = LEFT + GROUP * place, shortest <= words <= longest
        drawing.add(
            Word(x, TOP + HIGH + 18, spelled(shortest, longest), strong=lit),
            *([Word(x, TOP + HIGH + 38, "this sentence", colour="source")] if lit else []),
        )
    return drawing


def labels(series: Mapping[str, Bands]) -> list[tuple[int, int]]:
    """All bands of all models, short to long."""
    return sorted({(b["shortest"], b["longest"]) for each in series.values() for b in each})


def spelled(shortest: int, longest: int) -> str:
    """A band of lengths for people."""
    return f"{shortest} to {longest} words" if longest < 1000 else f"{shortest} words or more"
