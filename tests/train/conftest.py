"""A Hub on the loopback interface that takes uploads, its client, and a command in this process."""

import sys
from collections.abc import Callable, Iterator

import huggingface_hub.constants
import pytest
from huggingface_hub import HfApi

from tests.hub_server import TOKEN, HubServer

Say = Callable[..., str]
"""Arguments of the command to what it prints."""


@pytest.fixture
def said(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Say:
    """The test file's COMMAND, in this process."""
    command = request.module.COMMAND

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", [command.__name__, *arguments])
        command.main()
        return capsys.readouterr().out

    return run


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """The client tells its makers nothing about itself, and asks no storage that is not here."""
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_TELEMETRY", True)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    with HubServer() as running:
        running.tokens[TOKEN] = {"class"}
        yield running


@pytest.fixture
def api(server: HubServer) -> HfApi:
    """The Hub's own client, with a token that may write."""
    return HfApi(endpoint=server.url, token=TOKEN)
