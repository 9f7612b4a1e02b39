"""A call of an endpoint: what it leaves away takes its default, what it lacks is named."""

import asyncio
import json
from collections.abc import MutableMapping
from types import SimpleNamespace
from typing import Any

import pytest

from playground.page.calls import CompletedCalls, completed
from tests.playground.toy import explain

PAGE = SimpleNamespace(
    get_blocks=lambda: SimpleNamespace(
        fns={
            0: SimpleNamespace(fn=explain, api_name="toy", api_visibility="public"),
            1: SimpleNamespace(fn=explain, api_name="own", api_visibility="private"),
        }
    )
)


def called(path: str, content: bytes, method: str = "POST") -> tuple[int, Any]:
    """Status and answer of a call; the page behind the layer answers what reached it."""

    async def page(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        body = (await receive())["body"]
        assert (await receive())["type"] == "http.disconnect"
        lengths = [value for name, value in scope["headers"] if name == b"content-length"]
        assert lengths == [str(len(body)).encode()]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    half = len(content) // 2
    waiting: list[dict[str, Any]] = [
        {"type": "http.request", "body": content[:half], "more_body": True},
        {"type": "http.request", "body": content[half:], "more_body": False},
        {"type": "http.disconnect"},
    ]
    if not path.endswith("/toy"):
        waiting = [{"type": "http.request", "body": content}, {"type": "http.disconnect"}]
    answer: list[dict[str, Any]] = []

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        answer.append(message)

    headers = [(b"content-length", str(len(content)).encode())]
    scope = {"type": "http", "method": method, "path": path, "headers": headers, "app": PAGE}
    asyncio.run(CompletedCalls(page)(scope, receive, send))
    return answer[0]["status"], json.loads(answer[1]["body"])


def test_what_is_left_away_takes_its_default() -> None:
    status, reached = called("/gradio_api/call/toy", b'{"data": ["a b", 2], "x": 1}')
    assert (status, reached) == (200, {"data": ["a b", 2, "a", False], "x": 1})


def test_by_name_too() -> None:
    status, reached = called("/gradio_api/call/v2/toy", b'{"kind": "b", "text": "a"}')
    assert (status, reached) == (200, {"text": "a", "size": 1, "kind": "b", "whole": False})


@pytest.mark.parametrize(
    ("path", "content", "wanted"),
    [
        ("call/toy", b"", "The argument text is missing"),
        ("call/toy", b'{"data": []}', "please give text, and if you like size, kind, whole."),
        ("call/v2/toy", b'{"size": 1}', "The argument text is missing"),
        ("call/v2/toy", b'{"text": "a", "seize": 1}', "There is no argument 'seize'"),
        ("call/toy", b'{"data": ["a", 1, "a", true, 5]}', "There are 5 arguments"),
        ("call/toy", b'{"data": {"text": "a"}}', "the arguments in their order"),
        ("call/toy", b"[1]", "the arguments in their order"),
        ("call/toy", b"{", "no JSON"),
        ("call/toy", b"[" * 100_000, "no JSON"),
        ("call/toy", b"\xff\xfe", "no JSON"),
    ],
)
def test_what_cannot_be_called_is_one_sentence(path: str, content: bytes, wanted: str) -> None:
    status, answer = called(f"/gradio_api/{path}", content)
    assert status == 422
    assert wanted in answer["detail"]
    assert answer["detail"].endswith(".")
    assert "\n" not in answer["detail"]


def test_an_endpoint_that_there_is_not_is_told_with_those_there_are() -> None:
    status, answer = called("/gradio_api/call/toyz", b'{"data": ["a"]}')
    assert (status, answer["detail"]) == (404, "There is no endpoint 'toyz'; there are toy.")
    assert called("/gradio_api/call/own", b'{"data": []}')[0] == 404


def test_a_call_with_all_arguments_is_passed_on_as_it_is_and_so_is_all_else() -> None:
    every = {"data": ["a", 1, "a", True]}
    assert called("/gradio_api/call/toy", json.dumps(every).encode()) == (200, every)
    assert called("/other", b"{}") == (200, {})


def test_a_surrogate_passes_as_json_writes_it() -> None:
    assert json.loads(completed(explain, b'{"data": ["\\ud800"]}', False))["data"][0] == "\ud800"
