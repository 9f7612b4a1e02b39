"""Trees: children right of their parents, no two on each other, and what became of each."""

import pytest

from playground.drawing import Box, Path, Word, tree

PARENTS, WORDS = [-1, 0, 0, 1, 1], ["a", "b", "c", "d", "e"]


def test_children_stand_right_of_their_parents_and_no_two_at_one_place() -> None:
    boxes = [mark for mark in tree(PARENTS, WORDS).marks if isinstance(mark, Box)]
    for child, parent in enumerate(PARENTS):
        if parent >= 0:
            assert boxes[child].x > boxes[parent].x + boxes[parent].width
    assert len({(box.x, box.y) for box in boxes}) == len(WORDS)
    assert boxes[0].y == boxes[1].y == boxes[3].y  # a first child beside its parent


def test_a_search_shows_what_became_of_each_candidate() -> None:
    fates = ["kept", "kept", "pruned", "finished", "pruned"]
    drawing = tree(PARENTS, WORDS, fates=fates, path=[0, 1, 3], keys=WORDS, notes=["0"] * 5)
    struck = [mark.text for mark in drawing.marks if isinstance(mark, Word) and mark.struck]
    assert struck == ["c", "e"]
    lines = [mark for mark in drawing.marks if isinstance(mark, Path)]
    assert [line.dashed for line in lines] == [False, True, False, True]
    assert [line.colour == "accent" for line in lines] == [True, False, True, False]
    framed = [mark.key for mark in drawing.marks if isinstance(mark, Box) and mark.framed]
    assert framed == ["d"]


def test_a_tree_may_be_deep() -> None:
    assert len(tree([-1, *range(1999)], ["w"] * 2000).marks) == 3 * 2000 - 1


def test_nodes_out_of_order_and_other_fates_are_refused() -> None:
    with pytest.raises(ValueError, match="before their children"):
        tree([1, -1], ["a", "b"])
    with pytest.raises(ValueError, match="lost"):
        tree([-1], ["a"], fates=["lost"])
    with pytest.raises(ValueError, match="2 parents are given for 1 words"):
        tree([-1, 0], ["a"])
