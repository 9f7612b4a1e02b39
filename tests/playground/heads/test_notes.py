"""Every instrument of the tab says how it read what was typed in haste, in both languages."""

import pytest

from playground import heads
from playground.instrument import Instrument
from playground.page.answer import Answer, first_values

TYPED = {
    "language": "THE CAT SAT ON THE MAT",
    "encoder": "IL MANGE UNE POMME ROUGE",
}


@pytest.mark.parametrize("instrument", heads.TAB.instruments, ids=lambda one: one.name)
@pytest.mark.parametrize("stack", TYPED)
def test_what_was_mended_is_told_unless_it_is_read_as_typed(
    stack: str, instrument: Instrument
) -> None:
    if stack == "language" and instrument.name == "left_out":
        pytest.skip("it asks the translator alone")
    values = first_values([*heads.TAB.inputs, *instrument.settings])
    values |= {"stack": stack, "text": TYPED[stack], "layer": 1, "head": 1}
    for as_typed in (False, True):
        notes = Answer(instrument, values | {"as_typed": as_typed}).notes
        assert any(note.startswith("Read as: ") for note in notes) is not as_typed
