"""Led and alone: the loss is training's own, and its own translation leads it nowhere else."""

import re

import pytest
import torch
from torch import nn

from playground.reading.models import TRANSLATORS
from playground.reading.translating import load
from playground.translation.taught.explain import explain
from playground.translation.taught.figures import figures
from seq_models import END, START
from seq_models.training import sequence_loss
from seq_models.translate import source_ids

TEXT, TEACHER = "Elle lit un livre.", "The woman reads a book."


@pytest.mark.parametrize("model", TRANSLATORS)
def test_the_log_probability_is_the_loss_that_training_lowers(model: str) -> None:
    network, tokenizer = load(model)
    trace = explain(TEXT, model, TEACHER)
    tokens = [START, *tokenizer.encode(TEACHER), END]
    criterion = nn.CrossEntropyLoss(reduction="sum")
    with torch.no_grad():
        source = torch.tensor([source_ids(tokenizer, TEXT)])
        loss = sequence_loss(network, source, torch.tensor([tokens]), criterion)
    assert -trace.led.log_probability == pytest.approx(loss.item(), rel=1e-4)


@pytest.mark.parametrize("model", TRANSLATORS)
def test_led_along_its_own_greedy_translation_it_agrees_everywhere(model: str) -> None:
    trace = explain(TEXT, model)
    assert {mark for _, mark in trace.difference} == {"same"}
    if trace.led.words == trace.words:  # a text can be cut into pieces in more than one way
        assert trace.led.right == len(trace.words)
        assert trace.led.log_probability == pytest.approx(trace.log_probability, abs=1e-3)


def test_a_favourite_is_never_less_likely_than_the_teachers_word() -> None:
    led = explain(TEXT, reference=TEACHER).led
    assert (led.favourite_probabilities >= led.probabilities - 1e-7).all()
    assert led.right == sum(a == b for a, b in zip(led.words, led.favourites, strict=True))


def test_signs_that_the_model_cannot_write_are_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="cannot write 😀"):
        explain(TEXT, reference="😀")


def test_of_the_teachers_words_the_marks_are_none() -> None:
    said = figures(explain("Il pleut.", reference="It is raining hard."))["alone"].sentence
    assert re.search(r"Of the teacher's 4 words it has [0-3]\.$", said)
