"""Every instrument as a named endpoint: `explain` itself, its numbers as JSON."""

import functools
import importlib
from collections.abc import Callable, Iterable
from typing import Any

import gradio as gr

from playground.instrument import Tab


def endpoints(tabs: Iterable[Tab]) -> dict[str, Callable[..., Any]]:
    """Each endpoint's name and the function that answers it."""
    return {
        name: endpoint(function)
        for tab in tabs
        for instrument in tab.instruments
        for name, function in instrument.answers.items()
    } | {"models": models}


def endpoint(explain: Callable[..., Any]) -> Callable[..., Any]:
    """`explain` with its signature and docstring, its trace as JSON, bad input as one sentence."""

    @functools.wraps(explain)
    def run(*given: Any, **named: Any) -> Any:
        try:
            return explain(*given, **named).to_json()
        except ValueError as error:
            raise gr.Error(str(error), print_exception=False) from error

    run.__annotations__ = {**explain.__annotations__, "return": dict[str, Any]}
    return run


def models() -> list[dict[str, Any]]:
    """Every model: name, source (hub, cache or bundled), revision, sha256, parameters, device."""
    described: list[dict[str, Any]] = importlib.import_module(
        "playground.reading.opening"
    ).describe()
    return described


def publish(tabs: Iterable[Tab]) -> None:
    """Name the endpoints."""
    for name, function in endpoints(tabs).items():
        gr.api(function, api_name=name)
