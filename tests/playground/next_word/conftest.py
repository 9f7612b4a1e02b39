"""A small causal Transformer beside the models that the page has."""

from typing import Any

import pytest

from playground.reading import words
from playground.reading.models import LANGUAGE_MODELS, Model
from seq_models import checkpoint
from seq_models.models import transformer_language_model
from seq_models.tokenizer import train_words
from tests.tiny import randomized, sentences


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> str:
    """Its name: a model added to the table, as anybody might."""
    tokenizer = train_words([english for english, _ in sentences()], 40)
    network = transformer_language_model(tokenizer.vocab_size, 12, 2, 3, 16, 0.1)
    served = checkpoint.Loaded(
        "tiny-folder", randomized(network), tokenizer, {}, "bundled", None, "", 0, "cpu"
    )
    sound = words.sound

    def found(folder: str) -> Any:
        return served if folder == "tiny-folder" else sound(folder)

    monkeypatch.setattr(words, "sound", found)
    monkeypatch.setitem(LANGUAGE_MODELS, "tiny", Model("Tiny", "tiny-folder", "a small one"))
    return "tiny"
