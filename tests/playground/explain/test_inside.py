"""Inside the memory: the oracle is the model's own pass, and what the gates say of it."""

import json

import numpy as np
import pytest
import torch

from playground.explain import inside, next_word
from tests.playground.explain.test_choice import MODELS, TEXT, serve_tiny


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    serve_tiny(monkeypatch)


@pytest.mark.parametrize("model", MODELS)
def test_the_memory_is_the_one_that_the_next_word_comes_from(model: str) -> None:
    trace = inside.explain(TEXT, model)
    assert np.array_equal(trace.memory, next_word.explain(TEXT, model).memory)
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
    trace = inside.explain(TEXT, model)
    assert list(trace.gates) == names
    for gate in trace.gates.values():
        assert gate.shape == trace.memory.shape
        assert gate.min() >= 0
        assert gate.max() <= 1
    assert (trace.kept is None) == (not names)


def test_a_gru_moves_no_further_than_its_update_gate_lets_it() -> None:
    """h[t] - z h[t-1] = (1 - z) n, and n is within -1..1."""
    trace = inside.explain(TEXT, "gru")
    update = trace.gates["update"][1:]
    moved = trace.memory[1:] - update * trace.memory[:-1]
    assert (np.abs(moved) <= 1 - update + 1e-5).all()
    assert trace.kept is not None
    np.testing.assert_allclose(trace.kept, trace.gates["update"].mean(axis=1), rtol=1e-5)


def test_an_lstm_tells_no_more_than_its_output_gate_lets_it() -> None:
    trace = inside.explain(TEXT, "lstm")
    assert (np.abs(trace.memory) <= trace.gates["output"] + 1e-6).all()
    assert trace.kept is not None
    np.testing.assert_allclose(trace.kept, trace.gates["forget"].mean(axis=1), rtol=1e-5)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("sort", inside.SORTS)
def test_units_are_in_the_order_asked_for_and_none_is_lost(model: str, sort: str) -> None:
    trace = inside.explain(TEXT, model, sort)
    network, _, _, ids = next_word.opened(TEXT, model)
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


def test_a_one_word_text_has_changed_the_memory_too() -> None:
    trace = inside.explain("The", "gru")
    assert trace.order.tolist() != list(range(512))


def test_the_followed_unit_is_the_one_asked_for() -> None:
    trace = inside.explain(TEXT, "lstm", unit=7)
    told = trace.to_json()
    assert told["unit"] == 7
    assert told["values"] == trace.memory[:, 7].tolist()
    assert told["gates"]["forget"] == trace.gates["forget"][:, 7].tolist()
    np.testing.assert_allclose(told["mean_gates"]["input"], trace.gates["input"].mean(axis=1))
    assert len(told["order"]) == inside.MOST_UNITS
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("unit", [None, -1, 99_999])
def test_no_unit_or_one_beyond_the_last_follows_the_first(unit: int | None) -> None:
    trace = inside.explain(TEXT, "lstm", unit=unit, nearest=True)
    assert trace.unit == trace.order[0]


def test_an_order_or_a_unit_that_cannot_be_is_named() -> None:
    for call, wanted in [
        (lambda: inside.explain(TEXT, "gru", "size"), "no order 'size'"),
        (
            lambda: inside.explain(TEXT, "gru", unit=512),
            "unit must be a whole number from 0 to 511",
        ),
        (lambda: inside.explain(TEXT, "gru", unit=1.5), "whole number"),
        (lambda: inside.explain(" ", "gru"), "no text"),
    ]:
        with pytest.raises(ValueError, match=wanted):
            call()
