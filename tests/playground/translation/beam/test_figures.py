"""Beam search, told: both ways, how sure it was, where it looked, and the search as a tree."""

from typing import Any

import numpy as np

from playground.drawing import Box, Drawing, Path, Word
from playground.instrument import Shown
from playground.reading.whole_words import Words
from playground.translation.beam.explain import Candidate, Finished, Parting, Step, Trace
from playground.translation.beam.figures import figures

STEPS = [
    Step(1, -1, "a", "a", -1.0, -1.0, "kept", None, 4),
    Step(1, -1, "the", "the", -1.5, -1.5, "kept", None, 5),
    Step(1, -1, "one", "one", -4.0, -4.0, "pruned", 2.5, 6),
    Step(2, 1, "cat", "the cat", -1.75, -0.875, "finished", None, 7),
    Step(2, 0, "dog", "a dog", -3.0, -1.5, "finished", None, 8),
]


def traced(**changes: Any) -> Trace:
    """A beam of two that found what greedy decoding missed."""
    best, greedy = Candidate("the cat", -1.75, -0.875, True), Candidate("a dog", -3.0, -1.5, True)
    usual: dict[str, Any] = {
        "model": "transformer",
        "source": ["chat", "⟨end⟩"],
        "target": ["the", "cat"],
        "probabilities": np.array([0.25, 0.75]),
        "cross": np.array([[[[0.5, 0.5], [0.9, 0.1]], [[0.1, 0.9], [0.7, 0.3]]]]),
        "translation": "the cat",
        "log_probability": -1.75,
        "candidates": [best, greedy],
        "greedy": greedy,
        "steps": STEPS,
        "best_path": [1, 3],
        "greedy_path": [0, 4],
        "source_words": ["chat", "⟨end⟩"],
        "words": Words(["thecat"], np.array([0.1875])),
        "word_attention": np.array([[0.4, 0.6]]),
        "parting": Parting("", "a", 0.37, "the", 0.22, None, None),
        "finished": [Finished("the cat", -1.75, 2, -0.5), Finished("a dog", -3.0, 2, 0.0)],
        "alive": None,
        "limit": 14,
        "stop": "none_alive",
    }
    return Trace(**usual | changes)


def marks(shown: Shown, kind: type) -> list[Any]:
    """The marks of one kind in a figure's drawing."""
    assert isinstance(shown.picture, Drawing)
    return [mark for mark in shown.picture.marks if isinstance(mark, kind)]


def test_what_the_wider_search_changed_is_told() -> None:
    found = figures(traced(), 1.0, False, False)["found"]
    assert found.sentence == ("“the cat”, score −0.875. Greedy decoding stops at “a dog”, −1.500.")
    assert [row[:2] for row in found.table.body] == [
        ["greedy", "a dog"], ["beam 1", "the cat"], ["beam 2", "a dog"],
    ]  # fmt: skip
    assert found.formula[-1] == "−1.7500 / 2^penalty = −0.8750"


def test_the_least_sure_piece_is_told_and_each_has_its_share_where_pieces_are_asked_for() -> None:
    sure = figures(traced(), 1.0, False, True)["sure-translation"]
    assert sure.sentence.startswith("Least sure of “the”, 25 %")
    assert {word.text for word in marks(sure, Word)} >= {"25 %", "75 %"}


def test_words_are_whole_unless_pieces_are_asked_for() -> None:
    shown = figures(traced(), 1.0, False, False)
    sure = shown["sure-translation"]
    assert sure.sentence.startswith("Least sure of “thecat”, 18.8 %")
    assert [row[0] for row in sure.table.body] == ["thecat"]
    assert "thecat → ⟨end⟩: 0.6" in {box.title for box in marks(shown["cross"], Box)}


def test_where_it_looked_is_the_mean_over_the_heads_of_the_last_layer() -> None:
    cross = figures(traced(), 1.0, False, True)["cross"]
    assert "cat → chat: 0.8" in {box.title for box in marks(cross, Box)}
    assert "“cat” looks at “chat” (80 %)" in cross.sentence


def test_the_tree_has_a_node_for_each_beginning_and_pruned_ones_when_asked() -> None:
    lost = [Step(2, 0, word, f"a {word}", -5.0 - nats, -2.5 - nats / 2, "pruned", nats, 9 + place)
            for place, (word, nats) in enumerate([("far", 2.9), ("near", 0.7)])]  # fmt: skip
    steps = [*STEPS, *lost]
    for pruned, count in ((False, 6), (True, 7)):  # unasked, the two that came nearest
        search = figures(traced(steps=steps), 1.0, pruned, False)["search"]
        words = [word.text for word in marks(search, Word)]
        assert sum(step.word in words for step in steps) == count
        assert ("far" in words) == pruned
        assert len(marks(search, Path)) == count  # one line to each, from ⟨start⟩ on
        assert len(search.table.body) == len(steps)
    assert "7 beginnings were weighed in 2 steps: 2 kept, 2 finished, 3 pruned." in search.sentence
    assert "came “a near”: it had to be 2.01 times as likely to stay." in search.sentence


def test_both_ways_are_thick_each_in_its_colour() -> None:
    search = figures(traced(), 1.0, False, False)["search"]
    thick = [path.colour for path in marks(search, Path) if path.width == 4]
    assert sorted(thick) == ["accent", "accent", "negative", "negative"]
    assert (
        "They part at the first word: greedy goes on with “a” (its first piece: 37 %)"
        in search.sentence
    )
    assert "the best text with “the” (its first piece: 22 %)" in search.sentence


def test_a_pruned_beginning_says_what_it_lacked() -> None:
    search = figures(traced(), 1.0, False, False)["search"]
    assert "−4.00, × 12.2" in {word.text for word in marks(search, Word)}  # e^2.5
    assert search.table.body[2][-1] == "2.500000"


def test_the_greedy_way_is_drawn_to_where_it_was_pruned() -> None:
    dropped = STEPS[2]
    trace = traced(greedy_path=[2], parting=Parting("", "one", 0.02, "the", 0.22, dropped, 12.18))
    search = figures(trace, 1.0, False, False)["search"]
    assert "one" in {word.text for word in marks(search, Word)}
    assert "dropped greedy's way at step 1: it had to be 12.2 times as likely" in search.sentence


def test_all_that_was_finished_can_be_ranked_anew() -> None:
    """The script gets what it needs, and the drawing begins with the search's own order."""
    shown = figures(traced(alive=-2.0, stop="nothing_alive_can_win"), 1.0, False, False)["ranked"]
    assert shown.picture is not None
    ranking = shown.picture.to_json()["ranking"]
    assert [row["text"] for row in ranking["rows"]] == ["the cat", "a dog"]
    assert (ranking["alive"], ranking["limit"], ranking["fixed"]) == (-2.0, 14, False)
    assert shown.sentence.startswith("First stays “the cat”, score −0.875.")
