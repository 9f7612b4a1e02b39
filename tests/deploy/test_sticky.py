"""A browser is known by its cookie, and whoever brings none by an address."""

import asyncio
from typing import Any

import pytest

pytest.importorskip("ray", reason="needs ray[serve]: pip install -r deploy/requirements.txt")

from deploy.sticky import COOKIE, Sticky, cookie, whose


def scope(path: str = "/", scheme: str = "http", **headers: str) -> dict[str, Any]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "path": path, "scheme": scheme, "headers": pairs,
            "client": ("10.0.0.7", 4321)}  # fmt: skip


def given(asked: dict[str, Any]) -> list[str]:
    """The cookies that an answer to this request gives."""
    sent: list[Any] = []

    async def page(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b""})

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(Sticky(page)(asked, None, keep))  # type: ignore[arg-type]
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_browser_gets_its_cookie_with_the_page_and_keeps_it() -> None:
    (one,), (other,) = given(scope()), given(scope())
    assert one != other
    name = cookie([(b"cookie", one.partition(";")[0].encode())])
    assert len(name) == 16
    assert given(scope(cookie=f"{COOKIE}={name}")) == []
    assert given(scope("/gradio_api/queue/join")) == []


def test_over_tls_it_is_sent_from_inside_another_site_s_frame() -> None:
    assert "SameSite=Lax" in given(scope())[0]
    for secure in (scope(scheme="https"), scope(x_forwarded_proto="https")):
        assert "SameSite=None; Secure; Partitioned" in given(secure)[0]


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"cookie": f"a=b; {COOKIE}=mine"}, "mine"),
        ({"cookie": "a=b", "x_forwarded_for": "1.2.3.4, 10.0.0.1"}, "1.2.3.4"),
        ({}, "10.0.0.7"),
        ({"cookie": '"[=\x01;'}, "10.0.0.7"),
    ],
)
def test_by_cookie_or_else_by_address(headers: dict[str, str], wanted: str) -> None:
    assert whose(scope(**headers)) == wanted
