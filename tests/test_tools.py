"""The page as tools for language models, asked by the protocol's official client.

Model Context Protocol, https://modelcontextprotocol.io
"""

import ast
import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from app import TABS
from playground.page import api

ENDPOINTS = api.endpoints(TABS)
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("next_word", {"text": "Once upon a time", "model": "gru"}),
    ("surgery", {"text": "Once upon a time", "operation": "reset", "word": 2}),
    ("translate", {"text": "Où est la gare ?", "beam_width": 2}),
]


@asynccontextmanager
async def asking(address: str) -> AsyncIterator[ClientSession]:
    """A client that has said hello."""
    async with (
        streamable_http_client(f"{address}/gradio_api/mcp/") as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        yield session


def asked(address: str, question: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """The answer to a question."""

    async def ask() -> Any:
        async with asking(address) as session:
            return await question(session)

    return asyncio.run(ask())


def said(answer: CallToolResult) -> str:
    """What an answer says."""
    (content,) = answer.content
    assert isinstance(content, TextContent)
    return content.text


def test_every_endpoint_is_a_tool_and_says_what_it_takes(address: str) -> None:
    tools = {tool.name: tool for tool in asked(address, ClientSession.list_tools).tools}
    assert tools.keys() == ENDPOINTS.keys()
    for name, function in ENDPOINTS.items():
        assert tools[name].description == api.described(function)
        schema = tools[name].inputSchema
        parameters = inspect.signature(function).parameters
        assert list(schema["properties"]) == list(parameters)
        assert all(each["description"] for each in schema["properties"].values()), name
        needed = [n for n, each in parameters.items() if each.default is inspect.Parameter.empty]
        assert schema.get("required", []) == needed


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_a_tool_answers_the_numbers_of_explain(
    address: str, name: str, arguments: dict[str, Any]
) -> None:
    answer = asked(address, lambda session: session.call_tool(name, arguments))
    assert not answer.isError
    here = json.loads(json.dumps(ENDPOINTS[name](**arguments)))
    assert alike(ast.literal_eval(said(answer)), here)  # Gradio writes what Python reads


def alike(one: Any, other: Any) -> bool:
    """Whether two answers are the same, their numbers as nearly as two machines agree."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float | int):
        return one == pytest.approx(other, rel=1e-4, abs=1e-5)
    return bool(one == other)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"text": "  "}, "please type"),
        ({"text": "Once upon a time", "word": 99}, "whole number from 1 to"),
        ({"text": "Once upon a time", "model": "oracle"}, "please choose rnn, gru"),
    ],
)
def test_bad_input_is_answered_in_one_sentence(
    address: str, arguments: dict[str, Any], told: str
) -> None:
    answer = asked(address, lambda session: session.call_tool("surgery", arguments))
    assert answer.isError
    assert told in said(answer)
    assert "\n" not in said(answer)
