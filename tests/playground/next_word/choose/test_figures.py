"""The stages of a choice, told: what each rule leaves, and whom it removed."""

import pytest

from playground.drawing import Box, Drawing, Word
from playground.next_word.choose.explain import explain
from playground.next_word.choose.figures import BAR, COLUMNS, figures
from playground.reading.models import LANGUAGE_MODELS

TEXT = "The old man sat down by the fire and"


def drawn(drawing: object) -> Drawing:
    assert isinstance(drawing, Drawing)
    return drawing


@pytest.mark.parametrize("model", [*LANGUAGE_MODELS, "tiny"])
def test_the_sentence_names_seed_word_and_what_each_rule_leaves(model: str, tiny: str) -> None:
    trace = explain(TEXT, model, 0.8, 40, 0.9, 5)
    told = figures(trace)["stages"].sentence
    assert told.startswith(f"Seed 5 draws “{trace.chosen}”, likeliest number {trace.chosen_place}")
    assert f"leaves {trace.kept_after_top_k} words" in told
    assert f"then leaves {trace.kept_after_top_p}." in told
    assert "2,147,483,647" in figures(explain(TEXT, model, seed=2**31 - 1))["stages"].sentence
    assert "no chance" in figures(explain(TEXT, model, 0))["stages"].sentence


def test_a_removed_word_says_by_which_rule_and_has_no_bar() -> None:
    trace = explain(TEXT, "gru", 1.0, 8, 0.5)
    shown = figures(trace)["stages"]
    marks = drawn(shown.picture).marks
    told = [mark.text for mark in marks if isinstance(mark, Word)]
    gone = [rule for rule in trace.removed_by if rule]
    assert "removed by top-k" in told
    assert told.count("removed by top-p") == gone.count("top-p") > 0
    titles = [mark.title for mark in marks if isinstance(mark, Box) and mark.title]
    assert len(titles) == sum(
        1 for values in (trace.probabilities, trace.after_temperature, trace.after_top_k,
                         trace.after_top_p) for value in values if value > 0
    )  # fmt: skip
    assert [row[-1] for row in shown.table.body[:-1]] == trace.removed_by


def test_bars_of_all_stages_share_one_scale() -> None:
    trace = explain(TEXT, "gru", 1.0, 8, 0.5)
    marks = drawn(figures(trace)["stages"].picture).marks
    longest = max(trace.after_top_p)
    for name, values in zip(COLUMNS, (trace.probabilities, trace.after_temperature), strict=False):
        title = f"{trace.words[0]}, {name}: {values[0]:.6f}"
        (width,) = [mark.width for mark in marks if isinstance(mark, Box) and mark.title == title]
        assert width == pytest.approx(BAR * values[0] / longest)


@pytest.mark.parametrize(("seed", "temperature"), [(1, 0.8), (2, 0.8), (1, 5.0), (1, 0.0)])
def test_only_the_chosen_word_is_framed_if_it_is_among_those_shown(
    seed: int, temperature: float
) -> None:
    trace = explain(TEXT, "gru", temperature, 5000, 1.0, seed)
    marks = drawn(figures(trace)["stages"].picture).marks
    framed = [mark for mark in marks if isinstance(mark, Box) and mark.framed]
    strong = [mark.title for mark in marks if isinstance(mark, Word) and mark.strong]
    shown = trace.chosen in trace.words
    assert len(framed) == shown
    assert (trace.chosen in strong) == shown
