"""Perplexity and hits against plain counting: a model stepped word by word."""

import math

import pytest
import torch

from seq_models import END, START, UNKNOWN
from seq_models.tokenizer import train_words
from tests.tiny import VOCABULARY, model
from train.measures.next_word import evaluate_language_model, judged

LINES = ["the cat sees the house.", "a bird hears us!", "the zebra sees a tree, the cat hears it."]
WORDS = train_words(["the cat sees the house. a bird hears us!"] * 2, VOCABULARY)


@pytest.mark.parametrize("name", ["rnn", "gru"])
def test_perplexity_and_hits_are_those_of_reading_word_by_word(name: str) -> None:
    network = model(name)
    with torch.no_grad():
        network.bias[UNKNOWN] += 5  # often the likeliest of all
    nats, total, first, five, words, unknown = 0.0, 0, 0, 0, 0, 0
    known_nats: list[float] = []
    for line in LINES:
        tokens = WORDS.tokens(line)
        state, last = network.start(), torch.tensor([START])
        for token in [*tokens, None]:
            logits, state, _ = network.step(last, state)
            number = END if token is None else token.id
            cost = -logits[0].log_softmax(-1)[number].item()
            nats += cost
            total += 1
            known_nats += [cost] if number != UNKNOWN else []
            if token is not None and any(c.isalnum() for c in token.text):
                words += 1
                logits[0, UNKNOWN] = float("-inf")  # never offered
                best = logits[0].topk(5).indices.tolist()
                unknown += number == UNKNOWN
                first += number != UNKNOWN and number == best[0]
                five += number != UNKNOWN and number in best
            last = torch.tensor([number])
    measured = evaluate_language_model(network, WORDS, LINES)
    assert measured["perplexity"] == pytest.approx(math.exp(nats / total), rel=1e-3)
    assert (measured["words"], measured["unknown"]) == (words, unknown)
    assert measured["top1"] == pytest.approx(first / words, abs=1e-4)
    assert measured["top5"] == pytest.approx(five / words, abs=1e-4)
    assert unknown > 0
    assert measured["perplexity_of_known"] == pytest.approx(
        math.exp(sum(known_nats) / len(known_nats)), rel=1e-3
    )
    assert measured["top1_of_known"] == pytest.approx(first / (words - unknown), abs=1e-4)
    assert measured["top5_of_known"] == pytest.approx(five / (words - unknown), abs=1e-4)


def test_the_mark_of_unknown_words_takes_no_place_among_the_offered_ones() -> None:
    table = torch.tensor([[0.0, 0.0, 0.0, 0.5, 0.3, 0.2]]).log()
    nats, rank = judged(table, torch.tensor([4]))
    assert rank.tolist() == [0]
    assert nats.item() == pytest.approx(-math.log(0.3))
