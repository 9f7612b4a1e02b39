"""The server does not grow with the number of requests, nor of people who came and left."""

import json
import random
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.page import served

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
WARM, MORE = 300, 100  # requests: more than the sessions that are remembered, and some more
LONGEST = 100  # words; most texts are short
ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}  # else what is resident depends on which threads answered

pytestmark = pytest.mark.processes


def resident(process: int) -> int:
    """The bytes that a process holds in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * 4_096


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
def test_what_requests_took_comes_back() -> None:
    """Fails where Gradio remembers its usual 10,000 sessions: each keeps the page's components."""
    with served(**ONE_ARENA) as there, ThreadPoolExecutor(4) as people:
        list(people.map(lambda number: ask(there.address, number), range(WARM)))
        before = resident(there.process.pid)
        list(people.map(lambda number: ask(there.address, number), range(WARM, WARM + MORE)))
        after = resident(there.process.pid)
    assert after < 1.05 * before
