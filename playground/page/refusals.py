"""How a request is refused: a status and one sentence, as JSON."""

import json
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse

from playground.page.files import Message


def refusal(sentence: str, status: int = 422) -> list[Message]:
    """An answer that refuses a call."""
    body = json.dumps({"detail": sentence}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    return [
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body},
    ]


async def incomplete(_: Any, error: Any) -> JSONResponse:
    """What is said of a request without what its address wants.

    The framework's own answer repeats what was sent, and fails where that is no text.
    """
    wanted = dict.fromkeys(str(fault["loc"][-1]) for fault in error.errors())
    sentence = f"This request lacks what it needs, or has it wrong: {', '.join(wanted)}."
    return JSONResponse({"detail": sentence}, 422)


HANDLERS = {RequestValidationError: incomplete}
