"""What is sent to the server: so much at most, JSON, for a function there is.

Gradio reads whatever it is sent to its end, and answers some of what is no call with a fault of its
own.
"""

import json
import re
from collections.abc import MutableMapping
from typing import Any

import gradio as gr

from playground.page.files import App, Message, Receive, Send, sent
from playground.page.refusals import refusal

LARGEST = 2 * 2**20  # bytes of a request: a file of 1 MB, or its text with the settings of a tab
FILES = re.compile(r"/gradio_api/upload/?")
TOOLS = re.compile(r"/gradio_api/mcp(?:/.*)?")
BY_NUMBER = re.compile(r"/gradio_api/(?:queue/join|run/predict)/?")


class Bodies:
    """An ASGI layer that reads what is sent, and hands on only what the server can take."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it in a sentence."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        content = await whole(receive)
        if len(content) > LARGEST:
            await sent(refusal(f"This is more than {LARGEST // 2**20} MB.", 413), send)
            return
        try:
            if not FILES.fullmatch(scope["path"]):
                check(scope["path"], parsed(content), scope["app"])
        except ValueError as error:
            await sent(refusal(str(error)), send)
        else:
            await self._app(scope, again(content, receive), send)


def parsed(content: bytes) -> Any:
    """What was sent as JSON, {} for nothing. Raises ValueError, in a sentence, if it is none."""
    try:
        return json.loads(content.decode("utf-8") or "{}", parse_constant=unknown)
    except (ValueError, RecursionError) as error:
        raise ValueError("This call is no JSON; please send an object.") from error


def unknown(name: str) -> Any:
    """NaN and infinities: Python reads them, JSON has none. Raises ValueError."""
    raise ValueError(f"JSON has no {name}")


def check(path: str, body: Any, app: Any) -> None:
    """Raises ValueError, in a sentence, for a call that the server could not take."""
    if TOOLS.fullmatch(path):
        legible(body)
        return  # what else is wrong it says itself
    if not isinstance(body, dict):
        raise ValueError("This call is no object; please send one.")
    if BY_NUMBER.fullmatch(path):
        callable_by_number(body, app)


def legible(body: Any) -> None:
    """Raises ValueError, in a sentence, for half a pair of UTF-16, which no text may hold."""
    try:
        json.dumps(body, ensure_ascii=False).encode("utf-8")
    except UnicodeError as error:
        raise ValueError("A text of this call holds what stands for no letter.") from error


def callable_by_number(body: dict[str, Any], app: Any) -> None:
    """Raises ValueError, in a sentence, for a function that is not there, or other arguments."""
    number, data = body.get("fn_index"), body.get("data")
    function = app.get_blocks().fns.get(number) if type(number) is int else None
    if function is None:
        raise ValueError("There is no function of this number; please name one by its fn_index.")
    wanted = len(function.inputs)
    if not isinstance(data, list) or len(data) != wanted:
        raise ValueError(f'This function takes {wanted} arguments; please send them as "data".')
    for component, value in zip(function.inputs, data, strict=True):
        if isinstance(component, gr.Dataset):
            pickable(component, value)


def pickable(examples: gr.Dataset, number: Any) -> None:
    """Raises ValueError, in a sentence, for an example that is not there."""
    if type(number) is not int or not 0 <= number < len(examples.samples):
        raise ValueError(
            f"There are {len(examples.samples)} examples; please give a number from 0."
        )


async def whole(receive: Receive, most: int = LARGEST) -> bytes:
    """What was sent; of too much only so much as tells that."""
    content, more = bytearray(), True
    while more and len(content) <= most:
        message = await receive()
        content += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(content)


def again(content: bytes, receive: Receive) -> Receive:
    """Receives the content, and after it what else happens."""
    waiting = [content]

    async def received() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return received
