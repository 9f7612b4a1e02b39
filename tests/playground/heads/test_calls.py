"""A call with a text and a stack alone is answered, whichever the stack, however short the text."""

import pytest

from playground import heads
from playground.heads.shared import STACK
from playground.instrument import Instrument


@pytest.mark.parametrize("instrument", heads.TAB.instruments, ids=lambda one: one.name)
@pytest.mark.parametrize("stack", STACK.labels)
def test_the_other_settings_have_defaults_that_every_stack_has(
    stack: str, instrument: Instrument
) -> None:
    if stack == "language" and instrument.name == "left_out":
        pytest.skip("it asks the translator alone")
    text = "Yes" if stack == "language" else "Oui"
    assert instrument.explain(text, stack=stack).to_json()
