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
BY_NUMBER = "predict"  # what Gradio's own page asks for, with the function's number in the call


class CompletedCalls:
    """An ASGI layer that completes the arguments of a call, or says which one it lacks."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request; all but calls of endpoints are the page's."""
        posted = scope["type"] == "http" and scope["method"] == "POST"
        asked = CALL.search(scope.get("path", "")) if posted else None
        found = named(scope["app"]).get(asked["name"]) if asked else None
        if asked and found is None and asked["name"] != BY_NUMBER:
            names = ", ".join(n for n, one in named(scope["app"]).items() if public(one))
            sentence = f"There is no endpoint {asked['name']!r}; there are {names}."
            await sent(refusal(sentence, 404), send)
            return
        if not asked or found is None or not public(found):
            await self._app(scope, receive, send)
            return
        function = found.fn
        content = await whole(receive)
        try:
            content = completed(function, content, by_name=bool(asked["named"]))
        except ValueError as error:
            await sent(refusal(str(error)), send)
            return
        length = (b"content-length", str(len(content)).encode())
        headers = [pair for pair in scope["headers"] if pair[0].lower() != length[0]]
        await self._app({**scope, "headers": [*headers, length]}, again(content, receive), send)


def named(app: Any) -> dict[str, Any]:
    """What a page can be asked for by a name: Gradio's description of each function."""
    return {one.api_name: one for one in app.get_blocks().fns.values() if one.api_name}


def public(function: Any) -> bool:
    """Whether a function is an endpoint for everybody, and not the page's own."""
    return bool(function.api_visibility == "public")


def completed(function: Callable[..., Any], content: bytes, by_name: bool) -> bytes:
    """The content of a call with all arguments, in order, or `by_name`.

    Raises ValueError, in a sentence, if one is missing that has no default, or there are too many.
    """
    parameters = inspect.signature(function).parameters
    try:
        body = json.loads(content or b"{}")
    except (ValueError, RecursionError) as error:
        raise ValueError("This call is no JSON; please send an object.") from error
    given: Any = body if by_name else body.get("data", []) if isinstance(body, dict) else None
    if not isinstance(given, dict if by_name else list):
        raise ValueError('Please send {"data": [...]}, the arguments in their order.')
    if not by_name:
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
    return json.dumps(every if by_name else {**body, "data": list(every.values())}).encode()


def told(parameters: Mapping[str, inspect.Parameter]) -> str:
    """The arguments of an endpoint for a person: those with a default may be left away."""
    needed = [n for n, one in parameters.items() if one.default is inspect.Parameter.empty]
    free = [name for name in parameters if name not in needed]
    wanted = " and ".join(needed) or "none"
    return f"{wanted}, and if you like {', '.join(free)}" if free else wanted


def refusal(sentence: str, status: int = 422) -> list[Message]:
    """An answer that refuses a call."""
    body = json.dumps({"detail": sentence}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    return [
        {"type": "http.response.start", "status": status, "headers": headers},
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
