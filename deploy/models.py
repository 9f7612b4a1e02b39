"""The models as a deployment: a replica opens each once, and answers what pages ask, in batches.

A batch is what came in while the last one was computed. Each question that several people ask in it
is computed once, and each answer leaves as soon as it is there: nobody waits for the whole batch.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

from ray import serve

from app import TABS
from playground import memory
from playground.page.questions import Question, Said
from playground.reading import opening

BATCH = (
    16  # questions; a replica is given no more at once, and the others wait for the next free one
)
STUCK = 60.0  # seconds that one answer may take until its replica counts as ill and is replaced
SCALE = {
    "min_replicas": 1,
    "max_replicas": 4,
    "target_ongoing_requests": 2,  # one is computed, one waits
    "upscale_delay_s": 5.0,
    "downscale_delay_s": 120.0,
}


class Models:
    """A replica."""

    def __init__(self) -> None:
        """Open every model. Raises ValueError, in a sentence, if the files of one are damaged."""
        memory.give_back()
        opening.start()
        opening.open_all()
        self._since = 0.0  # the clock, when what is computed now was begun; 0: nothing is
        self._timed = {one.room for tab in TABS for one in tab.instruments if one.timed}

    async def ask(self, question: Question) -> Said:
        """The answer to a question and "", or None and the sentence that refuses it."""
        found: Said = None, ""
        async for said in self._batch(question):
            found = said or found
        return found

    def check_health(self) -> None:
        """Raises RuntimeError if an answer takes so long that none will come."""
        if self._since and time.monotonic() - self._since > STUCK:
            raise RuntimeError(f"an answer has taken more than {STUCK:.0f} seconds")

    @serve.batch(max_batch_size=BATCH, batch_wait_timeout_s=0.0)  # type: ignore[untyped-decorator]
    async def _batch(self, questions: list[Question]) -> AsyncIterator[list[Any]]:
        """For each question None until it is its turn, then its answer, and at once its end."""
        for places in alike(questions, self._timed):
            said = await asyncio.to_thread(self._said, questions[places[0]])
            for each in (said, StopIteration):
                yield [each if place in places else None for place in range(len(questions))]

    def _said(self, question: Question) -> Said:
        """The answer to a question, while a clock runs."""
        self._since = time.monotonic()
        try:
            return question.answer()
        finally:
            self._since = 0.0


def alike(questions: Sequence[Question], timed: Collection[str]) -> list[list[int]]:
    """The places of the questions, those together that share an answer, in order.

    timed: the rooms of instruments that tell a time measured now, so nobody gets another's answer.
    """
    found: dict[tuple[str, int], list[int]] = {}
    for place, question in enumerate(questions):
        room = question.name.rpartition(".explain.")[0] or question.name
        found.setdefault((question.key, place if room in timed else -1), []).append(place)
    return list(found.values())


MODELS = serve.deployment(
    name="Models",
    ray_actor_options={"num_cpus": 1},  # for one sentence a second thread gains nothing
    max_ongoing_requests=BATCH,
    autoscaling_config=SCALE,
    health_check_period_s=5.0,
    health_check_timeout_s=20.0,
    graceful_shutdown_timeout_s=30.0,
)(Models)
