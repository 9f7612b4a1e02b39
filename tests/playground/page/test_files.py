"""Hashed files are compressed once, told to be kept, and come out as they were."""

import asyncio
import gzip
from typing import Any

import brotli
import pytest

from playground.page.files import CompressedFiles

CONTENT = b"export const one = 1;\n" * 400
PATH = "/assets/index-Bu-jdMIA.js"


class Page:
    """An ASGI application that counts its requests."""

    def __init__(self, status: int = 200) -> None:
        self.status, self.asked = status, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        headers = [(b"content-type", b"text/javascript"), (b"content-length", b"8800")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": CONTENT[:100], "more_body": True})
        await send({"type": "http.response.body", "body": CONTENT[100:]})


def get(layer: CompressedFiles, path: str, accepted: str = "") -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body of an answer."""
    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {"type": "http", "method": "GET", "path": path,
             "headers": [(b"accept-encoding", accepted.encode())]}  # fmt: skip
    asyncio.run(layer(scope, None, send))  # type: ignore[arg-type]
    return dict(answers[0]["headers"]), b"".join(one.get("body", b"") for one in answers[1:])


@pytest.mark.parametrize(
    ("accepted", "name", "read"),
    [("gzip, br", b"br", brotli.decompress), ("gzip", b"gzip", gzip.decompress), ("", None, bytes)],
)
def test_a_hashed_file_is_asked_for_once_and_comes_out_as_it_was(
    accepted: str, name: bytes | None, read: Any
) -> None:
    page = Page()
    layer = CompressedFiles(page)
    for _ in range(3):
        headers, body = get(layer, PATH, accepted)
        assert read(body) == CONTENT
        assert int(headers[b"content-length"]) == len(body)
        assert headers.get(b"content-encoding") == name
        assert b"immutable" in headers[b"cache-control"]
    assert page.asked == 1


@pytest.mark.parametrize("path", ["/", "/config", "/assets/index.js", "/gradio_api/file=/x.js"])
def test_everything_else_is_the_pages(path: str) -> None:
    page = Page()
    layer = CompressedFiles(page)
    for _ in range(2):
        assert get(layer, path, "br")[1] == CONTENT
    assert page.asked == 2


def test_a_file_that_is_not_there_is_not_kept() -> None:
    page = Page(404)
    layer = CompressedFiles(page)
    for _ in range(2):
        get(layer, PATH, "br")
    assert page.asked == 2
