"""The memory curve: the oracle reads each context alone, after ⟨start⟩."""

import math

import pytest
import torch

from seq_models import END, START
from seq_models.tokenizer import train_words
from tests.folders import LINES
from tests.tiny import LANGUAGE_MODELS, VOCABULARY, close, model
from train.measures.context import CONTEXTS, memory_curve, surprisals
from train.measures.next_word import evaluate_language_model

EACH = pytest.mark.parametrize("name", LANGUAGE_MODELS)
TEXT = [*LINES, " ".join(LINES * 3)]  # the last is longer than the widest context


@EACH
def test_each_context_is_what_reading_only_its_words_gives(name: str) -> None:
    ours, tokenizer = model(name), train_words(LINES, VOCABULARY)
    texts = [torch.tensor([START, *tokenizer.encode(line), END]) for line in TEXT]
    curve = memory_curve(ours, tokenizer, TEXT)
    assert [point["context"] for point in curve] == [*CONTEXTS, None]
    for point in curve:
        nats = []
        for text in texts:
            for last in range(1, len(text)):
                first = 1 if point["context"] is None else max(1, last - point["context"])
                logits, _, _ = ours(torch.cat([text[:1], text[first:last]])[None])
                nats.append(-logits[0, -1].log_softmax(dim=0)[text[last]].item())
        expected = math.exp(sum(nats) / len(nats))
        assert point["perplexity"] == pytest.approx(expected, abs=0.02)


@EACH
def test_the_whole_context_is_what_evaluation_says(name: str) -> None:
    ours, tokenizer = model(name), train_words(LINES, VOCABULARY)
    evaluated = evaluate_language_model(ours, tokenizer, TEXT)["perplexity"]
    assert memory_curve(ours, tokenizer, TEXT)[-1]["perplexity"] == evaluated


@EACH
def test_a_text_has_the_same_surprisals_alone_and_in_a_batch(name: str) -> None:
    ours = model(name)
    texts = [[START, 5, 6, END], [START, 7, END], [START, 8, 9, 10, 11, END]]
    for text, nats in zip(texts, surprisals(ours, texts), strict=True):
        (alone,) = surprisals(ours, [text])
        assert len(nats) == len(text) - 1
        close(nats, alone)
