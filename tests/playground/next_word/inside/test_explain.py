"""Inside the memory: the oracle is the model's own pass, and what the gates say of it."""

import json

import numpy as np
import pytest
import torch

from playground.next_word.inside.explain import MOST_UNITS, explain
from playground.reading.expectation import expect
from playground.reading.models import LANGUAGE_MODELS
from playground.reading.words import load, opened
from playground.settings import Beyond

TEXT = "The old man sat down by the fire and"
MODELS = (*LANGUAGE_MODELS, "tiny")
pytestmark = pytest.mark.usefixtures("tiny")


@pytest.mark.parametrize("model", MODELS)
def test_the_memory_is_the_one_that_the_next_word_comes_from(model: str) -> None:
    trace = explain(TEXT, model)
    assert np.array_equal(trace.memory, expect(TEXT, model).memory)
    assert len(trace.tokens) == len(trace.memory)


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("rnn", []),
        ("gru", ["update", "reset"]),
        ("lstm", ["forget", "input", "output"]),
        ("tiny", []),
    ],
)
def test_each_model_tells_the_gates_it_has(model: str, names: list[str]) -> None:
    trace = explain(TEXT, model)
    assert list(trace.gates) == names
    for gate in trace.gates.values():
        assert gate.shape == trace.memory.shape
        assert gate.min() >= 0
        assert gate.max() <= 1
    assert (trace.kept is None) == (not names)


def test_a_gru_moves_no_further_than_its_update_gate_lets_it() -> None:
    """h[t] - z h[t-1] = (1 - z) n, and n is within -1..1."""
    trace = explain(TEXT, "gru")
    update = trace.gates["update"][1:]
    moved = trace.memory[1:] - update * trace.memory[:-1]
    assert (np.abs(moved) <= 1 - update + 1e-5).all()
    assert trace.kept is not None
    np.testing.assert_allclose(trace.kept, trace.gates["update"].mean(axis=1), rtol=1e-5)


def test_an_lstm_tells_no_more_than_its_output_gate_lets_it() -> None:
    trace = explain(TEXT, "lstm")
    assert (np.abs(trace.memory) <= trace.gates["output"] + 1e-6).all()
    assert trace.kept is not None
    np.testing.assert_allclose(trace.kept, trace.gates["forget"].mean(axis=1), rtol=1e-5)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("sort", ["change", "strength", "number"])
def test_units_are_in_the_order_asked_for_and_none_is_lost(model: str, sort: str) -> None:
    trace = explain(TEXT, model, sort)
    network, _, _, ids, _ = opened(TEXT, model)
    with torch.inference_mode():
        memory = network(ids)[1][0].double().cpu().numpy()  # ⟨start⟩ first
    by = {
        "change": np.abs(memory[1:] - memory[:-1]).sum(axis=0),
        "strength": np.abs(memory[-1]),
        "number": -np.arange(memory.shape[1]),
    }[sort][trace.order]
    assert (np.diff(by) <= 1e-6).all()
    assert sorted(trace.order.tolist()) == list(range(memory.shape[1]))
    assert trace.unit == trace.order[0]


def size(model: str) -> int:
    """How many units a model's memory has."""
    return load(model)[0].network.hidden_size


def test_a_one_word_text_has_changed_the_memory_too() -> None:
    assert explain("The", "gru").order.tolist() != list(range(size("gru")))


def test_the_followed_unit_is_the_one_asked_for() -> None:
    trace = explain(TEXT, "lstm", unit=7)
    answer = trace.to_json()
    assert answer["unit"] == 7
    assert answer["values"] == trace.memory[:, 7].tolist()
    assert answer["gates"]["forget"] == trace.gates["forget"][:, 7].tolist()
    for name, gate in trace.gates.items():
        np.testing.assert_allclose(
            answer["mean_gates"][name], gate.mean(axis=1, dtype=np.float64), rtol=1e-5
        )
    assert len(answer["order"]) == MOST_UNITS
    assert json.loads(json.dumps(answer)) == answer


def test_steps_lead_from_the_first_value_to_the_last() -> None:
    trace = explain(TEXT, "gru", unit=3)
    assert len(trace.steps) == len(trace.tokens) - 1
    assert trace.values[0] + trace.steps.sum() == pytest.approx(trace.values[-1], abs=1e-5)


@pytest.mark.parametrize("unit", [None, -1])
def test_no_unit_follows_the_first(unit: int | None) -> None:
    trace = explain(TEXT, "lstm", unit=unit)
    assert trace.unit == trace.order[0]


def test_a_unit_that_another_model_has_is_refused_and_the_first_would_do() -> None:
    with pytest.raises(Beyond, match=f"unit must be .* to {size('lstm') - 1}, not") as caught:
        explain(TEXT, "lstm", unit=size("lstm"))
    assert caught.value.nearest == -1


def test_an_order_or_a_unit_that_cannot_be_is_named() -> None:
    for call, wanted in [
        (lambda: explain(TEXT, "gru", "size"), "no sort 'size'; please choose change"),
        (lambda: explain(TEXT, "gru", unit=-2), "unit must be a whole number from -1"),
        (lambda: explain(TEXT, "gru", unit=1.5), "whole number"),  # type: ignore[arg-type]
        (lambda: explain(" ", "gru"), "no text"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            call()
