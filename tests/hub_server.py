"""A Hugging Face Hub on the loopback interface: enough of its protocol for the real client.

    with HubServer("class/model", {"config.json": b"..."}) as server:
        hf_hub_download("class/model", "config.json", endpoint=server.url, cache_dir=...)

    with HubServer() as server:
        server.tokens["secret"] = {"class"}
        HfApi(endpoint=server.url, token="secret").create_repo("class/model")

`server.fault` and `server.refused` say what goes wrong, and may change while it runs;
`server.requests` is what was asked.
"""

import hashlib
import json
import threading
from collections.abc import Mapping
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import unquote

from tests.hub_repository import MAIN, Repository
from tests.hub_uploads import Answer, Uploads, refusal

TOKEN = "hf_secret"  # of whoever may write to "class"
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
    """Repositories, served from a thread until the `with` ends: at first one with one commit."""

    def __init__(self, repository: str = "", files: Mapping[str, bytes] | None = None) -> None:
        self.repositories: dict[str, Repository] = {}
        self.files = dict(files or {})  # of that commit
        if repository:
            self.repositories[repository] = Repository(repository)
            self.repositories[repository].commits[COMMIT] = self.files
        self.fault = Fault.NONE
        self.refused: dict[str, int] = {}  # how a request begins ("PUT /lfs") to a status
        self.requests: list[str] = []
        self.closing = threading.Event()  # what hangs waits for this
        self.uploads = Uploads(self.repositories)
        self.tokens = self.uploads.tokens
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = self.uploads.url = f"http://127.0.0.1:{self._server.server_port}"

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
            if self._stopped():
                return
            path = unquote(self.path.partition("?")[0]).strip("/").split("/")
            match path:
                case ["api", "models", namespace, name, *rest]:
                    repository, work = f"{namespace}/{name}", self._describe
                case ["api", "spaces", namespace, name, *rest]:
                    repository, work = f"spaces/{namespace}/{name}", self._describe
                case [namespace, name, "resolve", *rest]:
                    repository, work = f"{namespace}/{name}", self._resolve
                case _:
                    repository, rest, work = "", [], self._describe
            if hub.fault is Fault.MISSING or repository not in hub.repositories:
                self._answer(404, {"X-Error-Code": "RepoNotFound"})
            else:
                work(hub.repositories[repository], rest)

        do_HEAD = do_GET

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if not self._stopped():
                path = unquote(self.path.partition("?")[0]).strip("/")
                self._tell(hub.uploads.answer(path, self._token(), body))

        do_PUT = do_POST

        def _stopped(self) -> bool:
            """Note the request; whether it needs no other answer than the one that stops it."""
            request = f"{self.command} {self.path}"
            hub.requests.append(request)
            statuses = [hub.refused[start] for start in hub.refused if request.startswith(start)]
            if hub.fault is Fault.SILENT:
                hub.closing.wait()
            elif statuses:
                self._tell(refusal(statuses[0], "not today"))
            elif hub.tokens and self._token() not in (None, *hub.tokens):
                self._tell(refusal(401, "Invalid credentials in Authorization header"))
            else:
                return False
            return True

        def _token(self) -> str | None:
            return self.headers.get("Authorization", "").removeprefix("Bearer ") or None

        def _describe(self, repository: Repository, rest: list[str]) -> None:
            commit = repository.resolve(rest[1] if rest else MAIN)
            if commit is None:
                self._answer(404, {"X-Error-Code": "RevisionNotFound"})
            elif rest[:1] == ["tree"]:
                self._tell(Answer(200, repository.tree(commit)))
            else:
                self._tell(Answer(200, repository.described(commit, "blobs=" in self.path)))

        def _resolve(self, repository: Repository, rest: list[str]) -> None:
            commit, name = repository.resolve(rest[0]), "/".join(rest[1:])
            if hub.fault is Fault.GATED:
                self._answer(401, {"X-Error-Code": "GatedRepo"})
            elif commit is None:
                self._answer(404, {"X-Error-Code": "RevisionNotFound"})
            elif name not in repository.commits[commit]:
                self._answer(404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": commit})
            else:
                content = repository.commits[commit][name]
                tag = hashlib.sha1(content).hexdigest()  # of what it should be, as after bad luck
                headers = {"X-Repo-Commit": commit, "ETag": f'"{tag}"'}
                self._answer(200, headers, self._spoilt(content))

        def _tell(self, answer: Answer) -> None:
            headers = {"Content-Type": "application/json"} | answer.headers
            self._answer(answer.status, headers, json.dumps(answer.content).encode())

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
