"""Probabilities as bars: of the likeliest words, or of each word before and after a change."""

from collections.abc import Sequence

import numpy as np

from playground import theme
from playground.drawing.bars import BAR, Bars, Colours, Texts, bars
from playground.drawing.layout import check_lengths, given
from playground.drawing.marks import Drawing
from playground.drawing.numbers import change, percent


def probability_bars(
    words: Sequence[str],
    probabilities: np.ndarray,
    keys: Sequence[str] = (),
    *,
    heading: str = "",
    length: float = 300,
    largest: float = 0.0,
    colours: Colours = "",
) -> Drawing:
    """Words with their probability (0..1) as a bar and in percent; `keys`: what picking each tells.

    heading: above the bars. length: pixels of the bar of `largest`, or else of the largest.
    Raises ValueError unless there is one probability for each word.
    """
    check_lengths(len(words), probabilities=probabilities, **given(keys=keys))
    titles = [f"{word}: {p:.6f}" for word, p in zip(words, probabilities, strict=True)]
    labels = [percent(p) for p in probabilities]
    column = Bars(probabilities, labels, heading, largest=largest, length=length, titles=titles)
    return bars(words, [column], keys=keys, titles=titles, colours=colours, most=16)


def back_to_back(
    words: Sequence[str],
    before: np.ndarray,
    after: np.ndarray,
    change_bits: np.ndarray,
    names: tuple[str, str] = ("before", "after"),
    length: float = BAR,
) -> Drawing:
    """Words with two probabilities (0..1), bars back to back on one scale, and the change in bits.

    length: pixels of the longest bar. Raises ValueError unless there is one of each for every word.
    """
    check_lengths(len(words), before=before, after=after, changes=change_bits)
    largest = float(max(before.max(), after.max()))

    def column(values: np.ndarray, name: str, colour: str, opacity: float) -> Bars:
        titles = [f"{word} {name}: {p:.6f}" for word, p in zip(words, values, strict=True)]
        labels = [percent(p) for p in values]
        return Bars(values, labels, name, colour, titles=titles, largest=largest, length=length,
                    opacity=opacity)  # fmt: skip

    changes = Texts(
        [change(bits) for bits in change_bits],
        "change, bits",
        ["negative" if bits < 0 else "accent" for bits in change_bits],
        [f"{word}: {bits:+.6f} bits" for word, bits in zip(words, change_bits, strict=True)],
    )
    old = column(before, names[0], "neutral", theme.CHIP)
    return bars(words, [old, column(after, names[1], "accent", theme.BAR), changes],
                words_after=1)  # fmt: skip
