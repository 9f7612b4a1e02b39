"""The page's own files, compressed once and kept by browsers: a class opens the page in one minute.

Gradio compresses each of its 56 files anew for every visitor, on the one thread that also answers
them, and lets no browser keep any. A file whose name holds a hash of its content never changes, so
it is compressed at its first request and then sent as it is.
"""

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
KEEP = b"public, max-age=31536000, immutable"
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=9),
    "gzip": lambda content: gzip.compress(content, 9),
    "identity": lambda content: content,
}


class CompressedFiles:
    """An ASGI layer that answers for hashed files from memory."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[tuple[str, str], list[Message]] = {}
        self._size = 0

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request; all but hashed files are the page's."""
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "GET" or not HASHED.search(path):
            await self._app(scope, receive, send)
            return
        key = path, coding(scope)
        if key not in self._kept:
            answer = await collected(self._app, scope, receive)
            if answer[0]["status"] != 200:
                await sent(answer, send)
                return
            answer = compressed(answer, key[1])
            self._size += len(answer[1]["body"])
            if self._size > LARGEST:
                await sent(answer, send)
                return
            self._kept[key] = answer
        await sent(self._kept[key], send)


def coding(scope: MutableMapping[str, Any]) -> str:
    """The best coding that a browser says it reads."""
    headers = dict(scope["headers"])
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


def compressed(answer: list[Message], name: str) -> list[Message]:
    """An answer in a coding, which browsers may keep for ever."""
    start, body = answer
    content = CODINGS[name](body["body"])
    ours = (b"content-length", b"content-encoding", b"cache-control", b"vary")
    headers = [(key, value) for key, value in start["headers"] if key.lower() not in ours]
    headers += [(b"content-length", str(len(content)).encode()), (b"cache-control", KEEP)]
    headers += [(b"vary", b"Accept-Encoding")]
    if name != "identity":
        headers += [(b"content-encoding", name.encode())]
    return [{**start, "headers": headers}, {**body, "body": content}]


async def sent(answer: list[Message], send: Send) -> None:
    """Send an answer; what is sent is a copy, since layers outside may change it."""
    for message in answer:
        await send(dict(message))
