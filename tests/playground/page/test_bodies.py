"""What is sent is read up to a limit, and handed on only where the server can take it."""

import asyncio
import json
from collections.abc import MutableMapping
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from playground.page.bodies import LARGEST, Bodies

FUNCTIONS = {
    0: SimpleNamespace(inputs=[SimpleNamespace()]),
    1: SimpleNamespace(inputs=[gr.Dataset(components=[gr.Textbox()], samples=[["a"], ["b"]])]),
}
APP = SimpleNamespace(get_blocks=lambda: SimpleNamespace(fns=FUNCTIONS))
TOOLS = "/gradio_api/mcp/"
FILES = "/gradio_api/upload"
JOIN = "/gradio_api/queue/join"


def sent(path: str, *parts: bytes) -> tuple[int, Any, int]:
    """The status and the answer to what is sent in parts, and how many of these were read."""
    waiting = list(parts)

    async def page(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        body = (await receive())["body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(len(body)).encode()})

    async def receive() -> Any:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    answer: list[Any] = []

    async def send(message: Any) -> None:
        answer.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "app": APP, "headers": []}
    asyncio.run(Bodies(page)(scope, receive, send))
    return answer[0]["status"], json.loads(answer[1]["body"]), len(parts) - len(waiting)


def test_what_is_too_large_is_refused_before_it_is_read_to_its_end() -> None:
    half = b"x" * (LARGEST // 2 + 1)
    for path in (FILES, JOIN, TOOLS):
        status, answer, read = sent(path, *[half] * 50)
        assert (status, answer, read) == (413, {"detail": "This is more than 2 MB."}, 2)


def test_what_can_be_taken_is_handed_on_whole() -> None:
    content = b'{"data": [["a"]], "fn_index": 0}'
    assert sent(JOIN, content[:9], content[9:])[:2] == (200, len(content))
    assert sent(JOIN, b'{"data": [1], "fn_index": 1}')[0] == 200
    assert sent(FILES, b"\xff any")[:2] == (200, 5)
    assert sent(TOOLS, b'[{"jsonrpc": "2.0"}]')[0] == 200


@pytest.mark.parametrize(
    ("path", "content", "wanted"),
    [
        (JOIN, b'{"data": [NaN], "fn_index": 0}', "no JSON"),
        (JOIN, b"\xff\xfe", "no JSON"),
        (JOIN, b"[" * 100_000, "no JSON"),
        (JOIN, b"[]", "no object"),
        (JOIN, b"", "no function of this number"),
        (JOIN, b'{"data": [1], "fn_index": 99}', "no function of this number"),
        (JOIN, b'{"data": [1], "fn_index": true}', "no function of this number"),
        (JOIN, b'{"data": [1], "fn_index": [0]}', "no function of this number"),
        (JOIN, b'{"data": [], "fn_index": 0}', "takes 1 arguments"),
        (JOIN, b'{"fn_index": 0}', "takes 1 arguments"),
        ("/gradio_api/run/predict", b'{"data": [2], "fn_index": 1}', "There are 2 examples"),
        ("/gradio_api/run/predict", b'{"data": [null], "fn_index": 1}', "There are 2 examples"),
        ("/gradio_api/cancel", b'{"event_id": Infinity}', "no JSON"),
        (TOOLS, b"\xff", "no JSON"),
        (TOOLS, b'{"id": "\\ud800"}', "stands for no letter"),
    ],
)
def test_what_it_could_not_take_is_refused_in_a_sentence(
    path: str, content: bytes, wanted: str
) -> None:
    status, answer, _ = sent(path, content)
    assert status == 422
    assert wanted in answer["detail"]
    assert answer["detail"].endswith(".")
