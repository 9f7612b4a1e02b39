"""Figures whose marks a person picks, of five kinds: bars, words, a matrix, ribbons, a tree.

Each kind is a function that turns words and numbers into a `Drawing`: plain marks on a plane, which
the page draws and a notebook shows. Drawings are put under or beside each other by `stacked` and
`beside`. Colours are the names of `playground.theme`.
"""

from playground.drawing.bars import Bars, Texts, bars, translations
from playground.drawing.frames import Frame, Frames
from playground.drawing.layout import HALF, beside, stacked, titled
from playground.drawing.marks import Box, Drawing, Path, Raster, Word
from playground.drawing.matrix import maps, matrix, still_matrix
from playground.drawing.numbers import brief, minus, percent, shorten
from playground.drawing.probabilities import back_to_back, probability_bars
from playground.drawing.ranking import Ranked, Ranking
from playground.drawing.ribbons import ribbons
from playground.drawing.tree import tree
from playground.drawing.words import boxes, choices, difference, lines, paragraph, pick_row

__all__ = [
    "HALF",
    "Bars",
    "Box",
    "Drawing",
    "Frame",
    "Frames",
    "Path",
    "Ranked",
    "Ranking",
    "Raster",
    "Texts",
    "Word",
    "back_to_back",
    "bars",
    "beside",
    "boxes",
    "brief",
    "choices",
    "difference",
    "lines",
    "maps",
    "matrix",
    "minus",
    "paragraph",
    "percent",
    "pick_row",
    "probability_bars",
    "ribbons",
    "shorten",
    "stacked",
    "still_matrix",
    "titled",
    "translations",
    "tree",
]
