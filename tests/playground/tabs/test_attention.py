"""The Attention tab's instruments: a value for each output, saying what the package computes."""

import inspect
from typing import Any

import gradio as gr
import numpy as np
import pytest

from playground.explain import alignment, attention, elsewhere, long, score
from playground.plots.figure import percent
from playground.tabs import attention as tab
from playground.tabs.attention import api, shared
from playground.tabs.workbench import Bench

TEXT = "Je n'ai pas vu ma sœur depuis hier."
SETTINGS: dict[str, list[tuple[Any, ...]]] = {
    "spotlight": [("heatmap", 0, -1), ("ribbons", 0.3, 2), ("heatmap", 0, 99)],
    "score": [(1, 1), (3, 99)],
    "elsewhere": [(rule, 2, "0 1", 1) for rule in elsewhere.RULES],
    "align": [()],
    "long": [()],
}
CASES = [(name, settings) for name, each in SETTINGS.items() for settings in each]


@pytest.fixture(scope="module")
def bench() -> Bench:
    with gr.Blocks():
        return tab.build()


def shown(bench: Bench, name: str, *settings: Any, merged: bool = False) -> tuple[Any, ...]:
    return bench.instruments[name].show(TEXT, merged, *settings)


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_an_instrument_answers_with_one_value_for_each_output(
    bench: Bench, name: str, settings: tuple[Any, ...]
) -> None:
    assert len(settings) == len(bench.built[name].settings)
    for merged in (False, True):
        values = shown(bench, name, *settings, merged=merged)
        assert len(values) == len(bench.built[name].outputs)


def test_it_opens_with_every_figure_drawn_but_those_that_were_not_measured(bench: Bench) -> None:
    assert list(bench.instruments) == list(SETTINGS)
    for built in bench.built.values():
        assert all(output.value for output in built.outputs)


@pytest.mark.parametrize(("name", "settings"), CASES)
def test_the_call_of_a_figure_computes_its_trace_and_its_endpoint_answers_the_same(
    bench: Bench, name: str, settings: tuple[Any, ...]
) -> None:
    for value in shown(bench, name, *settings):
        if isinstance(value, dict):
            space: dict[str, Any] = {}
            exec(value["cell"], space)
            call = value["call"]
            answer = api.endpoints()[call["endpoint"]](*call["arguments"])
            assert answer == space["trace"].to_json()


@pytest.mark.parametrize("least", [0, 0.2])
def test_the_spotlight_tells_the_row_that_is_lit(bench: Bench, least: float) -> None:
    trace = attention.explain(TEXT)
    light, translation, surety = shown(bench, "spotlight", "heatmap", least, 2)
    best = int(trace.weights[2].argmax())
    told = f"“{trace.target[2]}” it looked most at “{trace.source[best]}”"
    assert told in light["told"]
    assert percent(trace.weights[2, best]) in light["told"]
    assert ("Hidden:" in light["told"]) == (least > 0)
    assert translation == trace.translation
    np.testing.assert_allclose(
        [[float(cell) for cell in row[1:]] for row in light["table"]["body"]],
        trace.weights,
        atol=5e-5,
    )
    exact = [float(row[2]) for row in surety["table"]["body"]]
    np.testing.assert_allclose(exact, trace.probabilities, rtol=1e-5)


def test_whole_words_are_joined_in_the_spotlight(bench: Bench) -> None:
    light, *_ = shown(bench, "spotlight", "heatmap", 0, -1, merged=True)
    assert light["table"]["headers"][1:] == attention.explain(TEXT, merged=True).source


def test_the_score_is_told_with_the_numbers_of_its_trace(bench: Bench) -> None:
    trace = score.explain(TEXT, 3, 4)
    scores, terms = shown(bench, "score", 3, 4)
    assert f"{trace.scores.max():.2f}".replace("-", "−") in scores["told"]
    assert [float(row[1]) for row in scores["table"]["body"]] == pytest.approx(
        trace.scores.tolist(), abs=1e-5
    )
    assert any(f"weight({trace.source[3]})" in line for line in scores["sums"])
    assert [row[0] for row in terms["table"]["body"][:-1]] == [str(u.unit) for u in trace.units]
    total = sum(float(row[-1]) for row in terms["table"]["body"])
    assert total == pytest.approx(trace.scores[3], abs=1e-4)


@pytest.mark.parametrize("rule", elsewhere.RULES)
def test_both_translations_and_the_cost_are_told(bench: Bench, rule: str) -> None:
    trace = elsewhere.explain(TEXT, rule, 2, "0 1")
    both, used = shown(bench, "elsewhere", rule, 2, "0 1", 1)
    assert f"“{trace.original.translation}”" in both["told"]
    assert f"“{trace.replaced.translation}”" in both["told"]
    assert f"costs {abs(trace.cost_bits):.1f} bits" in both["told"]
    assert used["table"]["headers"][1:] == trace.source
    assert [row[0] for row in used["table"]["body"]] == trace.replaced.target


def test_the_alignment_and_the_lengths_are_told(bench: Bench) -> None:
    trace, both = alignment.explain(TEXT), long.explain(TEXT)
    coverage, entropy, rates = shown(bench, "align")
    assert f"“{trace.most}” is looked at most" in coverage["told"]
    assert f"sharpest for “{trace.sharpest}”" in entropy["told"]
    assert (rates["drawing"] is None) == (not trace.measured)
    longer, measured = shown(bench, "long")
    assert all(translation in longer["told"] for translation in both.translations.values())
    assert (measured["drawing"] is None) == (not both.by_length)


def test_what_is_picked_is_a_setting_that_changes(bench: Bench) -> None:
    def change(name: str, key: str) -> dict[str, Any]:
        ((_, change),) = bench.built[name].picks
        return change(key)

    assert change("spotlight", "3") == {"row": 3}
    assert change("spotlight", "-1") == {"row": -1}
    assert change("score", "t0") == {"target": 1}
    assert change("score", "s4") == {"source": 5}
    assert change("elsewhere", "2") == {"rule": "typed", "step": 3}
    assert change("elsewhere", "c2") == {"rule": "typed", "weights": "0 0 1"}
    assert change("elsewhere", "1,0") == {"rule": "typed", "step": 2, "weights": "1"}
    assert change("long", "0") == {"text": shared.LONGER[0]}


def test_every_key_that_a_figure_offers_can_be_picked(bench: Bench) -> None:
    for name, each in SETTINGS.items():
        values = shown(bench, name, *each[0])
        for place, change in bench.built[name].picks:
            value = values[bench.built[name].outputs.index(place)]
            for mark in value["drawing"]["marks"]:
                if "key" in mark:
                    inputs = {bench.named(name, key) for key in change(mark["key"])}
                    assert inputs <= bench.inputs.keys()


def test_the_sentences_grow() -> None:
    lengths = [len(sentence.split()) for sentence in shared.LONGER]
    assert lengths == sorted(lengths)
    assert lengths[0] <= 6 < 15 <= lengths[-1]


def test_every_endpoint_is_documented_argument_by_argument() -> None:
    for function in api.endpoints().values():
        told = inspect.getdoc(function) or ""
        assert "Returns:" in told
        for argument in inspect.signature(function).parameters:
            assert f"    {argument}: " in told


def test_bad_input_is_a_sentence_from_each_endpoint() -> None:
    for function in api.endpoints().values():
        with pytest.raises(gr.Error, match="no text"):
            function("")
