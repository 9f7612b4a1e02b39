"""The language model: the oracle is the textbook network with its output tied by hand."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models.models import build
from seq_models.rnn import RECURRENCES
from tests.tiny import (
    CONFIGS,
    LANGUAGE_MODELS,
    RECURRENT,
    VOCABULARY,
    belongings,
    close,
    model,
    outputs,
    same_belongings,
    same_state,
    words,
)

EACH = pytest.mark.parametrize("name", LANGUAGE_MODELS)


@pytest.mark.parametrize("name", RECURRENT)
def test_it_is_its_equation(name: str) -> None:
    ours, x = model(name), words(5, 5)
    memory, _ = ours.network.rnn(ours.embedding(x))
    expected = ours.network.fc(memory) @ ours.embedding.weight.T + ours.bias
    logits, ours_memory, _ = ours(x)
    close(logits, expected)
    close(ours_memory, memory)


@EACH
@settings(max_examples=8, deadline=None)
@given(lengths=st.lists(st.integers(1, 8), min_size=1, max_size=4))
def test_stepping_word_by_word_is_the_parallel_pass(name: str, lengths: list[int]) -> None:
    ours, x = model(name), words(*lengths)
    logits, memory, last = ours(x)
    state = ours.start(len(lengths))
    assert not any(part.any() for part in outputs(state))
    for t in range(max(lengths)):
        step_logits, state, step_memory = ours.step(x[:, t], state)
        close(step_logits, logits[:, t])
        close(step_memory, memory[:, t])
    same_state(state, last)


@EACH
@settings(max_examples=8, deadline=None)
@given(length=st.integers(2, 8), data=st.data())
def test_reading_in_two_goes_is_reading_at_once(
    name: str, length: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, length - 1))
    ours, x = model(name), words(length, length)
    early, _, state = ours(x[:, :cut])
    late, _, _ = ours(x[:, cut:], state)
    close(torch.cat([early, late], dim=1), ours(x)[0])


@EACH
def test_changing_the_future_leaves_the_past_alone(name: str) -> None:
    ours, x = model(name), words(6)
    changed = x.clone()
    changed[:, 3:] = x[:, 3:] % 19 + 4
    close(ours(changed)[0][:, :3], ours(x)[0][:, :3])
    assert not torch.allclose(ours(changed)[0][:, 3:], ours(x)[0][:, 3:])


@EACH
def test_each_row_is_read_as_if_it_were_alone(name: str) -> None:
    ours, x = model(name), words(6, 4)
    together = ours(x)[0]
    close(together[:1], ours(x[:1])[0])
    close(together[1:, :4], ours(x[1:, :4])[0])


@EACH
def test_a_step_leaves_its_state_as_it_was(name: str) -> None:
    ours = model(name)
    _, _, state = ours(words(3))
    kept = [part.clone() for part in outputs(state)]
    ours.step(torch.tensor([5]), state)
    same_state(state, kept, within=0)


@EACH
def test_reading_leaves_nothing_behind(name: str) -> None:
    ours = model(name)
    before = belongings(ours)
    ours(words(6, 4))
    ours.step(torch.tensor([5]), ours.start())
    assert same_belongings(before, belongings(ours))


@EACH
def test_words_going_in_and_out_share_their_vectors(name: str) -> None:
    ours = model(name)
    size = CONFIGS[name]["arguments"]["embed_size"]
    assert [p.shape for p in ours.parameters()].count(torch.Size([VOCABULARY, size])) == 1


def test_an_unknown_cell_is_refused_with_the_known_ones() -> None:
    config = CONFIGS["gru"]
    with pytest.raises(ValueError, match="'transformer'.*rnn, gru, lstm"):
        build(config | {"arguments": config["arguments"] | {"cell": "transformer"}})
    assert set(RECURRENT) == set(RECURRENCES)


@EACH
def test_chosen_words_score_as_all_do(name: str) -> None:
    ours, x, among = model(name), words(5, 3), torch.tensor([0, 2, 5, 9])
    close(ours(x, among=among)[0], ours(x)[0][..., among])
