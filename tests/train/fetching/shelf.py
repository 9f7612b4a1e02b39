"""A small server on the loopback that hands out files, in pieces if asked, and can break off."""

import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


class Shelf:
    """Files by their path. `breaks`: after how many bytes the next answers break off.

    asked: the Range of each request, "" without one.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.breaks: list[int] = []
        self.asked: list[str] = []
        self.tags, self.dates, self.ranges = True, True, True
        self.version = "1"
        shelf = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                shelf.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """As RFC 9110 says for one range to the end."""
        wanted = request.headers.get("Range", "")
        self.asked.append(wanted)
        content = self.files.get(request.path)
        if content is None:
            request.send_error(404)
            return
        known = {f'"{self.version}"': self.tags, self.date(): self.dates}
        first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if not self.ranges or not known.get(request.headers.get("If-Range", "")):
            first = 0
        if first and first >= len(content):
            request.send_error(416)
            return
        request.send_response(206 if first else 200)
        request.send_header("Content-Length", str(len(content) - first))
        if self.tags:
            request.send_header("ETag", f'"{self.version}"')
        if self.dates:
            request.send_header("Last-Modified", self.date())
        request.end_headers()
        most = self.breaks.pop(0) if self.breaks else len(content)
        request.wfile.write(content[first : first + most])

    def date(self) -> str:
        """When this version was made."""
        return formatdate(1_600_000_000 + sum(map(ord, self.version)), usegmt=True)

    def __enter__(self) -> "Shelf":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
