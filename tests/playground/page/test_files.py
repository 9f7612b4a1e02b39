"""Hashed files are compressed once, told to be kept, and come out as they were."""

import asyncio
import gzip
from typing import Any

import brotli
import pytest

from playground.page.files import ADDRESSES, CompressedFiles, key_of

CONTENT = b"export const one = 1;\n" * 400
PATH = "/assets/index-Bu-jdMIA.js"


class Page:
    """An ASGI application that counts its requests."""

    def __init__(self, status: int = 200) -> None:
        self.status, self.asked = status, 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await asyncio.sleep(0.01)
        headers = [(b"content-type", b"text/javascript"), (b"content-length", b"8800")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": CONTENT[:100], "more_body": True})
        await send({"type": "http.response.body", "body": CONTENT[100:]})


def get(
    layer: CompressedFiles, path: str, accepted: str = "", query: str = "", host: str = "here"
) -> tuple[dict[bytes, bytes], bytes]:
    """The headers and the body of an answer."""
    return asyncio.run(got(layer, path, accepted, query, host))


async def got(
    layer: CompressedFiles, path: str, accepted: str = "", query: str = "", host: str = "here"
) -> tuple[dict[bytes, bytes], bytes]:
    """The same, inside a loop."""
    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    headers = [(b"accept-encoding", accepted.encode()), (b"host", host.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(),
             "headers": headers}  # fmt: skip
    await layer(scope, None, send)  # type: ignore[arg-type]
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


@pytest.mark.parametrize(
    "path", ["/other", "/config", "/assets/index.js", "/gradio_api/file=/x.js"]
)
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


def test_the_page_is_made_once_for_each_address_and_never_kept_by_browsers() -> None:
    page = Page()
    layer = CompressedFiles(page)
    for query in ("", "tab=heads", "embed=beam"):
        headers, body = get(layer, "/", "br", query)
        assert brotli.decompress(body) == CONTENT
        assert headers[b"cache-control"] == b"no-cache"
    assert page.asked == 1
    get(layer, "/", "br", host="there")
    assert page.asked == 2


def test_of_a_header_that_comes_twice_the_first_counts_as_for_the_page() -> None:
    def key(*hosts: bytes) -> tuple[str, ...]:
        headers = [(b"x-forwarded-host", host) for host in hosts]
        return key_of({"type": "http", "method": "GET", "path": "/", "headers": headers})

    assert key(b"evil.example", b"") == key(b"evil.example") != key(b"")


def test_a_page_that_holds_somebodys_state_is_not_kept() -> None:
    page = Page()
    layer = CompressedFiles(page)
    for _ in range(2):
        get(layer, "/", "br", "deep_link=secret")
    assert page.asked == 2


def test_no_more_addresses_are_kept_than_a_few() -> None:
    page = Page()
    layer = CompressedFiles(page)
    for number in range(3 * ADDRESSES):
        assert brotli.decompress(get(layer, "/", "br", host=f"host{number}")[1]) == CONTENT
    asked = page.asked
    get(layer, "/", "br", host=f"host{3 * ADDRESSES - 1}")
    assert page.asked == asked
    get(layer, "/", "br", host="host0")
    assert page.asked == asked + 1


def test_of_many_who_come_at_one_moment_one_has_it_made() -> None:
    page = Page()
    layer = CompressedFiles(page)

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*(got(layer, "/", "br") for _ in range(20)))

    assert {brotli.decompress(body) for _, body in asyncio.run(all_at_once())} == {CONTENT}
    assert page.asked == 1


def test_what_one_asks_the_page_with_is_in_nobody_elses_page() -> None:
    """Gradio writes into its page what these say; the page is kept for all who come by the host."""
    seen: list[Any] = []
    page = Page()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope["query_string"], dict(scope["headers"])))
        await page(scope, receive, send)

    layer = CompressedFiles(app)

    async def ask(query: bytes, *headers: tuple[bytes, bytes]) -> None:
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": query,
                 "headers": [(b"host", b"here"), *headers]}  # fmt: skip
        await layer(scope, None, lambda _: asyncio.sleep(0))  # type: ignore[arg-type]

    asyncio.run(ask(b"deep%5Flink=x&page=none", (b"x-gradio-server", b"http://elsewhere.example"),
                    (b"host", b"there"), (b"cookie", b"a=1")))  # fmt: skip
    asyncio.run(ask(b""))
    assert seen == [(b"", {b"host": b"here"})]
