"""Panels by themselves: the page's scripts and styles on a bare page, served on loopback."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playground import theme
from playground.charts import library
from playground.instrument import Figure
from playground.page.panel import frame

ASSETS = Path(__file__).parents[3] / "playground" / "page" / "assets"
COLOURS = """
:root { --body-text-color: #1f2937; --body-text-color-subdued: #52525b;
  --body-background-fill: #ffffff; --background-fill-primary: #ffffff;
  --background-fill-secondary: #f4f4f5; --border-color-primary: #e4e4e7; }
.dark { --body-text-color: #f4f4f5; --body-text-color-subdued: #d4d4d8;
  --body-background-fill: #18181b; --background-fill-primary: #18181b;
  --background-fill-secondary: #27272a; --border-color-primary: #3f3f46; }
body { margin: 1rem; background: var(--body-background-fill); font: 16px system-ui, sans-serif; }
"""
"""What Gradio's theme gives to every page."""
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>A panel</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{styles}</style>
<script>window.playgroundPlotly = "plotly.min.js";
{scripts}</script></head><body>
<div class="panel"><div class="figures" data-columns="{columns}">{frames}</div></div>
<script>
window.picked = [];
const props = {{ value: null }}, heard = [];
window.tell = (value) => {{ props.value = JSON.stringify(value); heard.forEach((one) => one()); }};
window.playground.panel(document.querySelector(".panel"), props,
  (name, mark) => window.picked.push([name, mark]), (_, one) => heard.push(one));
</script></body></html>"""


def shown(picture: Any, sentence: str = "What it shows.", **more: Any) -> dict[str, Any]:
    """A figure's content."""
    table = {"headers": ["word", "number"], "body": [["chat", "0.5"]]}
    made = picture.to_json() if picture else None
    return {"picture": made, "sentence": sentence, "table": table, "formula": ["1 + 1 = 2"]} | more


def value(**figures: dict[str, Any]) -> dict[str, Any]:
    """A panel's value."""
    call = {"endpoint": "surgery", "arguments": ["a text", 3]}
    return {"figures": figures, "cell": "from a import b\n\nb('é')", "call": call}


def framed(name: str, column: object) -> str:
    """A figure's frame, as the page has it."""
    limits = "Read [Somebody, 2020](https://example.org)."
    code = ("playground.settings.within",)
    at = column if isinstance(column, int) else 0
    return frame(Figure(name=name, caption=name, code=code, limits=limits, column=at))


def page(columns: Mapping[str, object]) -> str:
    """A page with a panel; columns: 1, 2 or "wide" of each of its figures."""
    styles = f"{COLOURS}{theme.CSS}\n{(ASSETS / 'panel.css').read_text(encoding='utf-8')}"
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("panel*.js"))
    frames = "".join(framed(name, at) for name, at in columns.items())
    most = 2 if 2 in columns.values() else 1
    return PAGE.format(styles=styles, scripts=scripts, frames=frames, columns=most)


@dataclass
class Served:
    """A server, and what was asked of it."""

    address: str
    asked: list[str]
    broken: set[str]  # paths that are answered 503


class Handler(BaseHTTPRequestHandler):
    """The page, Plotly's library, and an endpoint that answers through events as Gradio's do."""

    def __init__(self, served: Served, text: str, *rest: Any) -> None:
        self.served, self.text = served, text
        super().__init__(*rest)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer a path."""
        self.answer({
            "/": ("text/html", self.text.encode()),
            "/plotly.min.js": ("text/javascript", library().read_bytes()),
            "/gradio_api/call/surgery/7": (
                "text/event-stream",
                b"event: heartbeat\ndata: null\n\n"
                b'event: complete\ndata: [{"answer": "\\u00e9"}]\n\n',
            ),
        })  # fmt: skip

    def do_POST(self) -> None:
        """Take a call."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.served.asked.append(body)
        known = {"/gradio_api/call/surgery": ("application/json", b'{"event_id": "7"}')}
        self.answer(known)

    def answer(self, known: Mapping[str, tuple[str, bytes]]) -> None:
        """Send what is known of a path."""
        self.served.asked.append(self.path)
        kind, body = known.get(self.path, ("text/plain", b""))
        well = self.path in known and self.path not in self.served.broken
        self.send_response(200 if well else 503)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body if well else b"")


@contextmanager
def serving(text: str) -> Iterator[Served]:
    """Serve a page while the block runs."""
    served = Served("", [], set())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, served, text))
    served.address = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()


def tell(page: Any, told: dict[str, Any]) -> None:
    """Give the panel a new value."""
    page.evaluate("(value) => window.tell(value)", json.loads(json.dumps(told)))
