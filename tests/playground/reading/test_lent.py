"""On ZeroGPU a GPU is asked for where many texts are translated, and nowhere else."""

import importlib
import sys
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from playground.reading import lent
from playground.reading.translating import load
from seq_models.device import best_device
from seq_models.seq2seq import Seq2Seq

TEXTS = [f"Il y a {number} chats." for number in range(lent.FEW + 1)]


class Lender:
    """The package `spaces`: it lends a GPU, which here is the CPU, or has none left."""

    def __init__(self) -> None:
        self.calls: list[int] = []  # texts of each
        self.refused = ""

    def GPU(self, function: Callable[..., Any], duration: int) -> Callable[..., Any]:  # noqa: N802
        """The function, with what it is asked for written down."""
        assert 0 < duration <= 60

        def called(model: str, texts: list[str], width: int) -> Any:
            self.calls.append(len(texts))
            if self.refused:
                raise RuntimeError(self.refused)
            return function(model, texts, width)

        return called


@pytest.fixture
def lender(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lender]:
    found = Lender()
    monkeypatch.setenv("SPACES_ZERO_GPU", "true")
    monkeypatch.setitem(sys.modules, "spaces", SimpleNamespace(GPU=found.GPU))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)  # as it pretends there
    monkeypatch.setattr(Seq2Seq, "to", lambda network, _: network)
    importlib.reload(lent)
    yield found
    monkeypatch.undo()
    importlib.reload(lent)


def test_many_texts_are_translated_on_a_lent_gpu_as_they_are_without(lender: Lender) -> None:
    found = lent.translations("transformer", TEXTS, 1)
    assert lender.calls == [len(TEXTS)]
    assert found == [lent.translations("transformer", [text], 1)[0] for text in TEXTS]
    assert lent.rows() == lent.MANY


def test_a_few_do_not_wait_for_one(lender: Lender) -> None:
    lent.translations("transformer", TEXTS[:-1], 1)
    assert lender.calls == []


def test_where_none_is_free_the_cpu_translates(
    lender: Lender, caplog: pytest.LogCaptureFixture
) -> None:
    lender.refused = "You have used up your quota."
    assert len(lent.translations("transformer", TEXTS, 1)) == len(TEXTS)
    assert "used up your quota" in caplog.text


@pytest.mark.usefixtures("lender")
def test_models_stay_on_the_cpu_there() -> None:
    assert best_device().type == "cpu"


def test_elsewhere_nothing_is_decorated_and_models_stay_where_they_are() -> None:
    network, _ = load("transformer")
    assert lent.on_gpu.__module__ == lent.__name__
    assert lent.rows() == lent.FEW
    assert next(network.parameters()).device.type == best_device().type
