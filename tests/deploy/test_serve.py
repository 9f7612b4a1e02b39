"""The page on Ray Serve, on this machine: a replica is killed, and nothing is lost."""

import asyncio
import json
import os
import random
import secrets
import signal
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("ray", reason="needs ray[serve]: pip install -r deploy/requirements.txt")

from gradio_client import Client
from gradio_client.exceptions import AppError

from benchmarks.deploy import TITLES, cluster, deployed, processes
from benchmarks.page import PATIENCE
from benchmarks.visitor import client, opened
from deploy.sticky import COOKIE

pytestmark = pytest.mark.processes

AT_ONCE = 8  # people who ask
QUESTIONS = 100
WORDS = ("the", "cat", "sat", "on", "a", "mat", "and", "then", "she", "went", "home", "with")
DRAWS = 64  # cookies; that all of them lead to one of two replicas is as good as impossible


def test_two_replicas_of_the_page_and_two_of_the_models_lose_nothing() -> None:
    """One test: a cluster takes half a minute to come and go, and one is enough."""
    with cluster() as address:
        deployed(pages=2, models=2)
        a_session_works_whatever_replica_it_lands_on(address)
        a_program_without_a_cookie_is_answered_and_refused_in_sentences(address)
        a_killed_replica_of_the_models_loses_no_request(address)


def reading(address: str, text: str) -> str:
    """What the model read, as the endpoint says; raises if there is no answer."""
    endpoint = f"{address}/gradio_api/call/next_word"
    asked = urllib.request.Request(
        endpoint, json.dumps({"data": [text]}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=PATIENCE) as accepted:
        event = json.load(accepted)["event_id"]
    with urllib.request.urlopen(f"{endpoint}/{event}", timeout=PATIENCE) as answer:
        said = answer.read().decode()
    assert said.startswith("event: complete"), said
    return "".join(json.loads(said.partition("data: ")[2])[0]["tokens"])


def replica(address: str, name: str) -> str:
    """Which replica answers a browser with this cookie: Gradio draws a number for each page."""
    asked = urllib.request.Request(f"{address}/config", headers={"Cookie": f"{COOKIE}={name}"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        return str(json.load(answer)["app_id"])


def a_session_works_whatever_replica_it_lands_on(there: str) -> None:
    """Join and stream go to the same one, by the cookie."""
    found: dict[str, str] = {}
    for _ in range(DRAWS):
        name = secrets.token_hex(8)
        found.setdefault(replica(there, name), name)
        if len(found) == 2:
            break
    assert len(found) == 2
    for number, name in found.items():
        assert {replica(there, name) for _ in range(6)} == {number}

    async def visit(name: str) -> None:
        async with client(there, {"Cookie": f"{COOKIE}={name}"}) as speaking:
            visitor, _ = await opened(speaking)
            for text in ("A cat", "A cat sat on"):
                visitor.type("next_word", f"{text} {name}")
                await visitor.ask("answer_next_word")

    async def everybody() -> None:
        await asyncio.gather(*map(visit, found.values()))

    asyncio.run(everybody())


def a_program_without_a_cookie_is_answered_and_refused_in_sentences(there: str) -> None:
    program = Client(there, verbose=False)
    for text in ("Once upon a time", "A cat"):
        assert "".join(program.predict(text, api_name="/next_word")["tokens"]) == text
    with pytest.raises(AppError, match="please type"):
        program.predict(" ", api_name="/next_word")


def a_killed_replica_of_the_models_loses_no_request(there: str) -> None:
    """Every question gets the answer to itself, those under way at the kill included."""
    texts = [" ".join(random.Random(number).choices(WORDS, k=8)) for number in range(QUESTIONS)]
    (one, _), begun = processes(TITLES["models"]), threading.Semaphore(0)

    def ask(text: str) -> str:
        begun.release()
        return reading(there, text)

    with ThreadPoolExecutor(AT_ONCE) as people:
        answers = [people.submit(ask, text) for text in texts]
        for _ in range(3 * AT_ONCE):
            begun.acquire()
        os.kill(one, signal.SIGKILL)
        read = [answer.result(PATIENCE) for answer in answers]
    assert one not in processes(TITLES["models"])
    assert read == texts
