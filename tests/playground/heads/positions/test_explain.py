"""Shuffled words: the oracles are the model reading them, and looks made up for the purpose."""

import json

import numpy as np
import pytest
import torch

from playground.heads.positions.explain import explain, overlap, reread, shuffled, similarity
from playground.reading.looks import looked
from playground.reading.translating import load
from seq_models import END, START
from seq_models.transformer import positions

TEXT = "Je n'ai pas vu ma sœur depuis hier."
STACKS = {"encoder": TEXT, "decoder": TEXT, "cross": TEXT, "language": "The old man sat down"}


def test_a_shuffle_moves_every_word_once_and_leaves_the_marks() -> None:
    ids = [START, 7, 8, 9, 10, 11, END]
    order = shuffled(ids, 1)
    assert sorted(order) == list(range(7))
    assert (order[0], order[-1]) == (0, 6)
    assert order == shuffled(ids, 1)
    assert order != shuffled(ids, 2)


def test_a_shuffle_is_another_order_wherever_there_is_one() -> None:
    assert all(shuffled([7, 8, END], seed) == [1, 0, 2] for seed in range(1, 21))
    assert shuffled([7, END], 1) == [0, 1]
    assert shuffled([7, 7, END], 1) == [0, 1, 2]


@pytest.mark.parametrize("stack", STACKS)
def test_the_text_as_it_is_is_read_as_before(stack: str) -> None:
    found = looked(STACKS[stack], stack)
    np.testing.assert_allclose(
        reread(STACKS[stack], stack, found.keys.ids), found.weights, atol=1e-5
    )


@pytest.mark.parametrize("stack", STACKS)
def test_the_shuffled_words_are_those_of_the_text_in_another_order(stack: str) -> None:
    trace = explain(STACKS[stack], stack, 1, 2, 3)
    assert sorted(trace.shuffled_keys) == sorted(trace.keys)
    assert trace.shuffled_keys != trace.keys
    assert (trace.shuffled_queries == trace.queries) == (stack == "cross")
    np.testing.assert_allclose(trace.after.sum(axis=-1), 1, atol=1e-5)
    assert json.loads(json.dumps(trace.to_json())) == trace.to_json()


def test_the_encoder_reads_the_shuffled_words() -> None:
    """Oracle: the encoder itself on the tokens in their new order."""
    network, tokenizer = load("transformer")
    trace = explain(TEXT, "encoder", 3, 4, 5)
    ids = looked(TEXT, "encoder").keys.ids
    order = shuffled(ids, 5)
    with torch.inference_mode():
        _, weights = network.encoder(torch.tensor([[ids[place] for place in order]]))
    np.testing.assert_allclose(trace.after, weights[2][0, 3].numpy(), atol=1e-5)


def test_one_look_follows_the_words_another_stays_at_its_places() -> None:
    order = [2, 0, 1]
    before = np.eye(3)[[1, 2, 0]][None, None]  # each word looks at the next
    follows = before[:, :, order][:, :, :, order]
    moved = before[:, :, order][:, :, :, order]
    assert overlap(follows, moved).tolist() == [[1.0]]
    assert overlap(before, before).tolist() == [[1.0]]
    assert overlap(np.eye(3)[None, None], before).tolist() == [[0.0]]
    wide = np.array([[0.5, 0.25, 0.25], [1.0, 0.0, 0.0]])
    assert overlap(wide, wide) == pytest.approx(1)
    half = (np.eye(3) + before) / 2
    assert overlap(half, before).tolist() == [[0.5]]


def test_a_head_without_places_would_follow_the_words() -> None:
    """The shares of the trace, by their definition, for one head."""
    trace = explain(TEXT, "encoder", 1, 2, 4)
    order = shuffled(looked(TEXT, "encoder").keys.ids, 4)
    moved = trace.before[order][:, order]
    assert trace.words[0, 1] == pytest.approx(
        np.minimum(trace.after, moved).sum(axis=1).mean(), abs=1e-5
    )
    assert trace.places[0, 1] == pytest.approx(
        np.minimum(trace.after, trace.before).sum(axis=1).mean(), abs=1e-5
    )


@pytest.mark.parametrize("stack", ["decoder", "language"])
def test_a_row_that_sees_only_itself_counts_for_neither(stack: str) -> None:
    trace = explain(STACKS[stack], stack, 1, 2, 4)
    assert trace.before[0, 0] == pytest.approx(1)
    kept = np.minimum(trace.after, trace.before)[1:].sum(axis=1).mean()
    assert trace.places[0, 1] == pytest.approx(kept, abs=1e-5)


def test_the_similarity_of_places_is_their_cosine_and_depends_on_distance_alone() -> None:
    codes = positions(12, 16)
    cosines = torch.nn.functional.cosine_similarity(codes[:, None], codes[None], dim=-1)
    found = similarity(codes.numpy())
    assert found[0] == pytest.approx(1)
    for distance, value in enumerate(found):
        np.testing.assert_allclose(cosines.diagonal(distance).numpy(), value, atol=1e-5)


def test_a_shuffle_number_that_cannot_be_is_named() -> None:
    with pytest.raises(ValueError, match="from 1 to 20"):
        explain(TEXT, seed=0)
