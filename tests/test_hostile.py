"""Whatever an endpoint is given, it answers, or refuses in one sentence.

HOSTILE=2000 python -m pytest tests/test_hostile.py asks each endpoint that often.
"""

import inspect
import json
import os
from typing import Any

import gradio as gr
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import TABS
from playground.instrument import Tab
from playground.page import api
from playground.page.answer import BROKEN
from playground.page.bench import Bench, listener
from playground.settings import Choice, Number, Setting, Toggle
from tests import laid_out

ENDPOINTS = api.endpoints(TABS)
EXAMPLES = int(os.environ.get("HOSTILE", "6"))  # of each endpoint
LONGEST = 400  # characters of a sentence, in the words of this page
ANY_TEXT = st.text(st.characters(codec=None), max_size=80)  # lone surrogates, too
PLAIN = st.sampled_from(["Où est", "la gare", "?", "Il fait froid", "Once upon", "a time", "the"])
USUAL = st.lists(PLAIN, min_size=1, max_size=8).map(" ".join)
WORDS = st.sampled_from(
    ["Où est", "la gare", "?", "Once upon", "a time", "<b>the</b>", "${1} {{1}}", "⟨end⟩", "😀"]
    + ["\x00", "\u202e", "\ud800", "'", '"', "\\", "\n", "\t"]
)
SENTENCES = st.lists(WORDS, max_size=12).map(" ".join)
LONG = st.builds(lambda text, times: text * times, ANY_TEXT, st.sampled_from([30, 3_000]))
NUMBERS = (
    st.integers(-2, 12)
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.booleans()
)
ANYTHING = st.recursive(
    st.none() | NUMBERS | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


def usual(parameter: inspect.Parameter, setting: Setting | None) -> st.SearchStrategy[Any]:
    """What a person would give."""
    if isinstance(setting, Choice):
        return st.sampled_from([*setting.labels])
    if isinstance(setting, Number):
        least, most = int(setting.least), int(setting.most)
        return st.integers(least, min(most, least + 12)) | st.integers(least, most)
    if isinstance(setting, Toggle) or parameter.annotation is bool:
        return st.booleans()
    if parameter.default is not inspect.Parameter.empty:
        return st.just(parameter.default)
    return st.integers(0, 12) if parameter.annotation in (int, float) else USUAL


def values(parameter: inspect.Parameter) -> st.SearchStrategy[Any]:
    """What an argument may be given: what it should be, or anything else."""
    kinds: list[st.SearchStrategy[Any]] = [ANYTHING]
    if parameter.annotation is bool:
        kinds.append(st.booleans())
    elif parameter.annotation in (int, float):
        kinds += [st.integers(0, 6), NUMBERS]
    else:
        kinds += [SENTENCES, SENTENCES, ANY_TEXT, LONG, ANYTHING.map(json.dumps)]
    return st.one_of(kinds)


def declared(name: str) -> dict[str, Setting]:
    """The settings of the instrument that an endpoint belongs to, and of its tab."""
    return {
        setting.name: setting
        for tab in TABS
        for instrument in tab.instruments
        if name in instrument.answers
        for setting in (*tab.inputs[1:], *instrument.settings)
    }


def calls(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """The arguments of a call by name: usual ones, but for one, or all of them anything.

    Were they always anything, nearly every call would be refused at once, and no model asked.
    """
    parameters = inspect.signature(ENDPOINTS[name]).parameters
    known = declared(name)
    right = {name: usual(one, known.get(name)) for name, one in parameters.items()}
    wrong = {name: values(one) for name, one in parameters.items()}
    one_wrong = [st.fixed_dictionaries({**right, one: wrong[one]}) for one in parameters]
    return st.one_of(
        st.fixed_dictionaries(right), st.one_of(one_wrong), st.fixed_dictionaries(wrong)
    )


@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_endpoint_answers_or_refuses_in_one_sentence(name: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(calls(name))
    def ask(arguments: dict[str, Any]) -> None:
        try:
            answer = ENDPOINTS[name](**arguments)
        except gr.Error as refusal:
            said = str(refusal.message)
            assert said[-1:] in ".!?", said
            assert "\n" not in said, said
            assert len(said) < LONGEST, said
            said.encode("utf-8")
        else:
            json.dumps(answer, ensure_ascii=False, allow_nan=False).encode("utf-8")

    ask()


@pytest.fixture(scope="module")
def benches() -> dict[str, Bench]:
    """Every tab laid out, by name."""
    return laid_out.benches()


SAID = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("act", "asked", "said", "number", "picks", "refused"), ANYTHING)
).map(json.dumps)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_the_page_answers_whatever_it_is_sent_in_a_sentence(
    tab: Tab, benches: dict[str, Bench]
) -> None:
    """What is asked comes as the browser wrote it: Gradio does not look at it before."""
    made = benches[tab.name]
    first = {name: component.value for name, component in made.inputs.items()}
    answer = listener(made)
    views = [one.name for one in tab.instruments]
    shared = [one.name for one in tab.inputs]
    one_wrong = st.sampled_from(views).flatmap(
        lambda view: st.tuples(
            st.just(view),
            st.sampled_from([*shared, *(f"{view}.{one.name}" for one in made.settings(view))]),
        )
    )
    nowhere = st.tuples(ANYTHING, st.sampled_from(shared))

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(one_wrong | one_wrong | nowhere, SAID | ANYTHING, SAID | ANYTHING, ANYTHING)
    def ask(wrong: tuple[Any, str], act: Any, seen: Any, value: Any) -> None:
        view, name = wrong
        refused_in_a_sentence(
            json.dumps({"view": view, "act": act, "seen": seen, **first, name: value})
        )
        refused_in_a_sentence(value)

    def refused_in_a_sentence(question: Any) -> None:
        found = answer(question)
        said = found[made.note].get("notice", "")
        assert said == "" or said[-1:] in ".!?", said
        assert said != BROKEN

    ask()
