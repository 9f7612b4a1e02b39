"""Text in, text out: what the search found is what the parallel reading says."""

import pytest
import torch

from seq_models import UNKNOWN
from seq_models.tokenizer import train_pieces
from seq_models.translate import limit, looked, read, translate
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


@pytest.mark.parametrize("name", TRANSLATORS)
def test_one_text_is_one_translation_and_no_list_of_letters(name: str) -> None:
    network = model(name)
    (alone,) = translate(network, TOKENIZER, "le chat")
    (listed,) = translate(network, TOKENIZER, ["le chat"])
    assert alone == listed
    assert translate(network, TOKENIZER, []) == []


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_translation_never_writes_unknown_though_it_were_the_likeliest(name: str) -> None:
    network = model(name)
    bias = network.decoder.fc_out.bias
    with torch.no_grad():
        bias[UNKNOWN] = 50.0
    (search,) = translate(network, TOKENIZER, "le chat", width=3)
    assert all(UNKNOWN not in hypothesis.tokens for hypothesis in search.finished)
    assert all(UNKNOWN not in hypothesis.tokens for hypothesis in search.hypotheses)


@pytest.mark.parametrize("name", TRANSLATORS)
def test_the_best_translations_read_differently(name: str) -> None:
    for seed in range(4):
        (search,) = translate(model(name, seed), TOKENIZER, "le chat est", width=6)
        texts = [TOKENIZER.decode(hypothesis.tokens) for hypothesis in search.hypotheses]
        assert len(set(texts)) == len(texts)


def test_a_translation_may_have_so_many_tokens() -> None:
    assert [limit(length) for length in (1, 10, 4_995, 10**6)] == [12, 30, 10_000, 10_000]


def test_where_a_transformer_looked_is_its_last_layers_mean() -> None:
    weights = read(model("transformer"), TOKENIZER, "le chat", [5, 6, 2]).decoder_weights
    found = looked(weights)
    assert found is not None
    assert len(weights.cross) > 1
    torch.testing.assert_close(found, weights.cross[-1][0].mean(dim=0))
