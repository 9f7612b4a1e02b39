"""The page and its files, made and compressed once: a class opens the page in one minute.

Gradio writes the page anew for every visitor and compresses each of its 56 files anew, on the one
thread that also answers, and lets no browser keep any. But the page is the same for all who come by
the same address, and a file whose name holds a hash of its content never changes: each is asked for
once, compressed, and then sent as it is.
"""

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import brotli

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

HASHED = re.compile(r"/assets/[^/]+-[\w-]{8}\.(?:js|css)$")
LARGEST = 32 * 2**20  # bytes of all files that are kept
PAGE = "/"
ADDRESSES = 8  # by which the page is kept, the latest ones
PROXY = (b"host", b"x-forwarded-host", b"x-forwarded-proto")  # the page holds its own address
KEEP = b"public, max-age=31536000, immutable"
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=9),
    "gzip": lambda content: gzip.compress(content, 9),
    "identity": lambda content: content,
}


Key = tuple[str, ...]


class CompressedFiles:
    """An ASGI layer that answers for the page and for hashed files from memory."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[Key, list[Message]] = {}
        self._size = 0
        self._asking: dict[Key, asyncio.Lock] = {}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request; all but the page and hashed files are the application's."""
        key = key_of(scope)
        if not key:
            await self._app(scope, receive, send)
            return
        if key in self._kept:
            await sent(self._kept[key], send)
            return
        async with self._asking.setdefault(key, asyncio.Lock()):  # of many, one asks
            answer = self._kept.get(key) or await self._asked(key, scope, receive)
        self._asking.pop(key, None)
        await sent(answer, send)

    async def _asked(
        self, key: Key, scope: MutableMapping[str, Any], receive: Receive
    ) -> list[Message]:
        """The application's answer, compressed, and kept if there is room."""
        answer = await collected(self._app, alike(scope) if key[0] == PAGE else scope, receive)
        if answer[0]["status"] != 200:
            return answer
        answer = compressed(answer, key[1], keep=key[0] != PAGE)
        size = len(answer[1]["body"])
        pages = [each for each in self._kept if each[0] == PAGE]
        if key[0] == PAGE and len(pages) == ADDRESSES:
            self._size -= len(self._kept.pop(pages[0])[1]["body"])
        if self._size + size <= LARGEST:
            self._size += size
            self._kept[key] = answer
        return answer


def key_of(scope: MutableMapping[str, Any]) -> Key:
    """What an answer is kept by: path and coding, and for the page its address; () if it is not."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ()
    path = scope.get("path", "")
    if HASHED.search(path):
        return path, coding(scope)
    if path == PAGE and b"deep_link" not in scope.get("query_string", b""):
        address = addressed(scope)
        return path, coding(scope), *(address.get(name, b"").decode("latin-1") for name in PROXY)
    return ()


def addressed(scope: MutableMapping[str, Any]) -> dict[bytes, bytes]:
    """The headers that the page's address is read from, the first of equal ones."""
    headers = dict(reversed(scope["headers"]))
    return {name: headers[name] for name in PROXY if name in headers}


def alike(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A request for the page with nothing in it but what it is kept by: others get the answer."""
    return {**scope, "query_string": b"", "headers": [*addressed(scope).items()]}


def coding(scope: MutableMapping[str, Any]) -> str:
    """The best coding that a browser says it reads."""
    headers = dict(reversed(scope["headers"]))
    accepted = headers.get(b"accept-encoding", b"").decode("latin-1")
    return next((name for name in ("br", "gzip") if name in accepted), "identity")


async def collected(app: App, scope: MutableMapping[str, Any], receive: Receive) -> list[Message]:
    """The whole answer of the page: its start, and its body in one."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, keep)
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return [messages[0], {"type": "http.response.body", "body": body}]


def compressed(answer: list[Message], name: str, keep: bool) -> list[Message]:
    """An answer in a coding. keep: browsers may keep it for ever."""
    start, body = answer
    content = CODINGS[name](body["body"])
    ours = (b"content-length", b"content-encoding", b"cache-control", b"vary")
    headers = [(key, value) for key, value in start["headers"] if key.lower() not in ours]
    headers += [(b"content-length", str(len(content)).encode()), (b"vary", b"Accept-Encoding")]
    headers += [(b"cache-control", KEEP if keep else b"no-cache")]
    if name != "identity":
        headers += [(b"content-encoding", name.encode())]
    return [{**start, "headers": headers}, {**body, "body": content}]


async def sent(answer: list[Message], send: Send) -> None:
    """Send an answer; what is sent is a copy, since layers outside may change it."""
    for message in answer:
        await send(dict(message))
