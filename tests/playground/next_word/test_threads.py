"""Eight students at once, each with a model: everyone is answered as if alone."""

from collections.abc import Callable
from functools import partial
from typing import Any

from playground.next_word import TAB
from playground.next_word.choose.explain import continue_text
from playground.next_word.guess import PASSAGES
from playground.next_word.guess.explain import turn
from playground.page.answer import named
from playground.reading.models import LANGUAGE_MODELS
from tests.threads import together

TEXTS = [
    "The old man sat down by the fire and",
    "She opened the door and saw the Zzyzxq",
]


def calls() -> list[Callable[[], Any]]:
    """Every instrument, on every text and model."""
    asked: dict[str, Callable[[], Any]] = {}
    for instrument in TAB.instruments:
        values = {one.name: one.default for one in (*TAB.inputs, *instrument.settings)}
        for text in TEXTS:
            for model in LANGUAGE_MODELS:
                given = named(instrument.explain, values | {"text": text, "model": model})
                asked[f"{instrument.name} {given}"] = partial(instrument.explain, **given)
    return [*asked.values(), *(partial(turn, passage, 3, ["x"]) for passage in PASSAGES)]


def test_eight_threads_get_what_each_gets_alone(tiny: str) -> None:
    asked = calls()
    alone = [call().to_json() for call in asked]
    assert [trace.to_json() for trace in together(asked)] == alone


def test_eight_continuations_at_once_are_those_written_alone() -> None:
    def written(text: str, seed: int) -> list[str]:
        return list(continue_text(text, "gru", 8, seed=seed))

    asked = [partial(written, text, seed) for seed in range(4) for text in TEXTS]
    assert together(asked) == [call() for call in asked]
