"""Beam search: a translation comes with its own numbers, and the search with all its steps."""

import json
import math

import numpy as np
import pytest

from playground.reading.models import TRANSLATORS
from playground.reading.translating import load
from playground.translation.beam.explain import Trace, explain
from seq_models import END

FRENCH = "Je n'ai pas vu ma sœur depuis hier."
BAD = {"": "no text", "x" * 5_000: "5,000 characters", "Je\ud800": "U\\+D800", "😀😀": "never seen"}


@pytest.mark.parametrize("model", TRANSLATORS)
@pytest.mark.parametrize("width", [1, 4])
def test_a_translation_comes_with_its_own_numbers(model: str, width: int) -> None:
    trace = explain(FRENCH, model, width, 0.8)
    assert trace.log_probability == pytest.approx(np.log(trace.probabilities).sum(), abs=1e-4)
    assert trace.candidates[0].text == trace.translation
    assert trace.candidates[0].score == pytest.approx(
        trace.log_probability / len(trace.target) ** 0.8, abs=1e-4
    )
    scores = [c.score for c in trace.candidates if c.finished]
    assert scores == sorted(scores, reverse=True)
    assert len(trace.candidates) <= width
    assert trace.cross.shape[-2:] == (len(trace.target), len(trace.source))
    np.testing.assert_allclose(trace.attention.sum(axis=-1), 1, atol=1e-5)
    assert json.loads(json.dumps(trace.to_json())) == trace.to_json()


@pytest.mark.parametrize("model", TRANSLATORS)
def test_the_steps_are_a_tree_whose_paths_spell_the_candidates(model: str) -> None:
    trace = explain(FRENCH, model, 4, 1.0)
    finished = [place for place, step in enumerate(trace.steps) if step.fate == "finished"]
    _, tokenizer = load(model)
    texts = {tokenizer.decode(tokens(trace, place)) for place in finished}
    assert trace.translation in texts
    for place, step in enumerate(trace.steps):
        typed = tokenizer.decode(tokens(trace, place))
        assert step.text == (f"{typed} ⟨end⟩" if step.token == END else typed)
        if step.parent >= 0:
            parent = trace.steps[step.parent]
            assert (parent.fate, parent.step) == ("kept", step.step - 1)
            assert parent.log_probability >= step.log_probability
        else:
            assert step.step == 1


def tokens(trace: Trace, place: int) -> list[int]:
    """The tokens on the path to a step."""
    found: list[int] = []
    while place >= 0:
        found.insert(0, trace.steps[place].token)
        place = trace.steps[place].parent
    return found


@pytest.mark.parametrize("text", ["a", "5", "tu", "oui"])
def test_a_translation_is_never_empty(text: str) -> None:
    for model in TRANSLATORS:
        trace = explain(text, model)
        assert trace.translation
        assert trace.greedy.text


@pytest.mark.parametrize("text", BAD)
def test_bad_text_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=BAD[text]):
        explain(text)


@pytest.mark.parametrize(
    "text", ["<b>Je</b> <script>alert(1)</script> pars", "${alert(1)} {{value}}", "Je ⟨end⟩ pars"]
)
def test_markup_is_text_like_any_other(text: str) -> None:
    json.dumps(explain(text).to_json())


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ({"model": "gru"}, "no model 'gru'"),
        ({"model": ["attention"]}, "no model"),
        ({"beam_width": 0}, "from 1 to 10, not 0"),
        ({"beam_width": 2.5}, "whole number from 1 to 10"),
        ({"beam_width": True}, "whole number"),
        ({"length_penalty": 3}, "from 0 to 2, not 3"),
        ({"length_penalty": math.nan}, "not nan"),
        ({"length_penalty": 10**400}, "so large a number"),
    ],
)
def test_settings_that_cannot_be_are_named(settings: dict[str, object], wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        explain("oui", **settings)  # type: ignore[arg-type]
