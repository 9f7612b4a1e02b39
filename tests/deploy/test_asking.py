"""Questions travel to replicas, and to another one where one has died."""

from typing import Any

import pytest

pytest.importorskip("ray", reason="needs ray[serve]: pip install -r deploy/requirements.txt")

from ray.exceptions import RayActorError

from app import TABS
from deploy import asking
from deploy.asking import TRIES, Replicas
from deploy.models import alike
from playground.page.backend import Told
from playground.page.questions import TOLD, Question, Said

INSTRUMENT = TABS[0].instruments[0]


class Handle:
    """A handle of replicas of which the first ones die of a question."""

    def __init__(self, dying: int, said: Said) -> None:
        self.left, self.said = dying, said
        self.asked: list[Question] = []
        self.ask = self

    def remote(self, question: Question) -> "Handle":
        self.asked.append(question)
        return self

    def result(self, timeout_s: float) -> Said:
        if self.left:
            self.left -= 1
            raise RayActorError
        return self.said


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PAUSE", 0.0)


def test_a_question_whose_replica_died_is_asked_again_of_another() -> None:
    told = Told("panel", [], {})
    replicas: Any = Handle(TRIES - 1, (told, ""))
    assert Replicas(replicas).told(INSTRUMENT, {"text": "a"}) is told
    assert replicas.asked == [Question(TOLD, INSTRUMENT.room, (), {"text": "a"})] * TRIES


def test_a_question_that_kills_whoever_hears_it_is_not_asked_for_ever() -> None:
    replicas: Any = Handle(99, (None, ""))
    with pytest.raises(RayActorError):
        Replicas(replicas).models()
    assert len(replicas.asked) == TRIES


def test_bad_input_comes_back_as_its_sentence() -> None:
    replicas: Any = Handle(0, (None, "please type a word"))
    with pytest.raises(ValueError, match="^please type a word$"):
        Replicas(replicas).called(INSTRUMENT.explain, "", model="gru")
    assert replicas.asked[0].name == f"{INSTRUMENT.room}.explain.explain"


def test_what_several_ask_is_computed_once_unless_it_tells_a_time() -> None:
    same = [Question(TOLD, "a.room", (), {"text": "x", "size": 1}) for _ in range(2)]
    other = Question(TOLD, "a.room", (), {"text": "x", "size": True})
    clock = Question("called", "b.room.explain.explain", ("x",))
    assert alike([same[0], other, same[1]], ()) == [[0, 2], [1]]
    assert alike([clock, clock], ("b.room",)) == [[0], [1]]
