"""Another attention, another translation: both are what the package computes step by step."""

import json
import math
from collections import defaultdict
from itertools import product

import numpy as np
import pytest
import torch

from playground.attention.elsewhere import RULE, WEIGHTS
from playground.attention.elsewhere import explain as elsewhere
from playground.attention.elsewhere.explain import shares
from playground.reading.text import target_labels
from playground.reading.translating import load, spotlight
from seq_models import START

RULES = list(RULE.labels)
TEXT = "Je n'ai pas vu ma sœur depuis hier."
TYPED = "0 0 0 0 0 3, 1"


def explain(rule: str) -> elsewhere.Trace:
    """The trace of `TEXT` with a rule; what is typed is for its third word."""
    return elsewhere.explain(TEXT, rule, 3, TYPED)


def stepped(target: list[int], weights: np.ndarray) -> tuple[list[float], list[int]]:
    """Each token's log-probability with these rows, and the likeliest token of each step."""
    network, tokenizer = load("attention")
    device = next(network.parameters()).device
    source = torch.tensor([[*tokenizer.encode(TEXT), 2]], device=device)
    state, nats, likeliest = network.start(source), [], []
    for token, before, row in zip(target, [START, *target], weights, strict=False):
        chosen = torch.tensor(row, device=device, dtype=torch.float32).unsqueeze(0)
        given = torch.tensor([before], device=device)
        logits, state, _ = network.decoder.step(given, state, weights=chosen)
        nats.append(logits[0].log_softmax(dim=-1)[token].item())
        likeliest.append(int(logits[0, 2:].argmax()) + 2)
    return nats, likeliest


def tokens_of(way: elsewhere.Way) -> list[int]:
    """The numbers of what was written, by looking each label up; a sign's look alike."""
    _, tokenizer = load("attention")
    numbers: dict[str, list[int]] = defaultdict(list)
    for number in range(tokenizer.vocab_size):
        numbers[target_labels(tokenizer, [number])[0]].append(number)
    ways = product(*(numbers[label] for label in way.target))
    return next([*one] for one in ways if tokenizer.decode(one) == way.translation)


@pytest.mark.parametrize("rule", RULES)
def test_the_told_rows_given_to_the_decoder_write_the_told_translation(rule: str) -> None:
    """Oracle: `RecurrentDecoder.step` with each row of the trace as its weights."""
    trace = explain(rule)
    for way in (trace.original, trace.replaced):
        tokens = tokens_of(way)
        nats, likeliest = stepped(tokens, way.weights)
        assert likeliest == tokens
        np.testing.assert_allclose(np.log(way.probabilities), nats, atol=1e-4)
        assert way.log_probability == pytest.approx(sum(nats), abs=1e-4)
        np.testing.assert_allclose(way.weights.sum(axis=1), 1, atol=1e-5)
        assert way.weights.shape == (len(way.target), len(trace.source))


@pytest.mark.parametrize("rule", ["uniform", "last", "diagonal"])
def test_the_cost_is_that_of_writing_the_original_with_the_replaced_rows(rule: str) -> None:
    """Oracle: the decoder stepped through the original with rows that no rule computed."""
    trace = explain(rule)
    steps, length = len(trace.original.target), len(trace.source)
    rows = {
        "uniform": np.full((steps, length), 1 / length),
        "last": np.eye(length)[[length - 2] * steps],
        "diagonal": np.eye(length)[[min(step, length - 1) for step in range(steps)]],
    }[rule]
    nats, _ = stepped(tokens_of(trace.original), rows)
    assert trace.forced_log_probability == pytest.approx(sum(nats), abs=1e-3)
    assert trace.cost_bits == pytest.approx(
        (trace.original.log_probability - sum(nats)) / math.log(2), abs=1e-3
    )


def test_the_original_is_the_spotlights_translation() -> None:
    light, trace = spotlight(TEXT, False, False), explain("uniform")
    assert trace.original.translation == light.translation
    assert trace.original.log_probability == pytest.approx(light.log_probability, abs=1e-4)
    np.testing.assert_allclose(trace.original.weights, light.weights, atol=1e-5)


def test_typed_weights_are_for_their_step_only() -> None:
    trace = explain("typed")
    expected = np.zeros(len(trace.source))
    expected[5:7] = 0.75, 0.25
    np.testing.assert_allclose(trace.replaced.weights[2], expected, atol=1e-7)
    np.testing.assert_allclose(trace.replaced.weights[:2], trace.original.weights[:2], atol=1e-6)
    assert trace.replaced.target[:2] == trace.original.target[:2]


def test_typing_what_it_would_look_at_anyway_costs_nothing() -> None:
    row = explain("uniform").original.weights[1]
    trace = elsewhere.explain(TEXT, "typed", 2, " ".join(map(repr, row.tolist())))
    assert trace.replaced.translation == trace.original.translation
    assert trace.cost_bits == pytest.approx(0, abs=1e-4)
    assert {what for _, what in trace.difference} == {"same"}


def test_shuffling_repeats_for_its_seed() -> None:
    answers = [elsewhere.explain(TEXT, "shuffled", seed=seed).to_json() for seed in (1, 1, 2)]
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


def test_the_difference_reads_as_both_texts() -> None:
    for rule in RULES:
        trace = explain(rule)
        for way, gone in ((trace.original, "added"), (trace.replaced, "removed")):
            words = [word for word, what in trace.difference if what != gone]
            assert "".join(words) == way.translation.replace(" ", "")


def test_typed_numbers_may_be_separated_as_one_likes_and_left_away_at_the_end() -> None:
    assert shares(" 0, 1, 2.5, ", 5) == [0, 1, 2.5, 0, 0]
    assert shares("0,1;2.5", 4) == [0.1, 2.5, 0, 0]
    assert shares("0,5 0,25\t1", 4) == [0.5, 0.25, 1, 0]
    assert shares("1,2,3", 3) == [1, 2, 3]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", "No weight is above 0"),
        ("0 0", "No weight is above 0"),
        ("1 two", "'two' is no number"),
        ("-1 2", "weight must be a number from 0 to 1,000, not '-1'"),
        ("nan", "not 'nan'"),
        ("1e999", "not '1e999'"),
        ("1 " * 50, "50 weights for 1\\d words and marks"),
        ("1" * (WEIGHTS.longest + 1), "please give at most 5,000"),
        (None, "as a text"),
    ],
)
def test_weights_that_cannot_be_are_answered_with_a_sentence(typed: str, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        elsewhere.explain(TEXT, "typed", 1, typed)


def test_settings_that_cannot_be_are_named() -> None:
    for settings, wanted in [
        (("backwards",), "no rule 'backwards'"),
        (("typed", 0, "1"), "step must be a whole number from 1 to"),
        (("typed", 99, "1"), "step must be a whole number from 1 to"),
        (("shuffled", 1, "", -1), "seed must be a whole number"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            elsewhere.explain(TEXT, *settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULES)
def test_its_answer_is_plain_numbers(rule: str) -> None:
    told = explain(rule).to_json()
    assert json.loads(json.dumps(told)) == told
