"""Text in, text out: what the search found is what the parallel reading says."""

import pytest

from seq_models.tokenizer import train_pieces
from seq_models.translate import read, translate
from tests.tiny import TRANSLATORS, VOCABULARY, model

TOKENIZER = train_pieces(["le chat est là", "the cat is here"], VOCABULARY)


@pytest.mark.parametrize("name", TRANSLATORS)
def test_reading_a_translation_again_gives_its_probabilities(name: str) -> None:
    network = model(name)
    (search,) = translate(network, TOKENIZER, ["le chat"], width=3)
    best = search.hypotheses[0]
    reading = read(network, TOKENIZER, "le chat", best.tokens)
    assert reading.log_probabilities == pytest.approx(best.log_probabilities, abs=1e-5)


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_short_text_beside_a_long_one_is_translated_as_alone(name: str) -> None:
    network = model(name)
    together = translate(network, TOKENIZER, ["la", "le chat est là le chat"], width=2)
    (alone,) = translate(network, TOKENIZER, ["la"], width=2)
    assert [h.tokens for h in together[0].hypotheses] == [h.tokens for h in alone.hypotheses]


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        translate(model("transformer"), TOKENIZER, ["  "])
