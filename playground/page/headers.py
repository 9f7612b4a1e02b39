"""What the page tells browsers not to do: send anything elsewhere, run what is not its own.

Gradio's page needs scripts and styles inside itself, so these are allowed; but nothing is fetched
from or sent to another address, no file is taken for another kind than it says, and links tell
nobody where a person came from. Other pages may show this one in a frame: courses do, and Spaces.

Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
"""

from collections.abc import MutableMapping
from typing import Any

from playground.page.files import App, Message, Receive, Send

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{what} {where}" for what, where in POLICY.items()),
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Headers:
    """An ASGI layer that adds the headers to every answer; one of the same name gives way."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request as the page does, with these headers."""

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    (name, value)
                    for name, value in message.get("headers", [])
                    if name.decode("latin-1").lower() not in HEADERS
                ]
                ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*kept, *ours]}
            await send(message)

        await self._app(scope, receive, headed if scope["type"] == "http" else send)
