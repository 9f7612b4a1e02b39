"""Eight students at once: each instrument answers everyone as if nobody else were there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from playground.attention.align import explain as align
from playground.attention.elsewhere import RULE
from playground.attention.elsewhere import explain as elsewhere
from playground.attention.score import explain as score
from playground.attention.spotlight import explain as spotlight

TEXTS = [
    "Où est la gare ?",
    "Je n'ai pas vu ma sœur depuis hier.",
    "Il a 25 ans…",
    "Elle a acheté une voiture rouge.",
    "Il pleut depuis ce matin.",
]
CALLS: list[Callable[[], Any]] = [
    call
    for text in TEXTS
    for call in (
        partial(spotlight.explain, text),
        partial(spotlight.explain, text, merged=True),
        partial(align.explain, text),
        partial(score.explain, text, 2, 3),
        *(partial(elsewhere.explain, text, rule, 2, "0 1 1", 4) for rule in RULE.labels),
    )
]


def test_eight_threads_get_what_each_gets_alone() -> None:
    alone = [call().to_json() for call in CALLS]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda call: call().to_json(), CALLS * 3))
    assert together == alone * 3
