"""The queue cannot be filled by one person, and says when there will be room."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import gradio as gr
import httpx2 as httpx
import pytest
from starlette.middleware import Middleware

from playground.page.calls import CompletedCalls
from playground.page.turns import Turns, crowded, lanes

ROOM = 8  # questions that may wait


@dataclass(frozen=True)
class Slow:
    """A page whose one function waits until it may answer."""

    address: str
    free: threading.Event

    def asks(self, session: str) -> httpx.Response:
        """Ask a question of a session."""
        body = {"data": [], "fn_index": 0, "session_hash": session}
        return httpx.post(f"{self.address}/gradio_api/queue/join", json=body)

    def calls(self) -> httpx.Response:
        """Ask a question without a session."""
        return httpx.post(f"{self.address}/gradio_api/call/wait", json={"data": []})


@pytest.fixture
def slow() -> Iterator[Slow]:
    free = threading.Event()

    def wait() -> str:
        """Wait."""
        free.wait(20)
        return "there"

    with gr.Blocks() as page:
        gr.api(wait, api_name="wait")
    page.queue(max_size=ROOM, default_concurrency_limit=1, api_open=False)
    layers = {"middleware": [Middleware(layer) for layer in (CompletedCalls, Turns)]}
    _, address, _ = page.launch(
        prevent_thread_lock=True, quiet=True, server_name="127.0.0.1", app_kwargs=layers
    )
    found = Slow(address.rstrip("/"), free)
    running(page, found)
    try:
        yield found
    finally:
        free.set()
        page.close()


def running(page: gr.Blocks, slow: Slow) -> None:
    """Ask a first question, and wait until it is being answered: it waits no more."""
    assert slow.asks("first").is_success
    while not any(lane.current_concurrency for lane in lanes_of(page)):
        threading.Event().wait(0.01)


def lanes_of(page: gr.Blocks) -> list[Any]:
    return lanes(page._queue)  # noqa: SLF001


def test_a_session_gets_a_quarter_of_the_queue_and_the_next_person_is_let_in(slow: Slow) -> None:
    assert all(slow.asks("greedy").is_success for _ in range(ROOM // 4))
    refused = slow.asks("greedy")
    assert refused.status_code == 429
    assert refused.json()["detail"] == (
        "2 of your questions wait for an answer: please try again in about 2 s."
    )
    assert slow.asks("modest").is_success


def test_an_address_gets_three_quarters_of_it_whatever_sessions_it_names(slow: Slow) -> None:
    assert all(slow.asks(f"s{number}").is_success for number in range(ROOM * 3 // 4))
    refused = slow.asks("another")
    assert refused.status_code == 429
    assert refused.json()["detail"] == (
        "6 questions from your network wait for an answer: please try again in about 6 s."
    )
    assert slow.calls().status_code == 429


def test_nobody_passes_the_queue(slow: Slow) -> None:
    answer = httpx.post(f"{slow.address}/gradio_api/run/wait", json={"data": []})
    assert answer.status_code == 404


def test_nobody_finds_room_where_there_is_none_and_hears_when_there_will_be() -> None:
    asked = [
        SimpleNamespace(
            session_hash=f"s{number}",
            request=SimpleNamespace(client=SimpleNamespace(host=f"10.0.0.{number}")),
            fn="quick" if number % 2 else "slow",
        )
        for number in range(ROOM)
    ]
    lane = SimpleNamespace(queue=asked, concurrency_limit=2)
    times = {"quick": SimpleNamespace(avg_time=0.5), "slow": SimpleNamespace(avg_time=3.0)}
    queue = SimpleNamespace(
        event_queue_per_concurrency_id={"": lane}, process_time_per_fn=times, max_size=ROOM
    )
    assert crowded(queue, asked, "10.0.0.99", "s99") == (
        "So many ask at this moment that 8 questions wait: please try again in about 7 s."
    )
    assert crowded(queue, asked[1:], "10.0.0.99", "s99") == ""
