"""Whatever a server is asked, it answers or refuses in a sentence, and by open doors alone."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from benchmarks.page import Served

API = "/gradio_api"


def asked(address: str, body: bytes | None = None, kind: str = "application/json") -> Any:
    """The status of an answer, and the text of it."""
    request = urllib.request.Request(address, body, {"Content-Type": kind} if body else {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def test_what_the_page_does_not_use_is_closed(address: str) -> None:
    """Gradio has no switch for most of them; a recording is cut by another program, for example."""
    paths = ["deep_link?session_hash=a", "dev/reload", "monitoring", "svelte/x"]
    paths += ["run-history/buckets", "custom_component/a/client/component/b", "vibe-code"]
    paths += ["stream/a/b/1/playlist.m3u8", "proxy=http://127.0.0.1/", "api/next_word"]
    for path in paths:
        status, said = asked(f"{address}{API}/{path}")
        assert (status, json.loads(said)) == (404, {"detail": "There is nothing at this address."})
    for path in ("process_recording", "component_server", "vibe-edit", "run/next_word", "stream/a"):
        status, said = asked(f"{address}{API}/{path}", b"{}")
        assert (status, json.loads(said)) == (404, {"detail": "There is nothing at this address."})


BODIES = [
    b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff", b'{"data": NaN}', b'{"data": {}}',
    b'{"data": [], "session_hash": "a", "fn_index": 99999}',
    b'{"data": [], "session_hash": "a", "fn_index": -1}',
    b'{"data": [], "session_hash": "\\ud800", "fn_index": "\\ud800", "event_id": 1}',
    b'{"data": ["' + b"a" * 3 * 2**20 + b'"], "session_hash": "a", "fn_index": 0}',
]  # fmt: skip


@pytest.mark.processes
def test_a_body_that_is_no_call_gets_a_refusal_and_no_fault_of_the_server(own: Served) -> None:
    paths = ["queue/join", "run/predict", "call/next_word", "call/v2/next_word", "call/predict"]
    paths += ["call/answer_attention", "cancel", "reset", "upload", "mcp/", "mcp/messages/"]
    for path in paths:
        for body in BODIES:
            status, said = asked(f"{own.address}{API}/{path}", body)
            assert 400 <= status < 500, f"{path}, {body[:40]!r}: {status} {said[:200]}"
            assert "Traceback" not in said
            assert len(said) < 3_000
    for path in ("queue/data", "queue/data?session_hash=nobody", "call/next_word/none"):
        status, said = asked(f"{own.address}{API}/{path}")
        assert status in (404, 422)
        assert json.loads(said)["detail"].endswith(".")
    assert "Traceback" not in own.log.read_text(encoding="utf-8")


def joined(address: str, name: str, data: list[Any]) -> str:
    """What a function of the page itself is heard to say."""
    config = json.loads(asked(f"{address}/config")[1])
    number = next(one["id"] for one in config["dependencies"] if one["api_name"] == name)
    body = {"data": data, "fn_index": number, "session_hash": name}
    assert asked(f"{address}{API}/queue/join", json.dumps(body).encode())[0] == 200
    said: str = asked(f"{address}{API}/queue/data?session_hash={name}")[1]
    return said


def uploaded(address: str, name: str) -> dict[str, Any]:
    """A file that was uploaded, as the page tells of it."""
    body = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\nOui.\r\n'
    kind = "multipart/form-data; boundary=x"
    status, said = asked(f"{address}{API}/upload", f"{body}--x--\r\n".encode(), kind)
    assert status == 200
    return {"path": json.loads(said)[0], "meta": {"_type": "gradio.FileData"}}


@pytest.mark.parametrize(
    ("name", "refused"), [("open_lines", "please drop a .txt"), ("read_pairs", "Invalid file type")]
)
def test_two_who_bring_the_same_file_at_once_both_have_it_read(
    address: str, name: str, refused: str
) -> None:
    both = [uploaded(address, "../../lines.txt") for _ in range(2)]
    for file in both:
        assert "Oui." in joined(address, name, [file])
    assert refused in joined(address, name, [uploaded(address, "lines.exe")])


def test_a_fault_tells_nothing_of_the_machine(address: str) -> None:
    """Gradio's own check of a file that was never uploaded names the folder of the program."""
    claimed = {"path": "x", "meta": {"_type": "gradio.FileData"}}
    said = joined(address, "open_lines", [claimed])
    assert '"success":false' in said
    assert '"error":null' in said
