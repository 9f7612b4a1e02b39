"""A Hugging Face Hub on the loopback interface: enough of its protocol for the real client.

    with HubServer("class/model", {"config.json": b"..."}) as server:
        hf_hub_download("class/model", "config.json", endpoint=server.url, cache_dir=...)

`server.fault` says what goes wrong, and may change while it runs; `server.requests` is what was
asked.
"""

import hashlib
import json
import threading
from collections.abc import Mapping
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

COMMIT = "c0ffee" + 34 * "0"


class Fault(Enum):
    """What can be wrong with a Hub."""

    NONE = auto()
    MISSING = auto()  # there is no such repository
    GATED = auto()  # described to everyone, its files only for those who were let in
    SILENT = auto()  # takes every connection and never answers
    STUCK = auto()  # sends half of a body, then nothing
    CUT = auto()  # sends half of a body, then hangs up
    SHORT = auto()  # every file lacks its last byte, and says so itself
    CHANGED = auto()  # one byte of every file is another one


class HubServer:
    """One repository with one commit, served from a thread until the `with` ends."""

    def __init__(self, repository: str, files: Mapping[str, bytes]) -> None:
        self.repository = repository
        self.files = dict(files)
        self.fault = Fault.NONE
        self.requests: list[str] = []
        self.closing = threading.Event()  # what hangs waits for this
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "HubServer":
        loop = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        loop.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(hub: HubServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hub.requests.append(f"{self.command} {self.path}")
            path = self.path.partition("?")[0].strip("/")
            known = hub.fault is not Fault.MISSING
            if hub.fault is Fault.SILENT:
                hub.closing.wait()
            elif known and path.startswith(f"api/models/{hub.repository}"):
                self._describe()
            elif known and path.startswith(f"{hub.repository}/resolve/"):
                self._resolve(path.removeprefix(f"{hub.repository}/resolve/"))
            else:
                self._answer(404, {"X-Error-Code": "RepoNotFound"})

        do_HEAD = do_GET

        def _describe(self) -> None:
            siblings = [{"rfilename": name} for name in hub.files]
            content = {"id": hub.repository, "sha": COMMIT, "siblings": siblings}
            self._answer(200, {"Content-Type": "application/json"}, json.dumps(content).encode())

        def _resolve(self, rest: str) -> None:
            revision, _, name = rest.partition("/")
            if hub.fault is Fault.GATED:
                self._answer(401, {"X-Error-Code": "GatedRepo"})
            elif revision not in ("main", COMMIT):
                self._answer(404, {"X-Error-Code": "RevisionNotFound"})
            elif name not in hub.files:
                self._answer(404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
            else:
                content = hub.files[name]
                tag = hashlib.sha1(content).hexdigest()  # of what it should be, as after bad luck
                headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{tag}"'}
                self._answer(200, headers, self._spoilt(content))

        def _spoilt(self, content: bytes) -> bytes:
            if hub.fault is Fault.SHORT:
                return content[:-1]
            if hub.fault is Fault.CHANGED:
                middle = len(content) // 2
                return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            return content

        def _answer(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "HEAD":
                return
            if hub.fault in (Fault.STUCK, Fault.CUT) and "/resolve/" in self.path:
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                if hub.fault is Fault.STUCK:
                    hub.closing.wait()
            else:
                self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler
