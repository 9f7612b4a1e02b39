"""Inside a memory, told: sentences, sums and marks hold the trace's numbers."""

import numpy as np
import pytest

from playground.drawing import Box, Drawing
from playground.next_word.inside.explain import Trace, explain
from playground.next_word.inside.figures import SHOWN, figures, formula, gates, moves
from playground.reading.models import LANGUAGE_MODELS, Model

TEXT = "The old man sat down by the fire and"


def traced(model: str, values: list[float], **shares: list[float]) -> Trace:
    """A trace of one unit with these values, and gates with these shares."""
    column = np.array(values)[:, None]
    opened = {name: np.array(gate)[:, None] for name, gate in shares.items()}
    kept = next((gate[:, 0] for gate in opened.values()), None)
    words = ["a", " b", " c"][: len(values)]
    return Trace(model, words, column, opened, kept, "number", np.array([0]), 0)


def test_gates_are_told_or_that_there_are_none() -> None:
    trace = traced("gru", [0.0, 0.0], update=[0.5, 0.75], reset=[0.0, 0.0])
    assert "most memory is kept at “b” (75 %), least at “a” (50 %)" in gates(trace, ["a", "b"])
    assert "keeps every word" in gates(traced("transformer", [0.0]), ["a"])
    assert "A plain RNN has no gates" in gates(traced("rnn", [0.0]), ["a"])


def test_a_model_that_only_the_table_knows_is_told_by_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LANGUAGE_MODELS, "new", Model("Elman net", "folder", "something new"))
    trace = traced("new", [0.5, 0.25])
    assert gates(trace, ["a", "b"]) == "Elman net has no gates."
    assert formula(trace, "b") == ["unit 0 after “b”: 0.5000 → 0.2500"]


def test_the_sum_has_the_last_step_with_the_gates_by_their_signs() -> None:
    trace = traced("gru", [0.5, 0.25], update=[0.1, 0.75], reset=[0.1, 0.1])
    equation, step = formula(trace, "cat")
    assert equation == "h[t] = (1 − z) n + z h[t−1]"
    assert step == "unit 0 at “cat”: z = 0.7500, so 0.2500 = 0.2500 n + 0.7500 · 0.5000"
    lstm = traced("lstm", [-0.5], forget=[0.5], input=[0.25], output=[0.125])
    assert formula(lstm, "a")[1] == "unit 0 at “a”: f = 0.5000, i = 0.2500, o = 0.1250, h = −0.5000"
    assert formula(traced("rnn", [0.5]), "a")[1].endswith("memory after ⟨start⟩ → 0.5000")


def test_the_largest_step_is_told_with_its_word_and_sign() -> None:
    trace = traced("gru", [0.5, -0.5, -0.25])
    told = "1 of 1 units. Unit 0 ends at −0.25 and between words moves most at “b” (−1.00)."
    assert moves(trace, ["a", "b", "c"], 1) == told
    assert moves(traced("gru", [0.5]), ["a"], 1) == "1 of 1 units. Unit 0 ends at 0.50."
    assert moves(traced("gru", [-0.001]), ["a"], 1).endswith("ends at 0.00.")


def test_each_row_of_the_matrix_tells_its_unit_wherever_it_is_picked() -> None:
    trace = explain(TEXT, "lstm", "strength")
    picture = figures(trace)["memory"].picture
    assert isinstance(picture, Drawing)
    keys = [mark.key for mark in picture.marks if mark.key]
    assert set(keys) == {str(unit) for unit in trace.order[:SHOWN].tolist()}
    cells = [mark for mark in picture.marks if isinstance(mark, Box) and "→" in mark.title]
    assert len(cells) == SHOWN * len(trace.tokens)
    signs = [cell.colour == "negative" for cell in cells]
    assert signs == (trace.memory[:, trace.order[:SHOWN]].T < 0).ravel().tolist()


@pytest.mark.parametrize("model", ["rnn", "gru", "lstm", "transformer"])
def test_the_followed_units_chart_has_its_line_and_every_gate_the_table_names(model: str) -> None:
    shown = figures(explain(TEXT, model))["unit"]
    names = list(LANGUAGE_MODELS[model].gates)
    expected = ["value", *names, *(f"{name}, all units" for name in names)]
    assert [row[0] for row in shown.table.body] == expected
    assert shown.picture is not None
    line, *rows = shown.picture.to_json()["data"]
    assert len(line["y"]) == len(shown.table.headers) - 1
    assert [name for row in rows for name in row["y"]] == expected[1:]
