"""Figures of a usual sentence fit their place at 1280: their letters have 14 pixels or more."""

import pytest

from playground import heads
from playground.drawing import Drawing
from playground.heads.shared import STACK
from playground.instrument import Instrument
from playground.page.answer import Answer, first_values
from playground.theme import TEXT_SIZE

LEAST = 14  # pixels of letters
PLACES = {0: 1176, 1: 572, 2: 572}  # pixels of a figure's place by its column, on a page of 1280
FRENCH = "La petite fille que j'ai vue hier jouait avec son chien noir."
ENGLISH = "The little girl whom I saw yesterday played with her black dog."


@pytest.mark.parametrize("instrument", heads.TAB.instruments, ids=lambda one: one.name)
@pytest.mark.parametrize("stack", STACK.labels)
def test_letters_are_large_enough_for_a_projector(stack: str, instrument: Instrument) -> None:
    if stack == "language" and instrument.name == "left_out":
        pytest.skip("it asks the translator alone")
    text = ENGLISH if stack == "language" else FRENCH
    values = first_values([*heads.TAB.inputs, *instrument.settings])
    answer = Answer(instrument, values | {"stack": stack, "text": text})
    for figure in instrument.figures:
        shown = answer.shown.get(figure.name)
        if shown is not None and isinstance(shown.picture, Drawing):
            scale = min(1.0, PLACES[figure.column] / shown.picture.width)
            assert scale * TEXT_SIZE >= LEAST, figure.name


@pytest.mark.parametrize("name", ["query_meets_key", "positions", "through_the_layers"])
def test_the_dot_of_a_piece_is_told_once_where_there_is_one(name: str) -> None:
    (instrument,) = (one for one in heads.TAB.instruments if one.name == name)
    values = first_values([*heads.TAB.inputs, *instrument.settings])
    for text, times in ((FRENCH, 1), ("Le chat dort.", 0)):
        shown = Answer(instrument, values | {"text": text}).shown.values()
        assert sum("A dot (·) marks" in one.sentence for one in shown) == times
