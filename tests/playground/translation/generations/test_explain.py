"""Every translator in the table answers, with its own numbers."""

import numpy as np
import pytest

from playground.drawing import Box, Drawing
from playground.drawing.bars import BAR
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
    shown = figures(explain("Il pleut."), pieces=False)
    assert shown["effort"].sentence
    assert len(shown["effort"].table.body) == len(TRANSLATORS) == 3


def test_the_longer_bar_is_the_surer_translators_as_the_sentence_says() -> None:
    trace = explain("Elle danse mieux que sa sœur.")
    effort = figures(trace, pieces=False)["effort"]
    assert isinstance(effort.picture, Drawing)
    bars = [mark for mark in effort.picture.marks if isinstance(mark, Box)][: len(trace.models)]
    longest = max(zip(bars, trace.models, strict=True), key=lambda pair: pair[0].width)[1]
    assert effort.sentence.startswith(f"Surer of its own translation: {TRANSLATORS[longest].label}")
    for one, bar in zip(trace.models.values(), bars, strict=True):
        mean = np.exp(np.log(one.probabilities).mean())
        assert one.per_piece == pytest.approx(mean, abs=1e-4)
        mean = np.exp(np.log(one.words.probabilities).mean())
        assert one.per_word == pytest.approx(mean, abs=1e-4)
        assert bar.width == pytest.approx(BAR * mean, abs=0.1)


def test_words_are_whole_unless_pieces_are_asked_for() -> None:
    trace = explain("C'est la sœur de Xénophon.")  # a name that no vocabulary has whole
    tables = (figures(trace, pieces)["generations"].table.body for pieces in (False, True))
    whole, parted = ([word for _, word, _ in body] for body in tables)
    assert any(word.startswith("·") for word in parted)
    assert not any(word.startswith("·") for word in whole)
    assert "".join(whole) == "".join(parted).replace("·", "").replace("␣", "")
    assert len(whole) < len(parted)
