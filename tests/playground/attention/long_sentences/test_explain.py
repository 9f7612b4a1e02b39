"""Long sentences: each model's own greedy translation, counted as the measurements count."""

import json

import pytest

from playground.attention.long_sentences.explain import explain
from playground.reading.measurements import bleu_by_length
from playground.reading.models import TRANSLATORS
from playground.translation.beam.explain import explain as searched

TEXTS = ["Où est la gare ?", "Je n'ai pas vu ma sœur depuis hier.", "oui"]


@pytest.mark.parametrize("text", TEXTS)
def test_both_translations_are_the_greedy_ones(text: str) -> None:
    trace = explain(text)
    assert trace.words == len(text.split())
    for model in TRANSLATORS:
        greedy = searched(text, model, beam_width=1).greedy
        assert trace.translations[model] == greedy.text
        assert trace.log_probabilities[model] == pytest.approx(greedy.log_probability)
    assert trace.by_length == bleu_by_length()


def test_its_answer_is_plain_numbers() -> None:
    told = explain("oui").to_json()
    assert json.loads(json.dumps(told)) == told
    with pytest.raises(ValueError, match="never seen"):
        explain("我爱你")
