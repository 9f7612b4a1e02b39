"""Live trainings have a lane of their own: a few at once, the others wait their turn.

A ticket is one page's training. It wants a place while its person lets it run and looks at the
page; it loses it when it pauses, has used its seconds, or is not heard of for some seconds.
"""

import heapq
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

PLACES = 2  # trainings at once
SECONDS = 180.0  # that one may train
PATIENCE = 4.0  # seconds without a word from a page until it counts as gone
HIDDEN = 90.0  # seconds more where nobody sees it: browsers let such a page speak once a minute
GRACE = 16.0  # seconds more until its first word: it is still being told that it has begun
LATE = 1.0  # seconds between two looks at the lane, from which on the server itself was late
MOST_LOOKS = 240  # pages that watch
MOST = 60  # tickets; a finished one stays while its page is open, so that it can be asked


@dataclass(eq=False)
class Ticket:
    """What is known of one page's training."""

    key: str  # its name for those who watch
    heard: float  # the clock, when its page was last heard of
    page: str = ""  # its page's name; "" if nobody knows
    asked: dict[str, Any] = field(default_factory=dict)  # what its page wants to see
    playing: bool = True
    hidden: bool = False
    single: bool = False  # it plays for one step only
    done: bool = False
    gone: bool = False
    lost: bool = False  # gone because its page was not heard of
    since: float | None = None  # the clock, when it began to want a place
    used: float = 0.0  # seconds of training
    published: tuple[int, Any] = (0, None)  # a number, and what its watchers see

    @property
    def wants(self) -> bool:
        """Whether it would train now."""
        on = self.playing or self.single
        return on and not (self.hidden or self.done or self.gone)


class Lane:
    """Who trains now, and who is next."""

    def __init__(
        self,
        places: int = PLACES,
        seconds: float = SECONDS,
        patience: float = PATIENCE,
        grace: float = GRACE,
        most: int = MOST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.places, self.seconds, self.patience = places, seconds, patience
        self.grace, self.most, self.clock = grace, most, clock
        self._swept = clock()
        self._tickets: dict[str, Ticket] = {}
        self._looks: dict[str, object] = {}  # a page's name -> its latest look at a run
        self._lock = threading.Lock()

    def enter(self, page: str = "") -> Ticket:
        """A new ticket, in the place of the one that this page has.

        Raises ValueError, in a sentence, where there are too many.
        """
        with self._lock:
            self._sweep()
            self._looks.pop(page, None)
            for one in [one for one in self._tickets.values() if page and one.page == page]:
                self._remove(one)
            if len(self._tickets) >= self.most:
                raise ValueError(
                    "Too many trainings are open just now; please watch the film, or try again "
                    "later."
                )
            ticket = Ticket(secrets.token_hex(4), self.clock() + self.grace, page)
            self._tickets[ticket.key] = ticket
            return ticket

    def leave(self, ticket: Ticket) -> None:
        """Its page is gone, or begins anew."""
        with self._lock:
            self._remove(ticket)

    def find(self, key: str) -> Ticket | None:
        """A ticket by its key."""
        with self._lock:
            self._sweep()
            return self._tickets.get(key)

    def hear(self, key: str, hidden: bool = False) -> None:
        """A page says that it is there, and whether anybody sees it."""
        ticket = self.find(key)
        if ticket is not None:
            ticket.heard, ticket.hidden = self.clock(), hidden

    def turn(self, ticket: Ticket) -> int:
        """Its place in the queue: 0 where it may train now, or wants nothing."""
        with self._lock:
            self._sweep()
            for one in self._tickets.values():
                one.since = (one.since or self.clock()) if one.wants else None
            wanting = self._wanting()
            place = wanting.index(ticket) if ticket in wanting else 0
            return max(0, place + 1 - self.places)

    def wait(self, ticket: Ticket) -> float:
        """The longest that it may have to wait for its turn, in seconds."""
        ahead = self.turn(ticket)
        with self._lock:
            left = [self.seconds - one.used for one in self._wanting()]
        before = left[self.places : self.places + ahead - 1]
        return free_after(left[: self.places], before) if ahead else 0.0

    def spend(self, ticket: Ticket, seconds: float) -> None:
        """It has trained for some seconds; after all of its own it is done."""
        ticket.used += seconds
        ticket.done = ticket.done or ticket.used >= self.seconds

    def publish(self, ticket: Ticket, value: Any) -> None:
        """Show this to whoever watches."""
        ticket.published = (ticket.published[0] + 1, value)

    @contextmanager
    def look(self, page: str) -> Iterator[Callable[[], bool]]:
        """A page looks at a run: whether it still does, and at no other since.

        Raises ValueError, in a sentence, where there are too many.
        """
        if len(self._looks) >= MOST_LOOKS:
            raise ValueError("Too many people watch just now; please try again in a minute.")
        mine = object()
        self._looks[page] = mine
        try:
            yield lambda: self._looks.get(page) is mine
        finally:
            if self._looks.get(page) is mine:
                del self._looks[page]

    def looking(self, page: str) -> bool:
        """Whether a page looks at a run that it watches."""
        return page in self._looks

    def __len__(self) -> int:
        """How many trainings want or have a place."""
        with self._lock:
            self._sweep()
            return sum(ticket.wants for ticket in self._tickets.values())

    def _wanting(self) -> list[Ticket]:
        """Who wants a place, whoever has wanted it longest first."""
        wanting = [one for one in self._tickets.values() if one.wants]
        return sorted(wanting, key=lambda one: one.since or 0.0)

    def _sweep(self) -> None:
        """Forget the pages that are gone; what the server slept through counts for nobody."""
        now, late = self.clock(), self.clock() - self._swept - LATE
        self._swept = now
        for ticket in self._tickets.values():
            ticket.heard += max(0.0, late)
        for ticket in list(self._tickets.values()):
            if ticket.heard < now - self.patience - HIDDEN * ticket.hidden:
                ticket.lost = True
                self._remove(ticket)

    def _remove(self, ticket: Ticket) -> None:
        ticket.gone = True
        self._tickets.pop(ticket.key, None)


def free_after(places: list[float], ahead: list[float]) -> float:
    """Seconds until a place is free for whoever comes after those ahead.

    places: until each of them is free now. ahead: what each will take, in its turn.
    """
    soonest = list(places)
    heapq.heapify(soonest)
    for seconds in ahead:
        heapq.heapreplace(soonest, soonest[0] + seconds)
    return soonest[0]


LANE = Lane()
"""The one of this server."""
