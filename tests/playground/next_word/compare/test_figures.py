"""The models side by side, told: words on one scale, curves with their names."""

import numpy as np
import pytest

from playground.drawing import Box, Drawing, Word
from playground.next_word.compare.explain import Trace, explain
from playground.next_word.compare.figures import figures, gains
from playground.reading.expectation import Expectation, expect
from playground.reading.models import LANGUAGE_MODELS

TEXT = "The old man sat down by the fire and"


def expected(words: list[str], shares: list[float]) -> Expectation:
    """What a model might expect after one word."""
    bits = np.array([3.0])
    return Expectation("gru", ["a"], [True], bits, words, np.array(shares), words, 2.0, 8.0, 1.0,
                       4.0, np.zeros((1, 2)))  # fmt: skip


def test_each_model_is_told_by_its_likeliest_word_that_is_one() -> None:
    one = expected(["⟨unknown⟩", "cat"], [0.5, 0.25])
    shown = figures(Trace({"gru": one}, {}))["four"]
    told = "GRU expects “cat” (25 %; perplexity so far 8). ⟨unknown⟩ holds 50 % (GRU)."
    assert shown.sentence == told


def test_all_models_share_one_scale_and_no_mark_is_among_the_words() -> None:
    one, other = expected(["⟨end⟩", "a"], [0.9, 0.4]), expected(["b"], [0.2])
    picture = figures(Trace({"gru": one, "lstm": other}, {}))["four"].picture
    assert isinstance(picture, Drawing)
    widths = {m.title: m.width for m in picture.marks if isinstance(m, Box)}
    assert widths["a: 0.400000"] == 2 * widths["b: 0.200000"]
    texts = [m.text for m in picture.marks if isinstance(m, Word)]
    assert "⟨end⟩" not in texts
    assert texts.index("GRU") < texts.index("LSTM")


def test_missing_measurements_are_said_to_be_missing() -> None:
    shown = figures(Trace({"gru": expected(["a"], [0.5])}, {}))["curves"]
    assert shown.picture is None
    assert "not been measured" in shown.sentence
    curve = [(1, 128.0), (None, 53.4)]
    assert "GRU: 128 with 1 word of context, 53.4 with all" in gains({"GRU": curve})
    worse_again = {"Transformer": [(1, 128.0), (32, 52.0), (None, 63.5)]}
    assert "63.5 with all (best, 52, with 32)" in gains(worse_again)


def test_every_measured_model_has_a_curve_and_its_name_at_the_end() -> None:
    trace = explain(TEXT)
    picture = figures(trace)["curves"].picture
    assert picture is not None
    made = picture.to_json()
    names = [LANGUAGE_MODELS[name].label for name in trace.curves]
    assert [curve["name"] for curve in made["data"]] == names
    ends = [note["text"] for note in made["layout"]["annotations"]]
    assert all(end.startswith(name) for end, name in zip(ends, names, strict=True))


@pytest.mark.usefixtures("tiny")
def test_whatever_the_table_lists_reads_the_text_as_it_does_alone() -> None:
    trace = explain(TEXT)
    assert list(trace.models) == list(LANGUAGE_MODELS)
    assert "tiny" in trace.models
    for name, one in trace.models.items():
        assert one.to_json() == expect(TEXT, name).to_json()
    with pytest.raises(ValueError, match="please"):
        explain("")
