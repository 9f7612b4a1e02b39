"""Surgery on a memory: the oracle is the ordinary pass, over the whole text or a part of it."""

from typing import Any

import pytest
import torch

from seq_models import surgery
from seq_models.rnn import LSTMState
from tests.tiny import (
    LANGUAGE_MODELS,
    RECURRENT,
    belongings,
    close,
    model,
    outputs,
    same_belongings,
    words,
)

EACH = pytest.mark.parametrize("name", LANGUAGE_MODELS)
EACH_RECURRENT = pytest.mark.parametrize("name", RECURRENT)
UNIT, SINCE = 3, 2


@EACH
def test_an_edit_that_changes_nothing_gives_the_ordinary_pass(name: str) -> None:
    ours, x = model(name), words(6, 6)
    logits, memory = surgery.read(ours, x, surgery.untouched)
    expected, expected_memory, _ = ours(x)
    close(logits, expected)
    close(memory, expected_memory)


@EACH
@pytest.mark.parametrize("at", [1, 3, 5])
def test_after_a_reset_the_text_is_read_as_if_it_began_there(name: str, at: int) -> None:
    ours, x = model(name), words(6, 6)
    logits, _ = surgery.read(ours, x, surgery.reset(at))
    close(logits[:, at:], ours(x[:, at:])[0])
    close(logits[:, : at - 1], ours(x)[0][:, : at - 1])


@EACH_RECURRENT
def test_an_empty_memory_is_what_is_scored_where_it_was_emptied(name: str) -> None:
    ours, x = model(name), words(6, 6)
    logits, memory = surgery.read(ours, x, surgery.reset(3))
    assert not memory[:, 2].any()
    close(logits[:, 2], ours.score(torch.zeros(2, 1, 10))[:, 0])


def test_a_transformer_has_said_what_comes_before_its_cache_is_emptied() -> None:
    ours, x = model("causal"), words(6, 6)
    close(surgery.read(ours, x, surgery.reset(3))[0][:, 2], ours(x)[0][:, 2])


@EACH_RECURRENT
def test_a_unit_held_at_zero_is_zero_from_there_on_and_all_before_is_untouched(name: str) -> None:
    ours, x = model(name), words(6, 6)
    _, memory = surgery.read(ours, x, surgery.zeroed(UNIT, SINCE))
    assert not memory[:, SINCE:, UNIT].any()
    close(memory[:, :SINCE], ours(x)[1][:, :SINCE])
    assert not torch.allclose(memory[:, SINCE + 1 :], ours(x)[1][:, SINCE + 1 :])


@EACH_RECURRENT
def test_a_frozen_unit_keeps_the_value_it_had(name: str) -> None:
    ours, x = model(name), words(6, 6)
    _, memory = surgery.read(ours, x, surgery.frozen(UNIT, SINCE))
    kept = memory[:, SINCE : SINCE + 1, UNIT]
    assert torch.equal(memory[:, SINCE:, UNIT], kept.expand(2, 4))
    close(memory[:, : SINCE + 1], ours(x)[1][:, : SINCE + 1])
    assert not torch.allclose(memory[:, SINCE + 2 :], ours(x)[1][:, SINCE + 2 :])


@EACH_RECURRENT
@pytest.mark.parametrize("operation", [surgery.zeroed, surgery.frozen])
def test_no_other_unit_of_the_state_is_touched(name: str, operation: Any) -> None:
    ours, x = model(name), words(6, 6)
    _, _, state = ours(x)
    edit = operation(UNIT, SINCE)
    edit(SINCE, state)
    _, _, later = ours(x, state)
    edited = edit(SINCE + 1, later)
    for new, old in zip(outputs(edited), outputs(later), strict=True):
        different = (new != old).any(dim=0).nonzero().flatten().tolist()
        assert different == [UNIT]


@pytest.mark.parametrize("operation", [surgery.zeroed, surgery.frozen])
def test_the_cell_of_an_lstm_is_held_with_its_hidden_state(operation: Any) -> None:
    edit = operation(0, 0)
    first = edit(0, LSTMState(torch.ones(1, 2), 2 * torch.ones(1, 2)))
    later = edit(1, LSTMState(5 * torch.ones(1, 2), 7 * torch.ones(1, 2)))
    assert later.hidden.tolist() == [[first.hidden[0, 0].item(), 5]]
    assert later.cell.tolist() == [[first.cell[0, 0].item(), 7]]


@pytest.mark.parametrize("operation", [surgery.zeroed, surgery.frozen])
def test_a_transformer_has_no_unit_to_hold(operation: Any) -> None:
    with pytest.raises(ValueError, match="only a recurrent one has units"):
        surgery.read(model("causal"), words(4), operation(0, 1))


@EACH
def test_surgery_leaves_nothing_behind(name: str) -> None:
    ours = model(name)
    before = belongings(ours)
    surgery.read(ours, words(6, 6), surgery.reset(2))
    assert same_belongings(before, belongings(ours))
