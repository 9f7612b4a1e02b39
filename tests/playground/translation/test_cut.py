"""A text that found no end is told as one by every room that cites it."""

from collections.abc import Iterator

import pytest

from playground.reading.searched import searched
from playground.translation.beam.explain import explain as search
from playground.translation.beam.figures import sentence as found
from playground.translation.fault.explain import explain as judge
from playground.translation.fault.figures import figures as judged
from playground.translation.generations.explain import explain as compare
from playground.translation.generations.figures import figures as compared
from playground.translation.steer.explain import explain as steer
from playground.translation.steer.figures import sentence as steered
from playground.translation.taught.explain import explain as teach
from playground.translation.taught.figures import alone
from playground.translation.walk.explain import explain as walk
from playground.translation.walk.figures import sentence as walked
from playground.translation.wider.explain import explain as widen
from playground.translation.wider.figures import figures as widened

CUT = "found no end and was cut"
TEXT = "Le chat dort."


@pytest.fixture(autouse=True)
def never_ending(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A limit that no translation of the text is short enough for."""
    for room in ("translate", "cuts"):
        monkeypatch.setattr(f"seq_models.{room}.limit", lambda _: 3, raising=False)
    for room in ("beam", "fault", "steer"):
        name = f"playground.translation.{room}.explain.limit"
        monkeypatch.setattr(name, lambda _: 3, raising=False)
    searched.cache_clear()
    yield
    searched.cache_clear()


def test_every_room_tells_it() -> None:
    assert CUT in found(search(TEXT))
    assert CUT in steered(steer(TEXT))
    assert CUT in alone(teach(TEXT)).sentence
    trace = walk(TEXT)
    assert CUT in walked(trace, len(trace.alive))
    assert CUT in widened(widen(TEXT))["wider-here"].sentence


def test_how_sure_two_are_does_not_compare_where_one_was_cut() -> None:
    shown = compared(compare(TEXT), pieces=False)
    assert "does not compare" in shown["effort"].sentence
    assert "Surer" not in shown["effort"].sentence
    assert "found no end" in shown["generations"].sentence


def test_a_cut_beam_is_compared_with_nothing() -> None:
    trace = judge(TEXT, expected="The cat sleeps.")
    shown = judged(trace)["suspects"]
    assert "no translation to compare with" in shown.sentence
    assert not any("P(yours)" in line for line in shown.formula)
    exact = trace.named("exact")
    assert (exact is None) == ("found a likelier one" not in shown.sentence)
