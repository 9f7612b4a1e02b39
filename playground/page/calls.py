"""A call of an endpoint may give only some of its arguments: the others take their defaults.

    curl -X POST ADDRESS/gradio_api/call/score -H "Content-Type: application/json" \\
        -d '{"data": ["Où est la gare ?"]}'

Gradio itself wants every argument, and answers anything less with an error and a traceback.
"""

import inspect
import json
import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from playground.page.files import App, Message, Receive, Send, sent

CALL = re.compile(r"/gradio_api/(?:call|run|api)/(?P<named>v2/)?(?P<name>\w+)/?$")
LARGEST = 2**20  # bytes of a call


class CompletedCalls:
    """An ASGI layer that completes the arguments of a call, or says which one it lacks."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request; all but calls of endpoints are the page's."""
        asked = CALL.search(scope.get("path", "")) if scope["type"] == "http" else None
        function = asked and scope["method"] == "POST" and endpoint(scope["app"], asked["name"])
        if not asked or not function:
            await self._app(scope, receive, send)
            return
        content = await whole(receive)
        try:
            content = completed(function, content, named=bool(asked["named"]))
        except ValueError as error:
            await sent(refusal(str(error)), send)
            return
        length = (b"content-length", str(len(content)).encode())
        headers = [pair for pair in scope["headers"] if pair[0].lower() != length[0]]
        await self._app({**scope, "headers": [*headers, length]}, again(content, receive), send)


def endpoint(app: Any, name: str) -> Callable[..., Any] | None:
    """The function of a named endpoint of a page, if there is one for everybody."""
    functions = app.get_blocks().fns.values()
    return next(
        (one.fn for one in functions if one.api_name == name and one.api_visibility == "public"),
        None,
    )


def completed(function: Callable[..., Any], content: bytes, named: bool) -> bytes:
    """The content of a call with all arguments, in order, or by name where it is `named`.

    Raises ValueError, in a sentence, if one is missing that has no default, or there are too many.
    """
    parameters = inspect.signature(function).parameters
    try:
        body = json.loads(content or b"{}")
    except (ValueError, RecursionError) as error:
        raise ValueError("This call is no JSON; please send an object.") from error
    given: Any = body if named else body.get("data", []) if isinstance(body, dict) else None
    if not isinstance(given, dict if named else list):
        raise ValueError('Please send {"data": [...]}, the arguments in their order.')
    if not named:
        if len(given) > len(parameters):
            raise ValueError(f"There are {len(given)} arguments; please give {told(parameters)}.")
        given = dict(zip(parameters, given, strict=False))
    for name, parameter in parameters.items():
        if name not in given and parameter.default is inspect.Parameter.empty:
            raise ValueError(f"The argument {name} is missing; please give {told(parameters)}.")
    every = {name: given.get(name, one.default) for name, one in parameters.items()}
    unknown = [name for name in given if name not in parameters]
    if unknown:
        raise ValueError(f"There is no argument {unknown[0]!r}; please give {told(parameters)}.")
    return json.dumps(every if named else {**body, "data": list(every.values())}).encode()


def told(parameters: Mapping[str, inspect.Parameter]) -> str:
    """The arguments of an endpoint for a person: those with a default may be left away."""
    needed = [n for n, one in parameters.items() if one.default is inspect.Parameter.empty]
    free = [name for name in parameters if name not in needed]
    wanted = " and ".join(needed) or "none"
    return f"{wanted}, and if you like {', '.join(free)}" if free else wanted


def refusal(sentence: str) -> list[Message]:
    """An answer that refuses a call."""
    body = json.dumps({"detail": sentence}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    return [
        {"type": "http.response.start", "status": 422, "headers": headers},
        {"type": "http.response.body", "body": body},
    ]


async def whole(receive: Receive) -> bytes:
    """What was sent. It ends at `LARGEST`, and what is cut there is no JSON any more."""
    content, more = b"", True
    while more and len(content) <= LARGEST:
        message = await receive()
        content += message.get("body", b"")
        more = message.get("more_body", False)
    return content[:LARGEST]


def again(content: bytes, receive: Receive) -> Receive:
    """Receives the content, and after it what else happens."""
    waiting = [content]

    async def received() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return received
