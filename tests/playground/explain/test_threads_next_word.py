"""Eight students at once: each instrument answers everyone as if nobody else were there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from playground.explain import choice, guess, inside, look_back, next_word, surgery
from tests.playground.explain.test_choice import MODELS, serve_tiny

TEXTS = [
    "The old man sat down by the fire and",
    "Once upon a time there was a",
    "She opened the door and saw the Zzyzxq",
    "the",
]


def calls() -> list[Callable[[], Any]]:
    """Every instrument, on every text and model."""
    asked: list[Callable[[], Any]] = [
        call
        for text in TEXTS
        for model in MODELS
        for call in (
            partial(next_word.explain, text, model),
            partial(choice.explain, text, model, 1.2, 40, 0.9, len(text)),
            partial(inside.explain, text, model),
            partial(look_back.explain, text, model),
            partial(surgery.explain, text, model, "reset", 1),
        )
    ]
    for text in TEXTS:
        for model in ("rnn", "gru", "lstm"):
            asked += [partial(surgery.explain, text, model, o, 1, 5) for o in ("zero", "freeze")]
    asked += [partial(guess.turn, passage, 3, ["x"]) for passage in guess.PASSAGES]
    return asked


def test_eight_threads_get_what_each_gets_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    serve_tiny(monkeypatch)
    asked = calls()
    alone = [call().to_json() for call in asked]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda call: call().to_json(), asked * 3))
    assert together == alone * 3


def test_eight_continuations_at_once_are_those_written_alone() -> None:
    asked = [
        partial(choice.continue_text, text, "gru", 8, seed=n) for n in range(4) for text in TEXTS
    ]
    alone = [list(call()) for call in asked]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda call: list(call()), asked)) == alone
