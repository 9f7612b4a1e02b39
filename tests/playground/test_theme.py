"""The look: letters can be read on whatever they stand on, by the rule of the web's guidelines."""

import pytest

from playground import theme

BACKGROUNDS = ("#ffffff", "#18181b")  # of the page, light and dark
LEGIBLE = 4.5  # contrast of text, https://www.w3.org/TR/WCAG22/#contrast-minimum


def channels(hue: str) -> list[float]:
    """Red, green and blue, 0..1."""
    return [int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(colour: list[float]) -> float:
    """Relative luminance, 0..1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def contrast(one: list[float], other: list[float]) -> float:
    """1..21."""
    dark, bright = sorted(map(luminance, (one, other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("letters", ["source", "target"])
@pytest.mark.parametrize("chip", ["accent", "negative", "neutral"])
@pytest.mark.parametrize("mode", [0, 1])
def test_words_stay_legible_on_chips_however_full(letters: str, chip: str, mode: int) -> None:
    paper, ink = channels(BACKGROUNDS[mode]), channels(theme.HUES[letters][mode])
    full = channels(theme.HUES[chip][mode])
    for share in (0.0, 0.5, 1.0):
        opacity = theme.CHIP * theme.shade(share)
        under = [opacity * a + (1 - opacity) * b for a, b in zip(full, paper, strict=True)]
        assert contrast(ink, under) >= LEGIBLE
