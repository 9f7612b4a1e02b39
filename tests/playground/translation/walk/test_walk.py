"""A walk through a search: every number is the model's own, at the step that it belongs to."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from playground.drawing import Frames
from playground.reading.models import TRANSLATORS
from playground.reading.translating import cross_weights, load
from playground.translation.walk.explain import Trace, explain
from playground.translation.walk.figures import fate, figures, sentence
from seq_models.translate import read

TEXT = "Elle lit un livre."


@pytest.fixture(scope="module", params=TRANSLATORS)
def walk(request: pytest.FixtureRequest) -> tuple[str, Trace]:
    """A walk with each translator."""
    return request.param, explain(TEXT, request.param, 3)


def test_a_candidate_is_as_likely_as_its_beginning_times_its_word(walk: tuple[str, Trace]) -> None:
    _, trace = walk
    for one, share in zip(trace.steps, trace.probabilities, strict=True):
        before = trace.steps[one.parent].log_probability if one.parent >= 0 else 0.0
        assert one.log_probability == pytest.approx(before + math.log(share), abs=1e-5)
        assert 0 <= share <= 1


def test_where_it_looked_is_what_forced_decoding_says(walk: tuple[str, Trace]) -> None:
    """Oracle: the whole text read again in one pass, a row for each of its tokens."""
    model, trace = walk
    network, tokenizer = load(model)
    ends = [place for place, one in enumerate(trace.steps) if one.fate == "finished"]
    tokens: list[int] = []
    place = ends[0]
    while place >= 0:
        tokens.insert(0, trace.steps[place].token)
        place = trace.steps[place].parent
    weights = cross_weights(read(network, tokenizer, TEXT, tokens).decoder_weights)[-1].mean(axis=0)
    for step, row in enumerate(weights, start=1):
        alive = trace.alive[step - 1]
        texts = [tokenizer.decode(tokens[: step - 1]) or "⟨start⟩"]
        found = alive.weights[alive.texts.index(texts[0])]
        np.testing.assert_allclose(found, row, atol=1e-5)


def test_each_step_begins_with_what_the_last_one_kept(walk: tuple[str, Trace]) -> None:
    _, trace = walk
    assert trace.alive[0].texts == ["⟨start⟩"]
    for number, alive in enumerate(trace.alive[1:], start=1):
        kept = [one for one in trace.steps if (one.step, one.fate) == (number, "kept")]
        assert len(alive.texts) == len(kept) == len(alive.weights)
    for alive in trace.alive:
        np.testing.assert_allclose(alive.weights.sum(axis=1), 1, atol=1e-5)


def test_what_dies_lacked_something_and_what_lives_lacked_nothing(walk: tuple[str, Trace]) -> None:
    for one in walk[1].steps:
        assert (one.needed is None) == (one.fate != "pruned")
        assert one.needed is None or one.needed >= 0


def test_the_page_gets_every_step_at_once(walk: tuple[str, Trace]) -> None:
    _, trace = walk
    picture = figures(trace)["walk"].picture
    assert isinstance(picture, Frames)
    frames = picture.to_json()["frames"]
    assert len(frames) == len(trace.alive)
    assert len({(one["picture"]["width"], one["picture"]["height"]) for one in frames}) == 1
    assert f"the best is “{trace.translation}”" in frames[-1]["sentence"]


def test_what_ended_is_told_as_typed() -> None:
    """The search of this sentence ends texts with an apostrophe."""
    trace = explain("C'est le frère de Paul.")
    last = sentence(trace, len(trace.alive))
    assert re.search(r"Finished: [^;]*“[^”]*\w'\w[^”]*\w\.”", last), last
    told = " ".join(sentence(trace, number) for number in range(1, len(trace.alive) + 1))
    assert "·" not in told
    assert " ." not in told


def test_at_the_first_step_no_end_is_weighed_and_that_is_told(walk: tuple[str, Trace]) -> None:
    _, trace = walk
    assert all(one.word != "⟨end⟩" for one in trace.steps if one.step == 1)
    assert sentence(trace, 1).startswith("Nothing is written yet, so ⟨end⟩ cannot come; of the 6")


def test_a_walk_without_a_step_is_refused() -> None:
    with pytest.raises(ValueError, match="no step"):
        Frames([])


@pytest.mark.parametrize(
    ("needed", "told"),
    [(None, "lives on"), (math.log(1.5), "dies: × 1.5"), (0.0004, "dies: × 1.0004"),
     (0.0, "dies: a tie"), (99.0, "dies: × over a million")],
)  # fmt: skip
def test_how_much_likelier_a_candidate_had_to_be(needed: float | None, told: str) -> None:
    one = explain("Il pleut.").steps[0]
    assert fate(replace(one, fate="kept" if needed is None else "pruned", needed=needed)) == told
