"""The lane of live trainings, by a clock of our own."""

from contextlib import ExitStack

import pytest

from playground.learning.lane import MOST, MOST_LOOKS, Lane, Ticket
from playground.page import frame


class Clock:
    """A clock that goes on when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def lane_of(clock: Clock, places: int = 1) -> Lane:
    return Lane(places=places, seconds=60.0, patience=4.0, grace=0.0, most=5, clock=clock)


def pass_by(clock: Clock, lane: Lane, seconds: float, *heard: Ticket) -> None:
    """Let time pass, the lane looked at often, while some pages are heard of."""
    for _ in range(round(2 * seconds)):
        clock.now += 0.5
        len(lane)
        for ticket in heard:
            lane.hear(ticket.key)


def test_a_fixed_number_trains_and_the_others_have_a_place_in_the_queue(clock: Clock) -> None:
    lane = lane_of(clock, places=2)
    tickets = []
    for _ in range(4):
        tickets.append(lane.enter())
        lane.turn(tickets[-1])
        clock.now += 0.1
    assert [lane.turn(ticket) for ticket in tickets] == [0, 0, 1, 2]
    assert lane.wait(tickets[0]) == 0.0
    lane.spend(tickets[0], 40.0)
    lane.spend(tickets[1], 10.0)
    lane.spend(tickets[2], 50.0)
    assert lane.wait(tickets[2]) == pytest.approx(20.0)  # the first place
    assert lane.wait(tickets[3]) == pytest.approx(30.0)  # the same one, when that one is done
    lane.leave(tickets[0])
    assert [lane.turn(ticket) for ticket in tickets[1:]] == [0, 0, 1]


def test_a_client_that_vanishes_frees_its_lane_within_five_seconds(clock: Clock) -> None:
    lane = lane_of(clock)
    first, second = lane.enter(), lane.enter()
    lane.turn(first)
    pass_by(clock, lane, 3.5, second)
    assert lane.turn(second) == 1
    pass_by(clock, lane, 1.0, second)
    assert lane.turn(second) == 0
    assert first.gone
    assert not second.gone


def test_a_page_that_nobody_sees_may_be_silent_for_longer(clock: Clock) -> None:
    """A browser lets it speak once a minute."""
    lane = lane_of(clock)
    hidden, seen = lane.enter(), lane.enter()
    lane.hear(hidden.key, hidden=True)
    pass_by(clock, lane, 60.0)
    assert (seen.gone, seen.lost) == (True, True)
    assert not hidden.gone
    pass_by(clock, lane, 60.0)
    assert hidden.lost
    left = lane.enter()
    lane.leave(left)
    assert (left.gone, left.lost) == (True, False)


def test_a_page_has_one_training_however_often_it_is_asked_for(clock: Clock) -> None:
    """A double click: the second one comes before the first is known to have begun."""
    lane = lane_of(clock)
    first, other = lane.enter("a page"), lane.enter("another page")
    second = lane.enter("a page")
    assert (first.gone, first.lost) == (True, False)
    assert not lane.enter().gone
    assert [one.gone for one in (second, other)] == [False, False]


def test_a_page_that_is_heard_of_keeps_its_lane(clock: Clock) -> None:
    lane = lane_of(clock)
    ticket = lane.enter()
    pass_by(clock, lane, 20.0, ticket)
    assert lane.turn(ticket) == 0
    assert not ticket.gone


def test_a_hidden_page_pauses_and_gives_its_place_to_the_next(clock: Clock) -> None:
    lane = lane_of(clock)
    first, second = lane.enter(), lane.enter()
    lane.turn(first)
    clock.now += 0.1
    assert lane.turn(second) == 1
    lane.hear(first.key, hidden=True)
    assert not first.wants
    assert lane.turn(second) == 0
    lane.hear(first.key, hidden=False)
    clock.now += 0.1
    assert lane.turn(first) == 1


def test_after_its_seconds_a_training_is_done_but_can_still_be_asked(clock: Clock) -> None:
    lane = lane_of(clock)
    ticket, other = lane.enter(), lane.enter()
    lane.turn(ticket)
    lane.spend(ticket, 60.5)
    assert ticket.done
    assert not ticket.wants
    assert lane.find(ticket.key) is ticket
    assert lane.turn(other) == 0


def test_one_step_wants_a_place_once(clock: Clock) -> None:
    lane = lane_of(clock)
    ticket = lane.enter()
    ticket.playing, ticket.single = False, True
    assert ticket.wants
    ticket.single = False
    assert not ticket.wants
    assert len(lane) == 0


def test_too_many_are_told_in_a_sentence(clock: Clock) -> None:
    lane = lane_of(clock)
    for _ in range(5):
        lane.enter()
    with pytest.raises(ValueError, match="please watch the film"):
        lane.enter()
    pass_by(clock, lane, 5.0)
    lane.enter()


def test_what_the_server_slept_through_ends_nobodys_training(clock: Clock) -> None:
    lane = lane_of(clock)
    ticket = lane.enter()
    clock.now += 30
    assert lane.turn(ticket) == 0
    assert not ticket.gone


def test_a_page_has_more_time_until_its_first_word(clock: Clock) -> None:
    lane = Lane(patience=4.0, grace=10.0, clock=clock)
    ticket = lane.enter()
    pass_by(clock, lane, 13.0)
    assert not ticket.gone
    pass_by(clock, lane, 2.0)
    assert ticket.gone


def test_watchers_see_what_was_published_last(clock: Clock) -> None:
    lane = lane_of(clock)
    ticket = lane.enter()
    lane.publish(ticket, "one")
    lane.publish(ticket, "two")
    found = lane.find(ticket.key)
    assert found is not None
    assert found.published == (2, "two")
    assert lane.find("nobody") is None


def test_who_begins_to_train_no_longer_watches_and_watchers_have_an_end(clock: Clock) -> None:
    lane = lane_of(clock)
    with lane.look("page") as looks:
        assert looks()
        lane.enter("page")
        assert not looks()
    with ExitStack() as stack:
        for number in range(MOST_LOOKS):
            stack.enter_context(lane.look(str(number)))
        with pytest.raises(ValueError, match="Too many people watch"), lane.look("more"):
            pass
    with lane.look("more") as looks:
        assert looks()


def test_the_queue_has_room_for_all_who_train_and_watch() -> None:
    assert frame.JOBS >= MOST + MOST_LOOKS + 100


def test_a_page_that_looks_at_a_run_is_known_to() -> None:
    lane = Lane()
    assert not lane.looking("page")
    with lane.look("page"):
        assert lane.looking("page")
        assert not lane.looking("another")
    assert not lane.looking("page")
