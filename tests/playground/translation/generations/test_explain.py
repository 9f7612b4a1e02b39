"""Every translator in the table answers, with its own numbers."""

import pytest

from playground.reading.models import TRANSLATORS
from playground.reading.translating import load
from playground.translation.generations.explain import explain
from playground.translation.generations.figures import figures
from seq_models.translate import translate


def test_every_translator_answers_with_what_it_writes_alone() -> None:
    trace = explain("Il pleut.")
    assert list(trace.models) == list(TRANSLATORS)
    for model, one in trace.models.items():
        network, tokenizer = load(model)
        (search,) = translate(network, tokenizer, ["Il pleut."])
        assert one.translation == tokenizer.decode(search.hypotheses[0].tokens)
        assert one.log_probability == pytest.approx(search.hypotheses[0].log_probability, abs=1e-4)
        assert one.seconds > 0


def test_a_third_translator_is_shown_by_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TRANSLATORS, "third", TRANSLATORS["attention"])
    shown = figures(explain("Il pleut."))
    assert shown["effort"].sentence
    assert len(shown["effort"].table.body) == len(TRANSLATORS) == 3
