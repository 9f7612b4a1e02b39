"""The server does not grow with the number of requests, nor of people who came and left."""

import asyncio
import json
import random
import urllib.request
from pathlib import Path

import pytest

from benchmarks.page import Served, resident
from benchmarks.visitor import Visitor, client, opened

WORDS = (
    "the",
    "cat",
    "sat",
    "on",
    "a",
    "mat",
    "and",
    "then",
    "she",
    "went",
    "home",
    "with",
    "friends",
)
REQUESTS = 220  # more than the sessions that are remembered
LONGEST = 100  # words; most texts are short
CAME, LEFT = 220, 300  # people: more than the sessions that are remembered, and those who follow
AT_ONCE = 10

pytestmark = pytest.mark.processes


def ask(address: str, number: int) -> None:
    """One request of a person whom the server does not know, of a length that the number draws."""
    drawn = random.Random(number)
    text = " ".join(drawn.choices(WORDS, k=1 + int(LONGEST * drawn.random() ** 4)))
    there = f"{address}/gradio_api/call/surgery"
    body = json.dumps({"data": [text, drawn.choice(["gru", "transformer"]), "reset", 1, 0]})
    request = urllib.request.Request(
        there, body.encode("utf-8"), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        event = json.load(answer)["event_id"]
    with urllib.request.urlopen(f"{there}/{event}") as answer:
        assert b"event: complete" in answer.read()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_what_requests_took_comes_back(own: Served) -> None:
    """Fails where Gradio remembers its usual 10,000 sessions: each keeps the page's components."""
    held = []
    for _ in range(2):
        for number in range(REQUESTS):
            ask(own.address, number)
        held.append(resident(own.process.pid))
    assert held[1] < 1.05 * held[0]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_what_people_took_who_opened_the_page_and_left_comes_back(own: Served) -> None:
    """Each opens the page, asks once as a browser does, and is never seen again."""

    async def come(people: int) -> None:
        async with client(own.address) as speaking:
            _, config = await opened(speaking)

            async def one() -> None:
                await Visitor(speaking, config).ask("answer_next_word")

            for _ in range(people // AT_ONCE):
                await asyncio.gather(*(one() for _ in range(AT_ONCE)))

    asyncio.run(come(CAME))
    before = resident(own.process.pid)
    asyncio.run(come(LEFT))
    assert resident(own.process.pid) < 1.05 * before
