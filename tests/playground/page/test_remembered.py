"""An answer is computed once for all who ask the same, and forgotten when room is wanted."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from playground.page.remembered import Remembered


def test_the_same_key_is_computed_once() -> None:
    remembered: Remembered[str] = Remembered()
    asked: list[str] = []
    for key in ("a", "b", "a", "a"):
        assert remembered.get(key, lambda key=key: asked.append(key) or key * 2) == key * 2  # type: ignore[misc]
    assert asked == ["a", "b"]


def test_who_asks_at_the_same_moment_waits_for_the_first() -> None:
    remembered: Remembered[str] = Remembered()
    begun, may_end, computed = threading.Event(), threading.Event(), []

    def compute() -> str:
        begun.set()
        assert may_end.wait(10)
        computed.append(1)
        return "answer"

    with ThreadPoolExecutor(4) as people:
        first = people.submit(remembered.get, "a", compute)
        assert begun.wait(10)
        others = [people.submit(remembered.get, "a", compute) for _ in range(3)]
        may_end.set()
        assert [one.result(10) for one in (first, *others)] == ["answer"] * 4
    assert computed == [1]


def test_a_refusal_is_raised_and_not_remembered() -> None:
    remembered: Remembered[str] = Remembered()

    def refuse() -> str:
        raise ValueError("please type a word")

    for _ in range(2):
        with pytest.raises(ValueError, match="please type a word"):
            remembered.get("a", refuse)
    assert remembered.get("a", lambda: "answer") == "answer"


def test_a_huge_answer_takes_nobodys_place() -> None:
    remembered: Remembered[str] = Remembered(most=30)
    remembered.get("a", lambda: "answer")
    assert remembered.get("b", lambda: "x" * 29) == "x" * 29
    assert remembered.get("a", lambda: "another") == "answer"
    assert remembered.get("b", lambda: "new") == "new"


def test_the_longest_unasked_answers_go_when_there_is_no_room() -> None:
    remembered: Remembered[str] = Remembered(most=30)
    asked: list[str] = []

    def get(key: str) -> None:
        remembered.get(key, lambda: asked.append(key) or "x" * 9)  # type: ignore[func-returns-value]

    for key in "abcacdbd":
        get(key)
    assert "".join(asked) == "abcdb"
