"""Eight students at once: each instrument answers everyone as if nobody else were there."""

from collections.abc import Callable
from functools import partial
from typing import Any

from playground.attention.align import explain as align
from playground.attention.elsewhere import RULE
from playground.attention.elsewhere import explain as elsewhere
from playground.attention.score import explain as score
from playground.attention.spotlight import explain as spotlight
from tests.threads import together

TEXTS = [
    "Où est la gare ?",
    "Je n'ai pas vu ma sœur.",
    "Il a 25 ans…",
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
    assert [trace.to_json() for trace in together(CALLS)] == alone
