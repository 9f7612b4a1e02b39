"""Every instrument as a named endpoint: `explain` itself, its numbers as JSON.

Gradio makes the same functions tools for language models. https://modelcontextprotocol.io
"""

import functools
import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any

import gradio as gr

from playground.instrument import Tab
from playground.page.answer import answered
from playground.page.backend import HERE, Backend


def endpoints(tabs: Iterable[Tab], backend: Backend = HERE) -> dict[str, Callable[..., Any]]:
    """Each endpoint's name and the function that answers it."""
    return {
        name: endpoint(function, name, backend)
        for tab in tabs
        for instrument in tab.instruments
        for name, function in instrument.answers.items()
    } | {"models": backend.models}


def endpoint(explain: Callable[..., Any], name: str, backend: Backend = HERE) -> Callable[..., Any]:
    """`explain` with its signature and docstring, its trace as JSON, bad input as one sentence.

    name: of the tool. backend: what computes.
    """

    @functools.wraps(explain)
    def run(*given: Any, **named: Any) -> Any:
        answer, fault = answered(lambda: backend.called(explain, *given, **named))
        if fault:
            raise gr.Error(fault, print_exception=False)
        return answer

    run.__name__ = name
    run.__doc__ = on_one_line(explain)
    run.__annotations__ = {**explain.__annotations__, "return": dict[str, Any]}
    return run


def on_one_line(function: Callable[..., Any]) -> str:
    """A docstring with each argument on one line: Gradio reads no second one."""
    return re.sub(r"\n {8,}", " ", inspect.getdoc(function) or "")


def described(function: Callable[..., Any]) -> str:
    """What a function does, answers with and refuses, without its arguments."""
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    kept = (" ".join(each.split()) for each in paragraphs if not each.startswith("Args:"))
    return "\n\n".join(kept)


def publish(tabs: Iterable[Tab], backend: Backend = HERE) -> None:
    """Name the endpoints."""
    for name, function in endpoints(tabs, backend).items():
        gr.api(function, api_name=name, api_description=described(function))
