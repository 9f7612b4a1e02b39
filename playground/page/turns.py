"""The queue has room for everybody: who asks more than a fair share of it waits outside.

Gradio's queue has one limit for all together, so one program in a loop could fill it, and it says
"Queue is full" without a word on how long that will last. Here a session may have a quarter of the
queue waiting, and an address (a class may share one) three quarters; beyond that, and where nobody
finds room any more, a sentence says when there will be some.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, MutableMapping
from typing import Any

from playground.page.bodies import again, whole
from playground.page.files import App, Receive, Send, sent
from playground.page.refusals import refusal

JOINING = re.compile(r"/gradio_api/(?:queue/join|call/(?:v2/)?\w+)/?$")
SESSION = re.compile(rb'"session_hash"\s*:\s*"(\w+)"')
OF_A_SESSION = 1 / 4  # of the queue
OF_AN_ADDRESS = 3 / 4
TOO_MANY = 429  # https://www.rfc-editor.org/rfc/rfc6585#section-4


class Turns:
    """An ASGI layer that lets a question into the queue, or says when to ask it again."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request; all but those that ask something are the page's."""
        if scope["type"] == "http" and JOINING.search(scope.get("path", "")):
            queue = scope["app"].get_blocks()._queue  # noqa: SLF001  (Gradio tells nobody its length)
            waiting = [event for each in lanes(queue) for event in each.queue]
            if len(waiting) >= queue.max_size * OF_A_SESSION:
                content = await whole(receive)
                receive = again(content, receive)
                if sentence := crowded(queue, waiting, address(scope), session(content)):
                    await sent(refusal(sentence, TOO_MANY), send)
                    return
        await self._app(scope, receive, send)


def lanes(queue: Any) -> list[Any]:
    """The lanes of Gradio's queue: each has events that wait, and a number that run at once."""
    return list(queue.event_queue_per_concurrency_id.values())


def crowded(queue: Any, waiting: Iterable[Any], host: str, session: str) -> str:
    """Why one more question finds no room, as a sentence; "" if it does."""
    of_sessions = Counter(event.session_hash for event in waiting)
    of_addresses = Counter(event.request.client.host for event in waiting)
    count = of_sessions.total()
    soon = f"please try again in about {seconds(queue)} s."
    if count >= queue.max_size:
        return f"So many ask at this moment that {count} questions wait: {soon}"
    if of_addresses[host] >= queue.max_size * OF_AN_ADDRESS:
        return f"{of_addresses[host]} questions from your network wait for an answer: {soon}"
    if of_sessions[session] >= queue.max_size * OF_A_SESSION:
        return f"{of_sessions[session]} of your questions wait for an answer: {soon}"
    return ""


def seconds(queue: Any) -> int:
    """How long it takes until all that wait now have been answered, as fast as others were."""
    times = {function: time.avg_time for function, time in queue.process_time_per_fn.items()}
    waits = [
        sum(times.get(event.fn, 1.0) for event in lane.queue) / (lane.concurrency_limit or 1)
        for lane in lanes(queue)
    ]
    return max(1, math.ceil(max(waits, default=0)))


def address(scope: MutableMapping[str, Any]) -> str:
    """Where a request comes from."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def session(content: bytes) -> str:
    """The session that a question is of; "" for one of its own."""
    found = SESSION.search(content)
    return found[1].decode() if found else ""
