"""A browser stays with one replica of the page: what it asks waits in that replica's queue.

The page gives a browser a cookie with a name drawn at random, and Serve's router chooses by it:
consistent hashing, so that a replica that comes or goes moves only the browsers that were or will
be its own. Who brings no cookie (curl, a program) stays by the address that it comes from.

Karger et al. (1997), Consistent hashing and random trees, https://doi.org/10.1145/258533.258660
"""

import pickle
import secrets
from collections.abc import Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from ray.serve.experimental.consistent_hash_router import ConsistentHashRouter
from ray.serve.request_router import PendingRequest

from playground.page.files import App, Message, Receive, Send

COOKIE = "playground_replica"
LONGEST = 64  # characters of a cookie's name that counts

Headers = Iterable[tuple[bytes, bytes]]


class StickyRouter(ConsistentHashRouter):  # type: ignore[misc]
    """Serve's own router, with the browser's cookie or its address where it takes a header."""

    def _routing_key(self, pending_request: PendingRequest | None) -> str | None:
        if pending_request is not None and pending_request.args:
            (request,) = pending_request.args[:1]
            if isinstance(request, bytes):  # packed by this very process, Serve's proxy
                return whose(pickle.loads(request).asgi_scope)
        key: str | None = super()._routing_key(pending_request)
        return key


class Sticky:
    """An ASGI layer that gives a browser its cookie together with the page."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request as the page does."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", []), (b"set-cookie", new_cookie(scope))]
                message = {**message, "headers": headers}
            await send(message)

        opens = scope["type"] == "http" and scope["path"] == "/" and not cookie(scope["headers"])
        await self._app(scope, receive, marked if opens else send)


def whose(scope: MutableMapping[str, Any]) -> str:
    """By what a request is routed: its cookie, or else the address that it comes from."""
    first, _, _ = header(scope["headers"], b"x-forwarded-for").partition(",")
    host, _ = scope.get("client") or ("", 0)
    return cookie(scope["headers"]) or first.strip() or host


def cookie(headers: Headers) -> str:
    """The browser's name in a cookie; "" if it has none."""
    try:
        found = SimpleCookie(header(headers, b"cookie")).get(COOKIE)
    except CookieError:
        return ""
    return found.value[:LONGEST] if found else ""


def new_cookie(scope: MutableMapping[str, Any]) -> bytes:
    """A name drawn at random, for as long as the browser is open.

    Over TLS it is sent from inside another site's frame, too: courses show the page in one.
    """
    proto = header(scope["headers"], b"x-forwarded-proto") or scope.get("scheme", "http")
    framed = "SameSite=None; Secure; Partitioned" if proto == "https" else "SameSite=Lax"
    return f"{COOKIE}={secrets.token_hex(8)}; Path=/; HttpOnly; {framed}".encode()


def header(headers: Headers, wanted: bytes) -> str:
    """The value of a header; "" if there is none."""
    return next((value.decode("latin-1") for name, value in headers if name == wanted), "")
