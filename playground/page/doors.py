"""Which addresses of the server are open: those that the page and the callers of its endpoints use.

Gradio's server also cuts recordings, keeps a page's state in a file for a link of its own, asks the
Hub for a visitor, waits for changes of the program, and calls a function past the queue. The page
uses none of that, so nobody else can.
"""

import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import parse_qs

from playground.page.files import App, Receive, Send, sent
from playground.page.refusals import refusal

READ = re.compile(
    r"/|/config/?|/theme\.css|/favicon\.ico|/manifest\.json|/robots\.txt|/(?:static|assets|svelte)/.*"
    r"|/gradio_api/(?:info|openapi\.json|app_id|user|token|login_check|startup-events|theme\.css"
    r"|runs|queue/data|queue/status|upload_progress)/?"
    r"|/gradio_api/(?:heartbeat/[^/]+|call/(?:v2/)?\w+/[^/]+|file=.+|mcp(?:/.*)?)",
    re.DOTALL,
)
WRITTEN = re.compile(
    r"/gradio_api/(?:(?:queue/join|cancel|reset|upload|run/predict|call/(?:v2/)?\w+)/?|mcp(?:/.*)?)"
)
OPEN = {"GET": READ, "HEAD": READ, "POST": WRITTEN}
EVENT = re.compile(r"/gradio_api/call/(?:v2/)?\w+/([^/]+)")
STREAM = re.compile(r"/gradio_api/queue/data/?")


class Doors:
    """An ASGI layer that lets through open addresses, and streams that there are."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it in a sentence."""
        fault = refused(scope) if scope["type"] == "http" else ""
        if fault:
            await sent(refusal(fault, 404), send)
        else:
            await self._app(scope, receive, send)


def refused(scope: MutableMapping[str, Any]) -> str:
    """Why a request finds nothing here; "" if it does."""
    method, path = scope["method"], scope["path"]
    if method in OPEN and not OPEN[method].fullmatch(path):
        return "There is nothing at this address."
    event, stream = EVENT.fullmatch(path), STREAM.fullmatch(path)
    if method == "GET" and event and not under_way(scope["app"], event[1]):
        return "There is no such answer; please call the endpoint again."
    if method == "GET" and stream:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if not under_way(scope["app"], *asked.get("session_hash", [])):
            return "Nothing is computed for this session; please ask again."
    return ""


def under_way(app: Any, *names: str) -> bool:
    """Whether something is computed, or waits to be fetched, for an event or a session so named."""
    queue = app.get_blocks()._queue  # noqa: SLF001  Gradio has no other way to ask
    events = queue.pending_event_ids_session.values()  # of each session
    places = queue.pending_messages_per_session, queue.event_ids_to_events, *events
    return any(name in place for name in names for place in places)
