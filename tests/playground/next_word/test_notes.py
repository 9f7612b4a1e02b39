"""A person is told, quietly, how a text was read where that is not as it was typed."""

import json
from dataclasses import replace
from typing import Any

import pytest

from playground.instrument import Instrument
from playground.next_word import TAB
from playground.page.answer import named
from playground.reading import words
from seq_models.checkpoint import Loaded
from seq_models.repair import FIELDS, Spelling

TYPED, MENDED = "ONCE UPON A TIME THERE WAS A KING", "Once upon a time there was a king"
TABLE: dict[str, object] = {name: [] for name in FIELDS} | {"spaced": "", "final": ""}
SPELLING = Spelling.from_json(json.dumps(TABLE).encode())
EACH = pytest.mark.parametrize("instrument", TAB.instruments, ids=lambda one: one.name)


@pytest.fixture(autouse=True)
def spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every model mends what is written in capitals, and no name."""
    sound = words.sound

    def found(folder: str) -> Loaded:
        return replace(sound(folder), spelling=SPELLING)

    monkeypatch.setattr(words, "sound", found)


def asked(instrument: Instrument, text: str, **settings: Any) -> Any:
    """The trace of a text."""
    values = {one.name: one.default for one in (*TAB.inputs, *instrument.settings)}
    if instrument.name == "guess":
        values["passage"] = "own"
    given = values | {"text": text} | settings
    return instrument.explain(**named(instrument.explain, given))


@EACH
def test_what_was_mended_is_told_and_read_like_the_mended_text(instrument: Instrument) -> None:
    trace, printed = asked(instrument, TYPED), asked(instrument, MENDED)
    assert trace.notes == [f"Read as: {MENDED}"]
    assert f"Read as: {MENDED}" in str(trace.to_json())
    assert not printed.notes
    if instrument.name == "guess":
        assert trace.turn == printed.turn
    elif instrument.name == "compare":
        assert trace.models["gru"].perplexity == printed.models["gru"].perplexity
    else:
        assert trace.tokens == printed.tokens


@EACH
def test_as_typed_mends_nothing_and_tells_nothing(instrument: Instrument) -> None:
    trace = asked(instrument, TYPED, as_typed=True)
    assert not trace.notes
    assert TYPED.split()[1] in str(trace.to_json()).replace("'", '"')


@EACH
def test_as_typed_is_yes_or_no(instrument: Instrument) -> None:
    with pytest.raises(ValueError, match="true or false for as typed"):
        asked(instrument, TYPED, as_typed="perhaps")


@pytest.mark.parametrize("text", ["the cat", "The cat sat.", "L`eau « Non »", "A", "NASA went up"])
def test_small_letters_look_alikes_and_single_words_in_capitals_are_read_as_typed(
    text: str,
) -> None:
    reading = words.opened(text, "gru")
    assert reading.notes == []
    assert reading.text == text


def test_a_continuation_goes_on_from_the_mended_text() -> None:
    predict = TAB.instruments[0]
    texts = [text for text in asked(predict, TYPED).continuations if text]
    assert texts
    assert all(text.startswith(MENDED + " ") or text.startswith(MENDED) for text in texts)
