"""The film of a recorded training: each stage answers for itself."""

import numpy as np
import pytest

from playground.learning.film.explain import explain
from playground.learning.film.figures import figures
from playground.learning.shared import KEPT, RECORDED


def test_attention_becomes_the_other_diagonal() -> None:
    """The lesson of *backwards*: the last letter is looked at first."""
    run = explain("learning").runs[0]
    assert run.weights is not None
    letters = len("learning")
    assert (run.weights[-1, :letters].argmax(axis=1) == np.arange(letters)[::-1]).mean() > 0.8
    assert (run.weights[0, :letters].argmax(axis=1) == np.arange(letters)[::-1]).mean() < 0.5
    np.testing.assert_allclose(run.weights.sum(axis=2), 1, rtol=1e-4)


def test_a_stage_tells_of_itself_alone() -> None:
    first, last = explain("window", stage=1), explain("window", stage=KEPT)
    assert first.runs[0].reached.step == 0
    assert first.runs[0].answer == first.runs[0].answers[0]
    assert last.runs[0].answer == last.right == "wodniw"
    assert last.runs[0].answers == first.runs[0].answers


def test_the_text_of_another_task_is_replaced_by_an_example() -> None:
    assert explain("learning", "dates", meant="backwards").text == "samedi 9 mai 1998"
    assert explain("9/5/98", "dates", meant="dates").text == "9/5/98"
    for task in RECORDED:
        assert explain("", task).right != ""


def test_a_rival_stands_beside_it_and_nobody_races_itself() -> None:
    trace = explain("window", rival="summary")
    assert [run.kind for run in trace.runs] == ["attention", "summary"]
    assert trace.runs[1].weights is None
    assert len(explain("window", rival="attention").runs) == 1


def test_the_longer_the_harder_without_attention_and_not_with_it() -> None:
    """The lesson of *backwards*, in numbers: what the curve of all of them says, by length."""
    with_it, without = explain("window", rival="summary").runs
    assert [one.share for one in with_it.lengths] == [1.0] * len(with_it.lengths)
    shares = [one.share for one in without.lengths]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]
    for run in (with_it, without):
        right = sum(one.right for one in run.lengths)
        assert right == round(run.reached.exact * sum(one.examples for one in run.lengths))


def test_where_there_is_no_right_answer_the_last_stage_is_followed() -> None:
    trace = explain("quatre vingt et un", "numbers")
    run = trace.runs[0]
    assert trace.right == ""
    assert "".join(run.target[:-1]).replace("␣", " ") == run.answers[-1]


def test_signs_that_it_has_never_seen_are_told() -> None:
    assert "never seen É" in explain("École").notes[0]


@pytest.mark.parametrize("stage", [0, 10, 2.5])
def test_a_stage_that_is_none_is_told_in_a_sentence(stage: float) -> None:
    with pytest.raises(ValueError, match="from 1 to 9"):
        explain("window", stage=stage)  # type: ignore[arg-type]


def test_how_sure_each_of_two_models_is_is_told_of_both() -> None:
    trace = explain("window", rival="summary")
    both = figures(trace)["film-sure"].sentence
    one, other = (run.name for run in trace.runs)
    alone = figures(explain("window"))["film-sure"].sentence
    first = alone.rpartition("of the probability ")[2].removesuffix(".")
    assert f"{one}: {first}; {other}: at no stage." in both


def test_a_rival_of_its_own_kind_is_told_to_be_none() -> None:
    trace = explain("window", model="attention", rival="attention")
    assert len(trace.runs) == 1
    assert any("same kind" in note for note in trace.notes)
