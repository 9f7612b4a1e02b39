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

from playground.page.bodies import again, parsed, whole
from playground.page.files import App, Receive, Send, sent
from playground.page.refusals import refusal

CALL = re.compile(r"/gradio_api/call/(?P<named>v2/)?(?P<name>\w+)/?$")


class CompletedCalls:
    """An ASGI layer that completes the arguments of a call, or says which one it lacks."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request; all but calls of endpoints are the page's."""
        posted = scope["type"] == "http" and scope["method"] == "POST"
        asked = CALL.search(scope.get("path", "")) if posted else None
        if not asked:
            await self._app(scope, receive, send)
            return
        endpoints = public(scope["app"])
        function = endpoints.get(asked["name"])
        if function is None:
            names = ", ".join(endpoints)
            sentence = f"There is no endpoint {asked['name']!r}; there are {names}."
            await sent(refusal(sentence, 404), send)
            return
        content = await whole(receive)
        try:
            content = completed(function, content, by_name=bool(asked["named"]))
        except ValueError as error:
            await sent(refusal(str(error)), send)
            return
        length = (b"content-length", str(len(content)).encode())
        headers = [pair for pair in scope["headers"] if pair[0].lower() != length[0]]
        await self._app({**scope, "headers": [*headers, length]}, again(content, receive), send)


def public(app: Any) -> dict[str, Callable[..., Any]]:
    """The function of each endpoint for everybody: the page's own are none of them."""
    return {
        one.api_name: one.fn
        for one in app.get_blocks().fns.values()
        if one.api_name and one.api_visibility == "public"
    }


def completed(function: Callable[..., Any], content: bytes, by_name: bool) -> bytes:
    """The content of a call with all arguments, in order, or `by_name`.

    Raises ValueError, in a sentence, if one is missing that has no default, or there are too many.
    """
    parameters = inspect.signature(function).parameters
    body = parsed(content)
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
