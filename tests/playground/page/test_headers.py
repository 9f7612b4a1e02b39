"""Every answer tells the browser what not to do."""

import asyncio
from typing import Any

from playground.page.frame import LAYERS
from playground.page.headers import HEADERS, Headers


async def page(_: Any, __: Any, send: Any) -> None:
    """An application that says something else of its own."""
    own = [(b"Referrer-Policy", b"unsafe-url"), (b"content-type", b"text/html")]
    await send({"type": "http.response.start", "status": 200, "headers": own})
    await send({"type": "http.response.body", "body": b"hello"})


def test_an_answer_has_each_header_once_and_keeps_its_others() -> None:
    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    asyncio.run(Headers(page)({"type": "http"}, None, send))  # type: ignore[arg-type]
    start, body = answers
    names = [name.decode().lower() for name, _ in start["headers"]]
    assert sorted(names) == sorted([*HEADERS, "content-type"])
    assert dict(start["headers"])[b"referrer-policy"] == b"no-referrer"
    assert body["body"] == b"hello"


def test_the_headers_are_the_outermost_layer() -> None:
    """Else a file that is answered from memory would go out without them."""
    assert LAYERS[0] is Headers


def test_nothing_is_fetched_from_or_sent_to_another_address() -> None:
    policy = HEADERS["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "http" not in policy
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"] == "'self' 'unsafe-inline' 'unsafe-eval'"
    assert rules["object-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'self'"
    assert HEADERS["x-content-type-options"] == "nosniff"
    assert "*" not in policy
