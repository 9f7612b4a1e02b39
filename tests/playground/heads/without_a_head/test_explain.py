"""Without a head: the oracle is a copy of the model whose head writes nothing, and single runs."""

import copy
import json
import math
from typing import Any

import numpy as np
import pytest
import torch

from playground.heads.without_a_head import explain as module
from playground.heads.without_a_head.explain import (
    Language,
    Translated,
    cheapest_first,
    explain,
    harmless,
    known_means,
    removals,
)
from playground.reading.translating import load
from playground.settings import Beyond
from seq_models.scaled import one_each
from seq_models.translate import read, translate

TEXT = "Le chat dort."
ENGLISH = "Once upon a time"
STACKS = {"encoder": TEXT, "decoder": TEXT, "cross": TEXT, "language": ENGLISH}


def scorer(stack: str) -> Any:
    """What scores a text of a stack."""
    return Language(ENGLISH) if stack == "language" else Translated(TEXT, stack)


@pytest.mark.parametrize("stack", ["encoder", "decoder", "cross"])
def test_a_head_at_zero_is_a_plain_pass_of_a_model_whose_head_writes_nothing(stack: str) -> None:
    network, tokenizer = load("transformer")
    (search,) = translate(network, tokenizer, TEXT)
    target = search.hypotheses[0].tokens
    whole = sum(read(network, tokenizer, TEXT, target).log_probabilities)
    cut = copy.deepcopy(network)
    part: Any = cut.encoder if stack == "encoder" else cut.decoder
    block = part.layers[1]
    attention = block.cross_attention if stack == "cross" else block.attention
    size = attention.head_size
    with torch.no_grad():
        attention.fc_out.weight[:, 3 * size : 4 * size] = 0
    without = sum(read(cut, tokenizer, TEXT, target).log_probabilities)
    trace = explain(TEXT, stack, 2, 4, 0)
    assert trace.cost_bits == pytest.approx((whole - without) / math.log(2), abs=1e-3)
    assert trace.costs_bits[1, 3] == pytest.approx(trace.cost_bits, abs=1e-3)
    (after,) = translate(cut, tokenizer, TEXT)
    assert trace.after == tokenizer.decode(after.hypotheses[0].tokens)


def test_a_head_of_the_language_model_at_zero_writes_nothing() -> None:
    one = Language(ENGLISH)
    cut = Language(ENGLISH)
    cut.model = copy.deepcopy(one.model)
    cut.network = cut.model.network  # type: ignore[assignment]
    attention = cut.network.blocks()[1].attention
    size = attention.head_size
    with torch.no_grad():
        attention.fc_out.weight[:, size : 2 * size] = 0
    layers, heads = one.size
    scales = one_each(layers, heads)[heads + 1 : heads + 2]
    expected = cut.under(torch.ones(1, layers, heads))
    np.testing.assert_allclose(one.under(scales).bits, expected.bits, atol=1e-4)


@pytest.mark.parametrize("stack", STACKS)
def test_the_map_in_one_batch_equals_single_runs(stack: str) -> None:
    one = scorer(stack)
    layers, heads = one.size
    scales = one_each(layers, heads)
    assert scales.sum(dim=(1, 2)).tolist() == [layers * heads - 1] * layers * heads
    together = one.under(scales).bits
    for place in range(0, layers * heads, 5):
        alone = one.under(scales[place : place + 1]).bits
        np.testing.assert_allclose(together[place], alone[0], atol=1e-4)


@pytest.mark.parametrize("stack", STACKS)
def test_at_scale_one_nothing_changes(stack: str) -> None:
    trace = explain(STACKS[stack], stack, 1, 1, 1)
    assert trace.cost_bits == pytest.approx(0, abs=1e-4)
    np.testing.assert_allclose(trace.next_before, trace.next_after, atol=1e-6)
    if stack != "language":
        assert trace.before == trace.after
        assert {mark for _, mark in trace.difference} == {"same"}
    assert trace.curve_bits[0] == pytest.approx(0, abs=1e-4)
    assert json.loads(json.dumps(trace.to_json())) == trace.to_json()


@pytest.mark.parametrize("stack", STACKS)
def test_both_removals_in_one_batch_equal_single_runs(stack: str) -> None:
    one, means = scorer(stack), known_means(stack)
    assert means is not None
    layers, heads = one.size
    whole = one.under(torch.ones(1, layers, heads)).bits[0]
    zero, mean = removals(one, whole, means)
    assert mean is not None
    for place in range(0, layers * heads, 5):
        row, column = divmod(place, heads)
        scales = one_each(layers, heads)[place : place + 1]
        assert zero[row, column] == pytest.approx(whole - one.under(scales).bits[0], abs=1e-4)
        assert mean[row, column] == pytest.approx(
            whole - one.under(scales, means).bits[0], abs=1e-4
        )
    assert not np.allclose(zero, mean, atol=1e-4)
    assert removals(one, whole, None)[1] is None


def test_a_head_left_alone_is_itself_and_all_others_are_turned() -> None:
    one = Translated(TEXT, "decoder")
    layers, heads = one.size
    scales = torch.zeros(1, layers, heads)
    scales[0, 1, 2] = 1
    expected = one.under(scales, write=True)
    trace = explain(TEXT, "decoder", 2, 3, 0, alone=True)
    assert trace.log_probability_bits - trace.cost_bits == pytest.approx(expected.bits[0], abs=1e-3)
    assert trace.after == expected.written[0]
    means = known_means("decoder")
    instead = explain(TEXT, "decoder", 2, 3, 0, "mean", alone=True)
    assert instead.log_probability_bits - instead.cost_bits == pytest.approx(
        one.under(scales, means).bits[0], abs=1e-3
    )


def test_the_order_is_by_cost_and_each_row_removes_one_more() -> None:
    order, scales = cheapest_first(np.array([[3.0, 1.0], [2.0, -1.0]]))
    assert order == [(1, 1), (0, 1), (1, 0), (0, 0)]
    assert scales.sum(dim=(1, 2)).tolist() == [4, 3, 2, 1, 0]
    for count in range(5):
        assert all(scales[count][place] == 0 for place in order[:count])


def test_harmless_are_those_before_the_first_change() -> None:
    assert harmless(["a", "a", "b", "a"], np.zeros(4)) == 1
    assert harmless(["a", "a"], np.array([0.0, 9.0])) == 1
    assert harmless([""] * 4, np.array([0, 0.5, 1.5, 0])) == 1


def test_what_cannot_be_is_named() -> None:
    with pytest.raises(ValueError, match="from 0 to 2"):
        explain(TEXT, scale=3)
    with pytest.raises(Beyond):
        explain(TEXT, "decoder", layer=3)
    with pytest.raises(ValueError, match="no text"):
        explain("", "cross")


def test_means_that_nobody_measured_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "mean_outputs", lambda _: None)
    with pytest.raises(ValueError, match="have not been measured"):
        explain(TEXT, instead="mean")
    assert explain(TEXT).mean_costs_bits is None


def test_without_a_translation_the_text_is_told_as_it_was_read() -> None:
    assert explain("ONCE UPON A TIME", "language").before == "Once upon a time"
