"""No file of the machine is read through the page, no address fetched, no upload kept or large."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from app import build
from benchmarks.page import ROOT

SECRET = "nobody may read this"


def answered(address: str, body: bytes | None = None, kind: str = "") -> tuple[int, bytes]:
    """The status and the body of what a server says, a refusal included."""
    asked = urllib.request.Request(address, body, {"Content-Type": kind} if kind else {})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


@pytest.fixture
def fetched() -> Iterator[tuple[str, list[str]]]:
    """The address of a server of somebody else, and what it was asked."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        do_HEAD = do_GET

        def log_message(self, *arguments: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/secret", paths
    server.shutdown()
    server.server_close()


def test_no_file_of_the_machine_is_served(address: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    places = ["/etc/passwd", str(ROOT / "app.py"), "app.py", "weights/manifest.json", str(secret)]
    places += ["../../../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc/passwd"]
    for place in places:
        for path in (place, quote(place, safe="")):
            status, body = answered(f"{address}/gradio_api/file={path}")
            assert 400 <= status < 500, f"{place}: {status}"
            assert not any(word in body for word in (b"root:", b"import", SECRET.encode()))


def test_no_address_is_fetched(address: str, fetched: tuple[str, list[str]]) -> None:
    there, paths = fetched
    for place in (f"file={there}", f"proxy={there}"):
        status, body = answered(f"{address}/gradio_api/{place}")
        assert SECRET.encode() not in body
        assert status >= 400, place
    assert paths == []


@pytest.mark.parametrize("key", ["path", "url"])
def test_what_claims_to_be_a_file_is_no_text(
    address: str, fetched: tuple[str, list[str]], key: str
) -> None:
    there, paths = fetched
    for place in (there, "/etc/passwd"):
        claimed = {"path": "a", key: place, "meta": {"_type": "gradio.FileData"}}
        call = f"{address}/gradio_api/call/next_word"
        body = json.dumps({"data": [claimed]}).encode()
        status, said = answered(call, body, "application/json")
        if status == 200:
            _, said = answered(f"{call}/{json.loads(said)['event_id']}")
            assert b"event: error" in said
        assert b"root:" not in said
        assert SECRET.encode() not in said
    assert paths == []


def test_a_large_upload_is_refused(address: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    body += b"a" * (2 * 2**20) + b"\r\n--x--\r\n"
    there = f"{address}/gradio_api/upload"
    status, _ = answered(there, body, "multipart/form-data; boundary=x")
    assert 400 <= status < 500


def test_what_was_brought_or_is_taken_away_is_removed_after_a_day() -> None:
    """What was brought goes once it is read; a trained model stays while one looks at it."""
    assert build().delete_cache == (3600, 86_400)
