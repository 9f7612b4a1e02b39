"""What holds for every instrument of every tab, on the untouched page and with each choice."""

import inspect
import json
import math
import re
import time
from collections.abc import Iterator
from functools import cache, partial
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

import gradio as gr
import pytest

import app
from playground.instrument import Instrument
from playground.page import api, link
from playground.page.answer import Answer, first_values
from playground.page.bench import Bench
from playground.page.code import source
from playground.settings import Choice, Number, Setting, Text, Toggle
from tests import laid_out
from tests.threads import together

TABS = {instrument.room: tab for tab in app.TABS for instrument in tab.instruments}
ALL = {one.room: one for tab in app.TABS for one in tab.instruments}
every = pytest.mark.parametrize("instrument", ALL.values(), ids=lambda one: one.name)
QUOTED = re.compile(r"“[^”]*”")
DECIMAL = re.compile(r"(?<![\w.,])(?<!< )([−-]?\d[\d,]*\.(\d+))( %)?")


def settings(instrument: Instrument) -> dict[str, Setting]:
    """The tab's inputs and the instrument's settings, by name."""
    return {one.name: one for one in (*TABS[instrument.room].inputs, *instrument.settings)}


def opening(instrument: Instrument) -> dict[str, Any]:
    """What the untouched page asks the instrument."""
    return first_values(list(settings(instrument).values()))


def choices(instrument: Instrument) -> list[dict[str, Any]]:
    """Any two choices with each two of their options; toggles and numbers with their two ends.

    A hidden choice, which only a pick changes, alone.
    """
    picks: list[tuple[str, Any]] = []
    ends: list[dict[str, Any]] = []
    for name, one in settings(instrument).items():
        if isinstance(one, Choice):
            picks += [(name, value) for value in one.labels]
        elif isinstance(one, Toggle):
            ends.append({name: not one.first})
        elif isinstance(one, Number):
            ends += [{name: one.check(value)} for value in (one.least, one.most)]
    alone = [dict([pick]) for pick in picks if settings(instrument)[pick[0]].hidden]
    picks = [pick for pick in picks if not settings(instrument)[pick[0]].hidden]
    pairs = [dict(pair) for pair in combinations(picks, 2) if pair[0][0] != pair[1][0]]
    return ends + alone + (pairs or [dict([pick]) for pick in picks])


@cache
def asked(room: str) -> tuple[list[Answer], dict[str, str]]:
    """The answers to the untouched page, to another example of the tab, and to each choice.

    With the sentences of the choices that are refused.
    """
    tab, instrument = TABS[room], ALL[room]
    first, refused = opening(instrument), {}
    found = [Answer(instrument, first)]
    for example in tab.examples[1:2]:
        found.append(Answer(instrument, first | {tab.inputs[0].name: example}))
    for choice in choices(instrument):
        try:
            found.append(Answer(instrument, first | choice))
        except ValueError as error:
            refused[str(choice)] = str(error)
    return found, refused


def answers(instrument: Instrument) -> list[Answer]:
    """What an instrument answers to everything that is not refused."""
    return asked(instrument.room)[0]


def keys(picture: dict[str, Any] | None) -> list[str]:
    """What picking the marks of a drawing, or the points of a chart, tells."""
    if picture is None:
        return []
    if picture["kind"] == "drawing":
        found = [mark.get("key") for mark in picture["marks"]]
    else:
        found = [one for trace in picture["data"] for one in leaves(trace.get("customdata"))]
    return list(dict.fromkeys(key for key in found if isinstance(key, str) and key))


def leaves(value: Any) -> Iterator[Any]:
    """Everything in lists and dictionaries, however deep."""
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves(part)
    else:
        yield value


def told(sentence: str) -> Iterator[tuple[str, float, float]]:
    """The numbers with decimals of a sentence, outside of quoted words: text, value, precision."""
    for text, decimals, percent in DECIMAL.findall(QUOTED.sub("“”", sentence)):
        value = float(text.replace("−", "-").replace(",", ""))
        part = 100 if percent else 1
        yield text + percent, value / part, 0.5 * 10.0 ** -len(decimals) / part


@every
def test_it_shows_only_the_figures_that_it_declares_the_first_of_them_at_once(
    instrument: Instrument,
) -> None:
    declared = [figure.name for figure in instrument.figures]
    assert len(set(declared)) == len(declared)
    for answer in answers(instrument):
        assert set(answer.shown) <= set(declared)
        assert declared[0] in answer.shown


def test_no_two_figures_of_the_page_have_one_name() -> None:
    names = [figure.name for instrument in ALL.values() for figure in instrument.figures]
    assert sorted(names) == sorted(set(names))


@every
def test_every_figure_is_told_in_sentences(instrument: Instrument) -> None:
    for answer in answers(instrument):
        for name, shown in answer.shown.items():
            assert shown.sentence == shown.sentence.strip() != "", name
            assert shown.sentence[-1] in ".?!…”", f"{name}: {shown.sentence}"
            assert not re.search(r"\de[+-]?\d", QUOTED.sub("", shown.sentence)), shown.sentence
            assert all(len(row) == len(shown.table.headers) for row in shown.table.body), name


@every
def test_an_answer_is_plain_json_and_so_is_its_panel(instrument: Instrument) -> None:
    for answer in answers(instrument):
        for value in (answer.trace.to_json(), json.loads(answer.to_json())):
            assert json.loads(json.dumps(value, allow_nan=False)) == value


@every
def test_every_number_of_a_sentence_is_in_the_json(instrument: Instrument) -> None:
    for answer in answers(instrument):
        numbers = [
            abs(float(one))
            for one in leaves(answer.trace.to_json())
            if isinstance(one, int | float) and not isinstance(one, bool)
        ]
        for name, shown in answer.shown.items():
            for text, value, precision in told(shown.sentence):
                near = min((abs(abs(value) - one) for one in numbers), default=math.inf)
                assert near <= precision * (1 + 1e-6), f"{text} of {name} is not in the JSON"


@every
def test_the_code_of_every_figure_is_found_without_running_it(instrument: Instrument) -> None:
    for figure in instrument.figures:
        assert figure.code, figure.name
        for name in figure.code:
            last = name.rpartition(".")[2]
            assert re.search(rf"^\s*(def|class) {last}\b", source(name), re.MULTILINE)


@every
def test_whatever_is_picked_is_answered(instrument: Instrument) -> None:
    """Each key changes settings that there are, to values that they can have."""
    known, answer = settings(instrument), answers(instrument)[0]
    for figure in instrument.figures:
        if figure.name not in answer.shown:
            continue
        picture = answer.shown[figure.name].picture
        found = keys(picture.to_json() if picture else None)
        assert bool(found) == (figure.pick is not None), figure.name
        for place, key in enumerate(found):
            assert figure.pick is not None
            change = figure.pick(key)
            assert change
            assert set(change) <= set(known), f"{figure.name}, {key!r}"
            fillable = {"text"} | {name for name, one in known.items() if one.may_be_filled}
            assert set(change) <= fillable, f"{change} is not declared as picked"
            for name, value in change.items():
                assert known[name].check(value) == value
            if place in (0, len(found) - 1):
                Answer(instrument, answer.values | answer.kept | change)


@every
def test_every_choice_is_answered_or_refused_in_one_sentence(instrument: Instrument) -> None:
    for choice, sentence in asked(instrument.room)[1].items():
        assert re.fullmatch(r"[A-Z][^\n]*\.", sentence), f"{choice}: {sentence}"
    assert answers(instrument)


@pytest.fixture(scope="module")
def benches() -> dict[str, Bench]:
    """Every tab laid out, by name."""
    return laid_out.benches()


@every
def test_a_link_to_it_restores_what_it_opens_with(
    instrument: Instrument, benches: dict[str, Bench]
) -> None:
    """By today's name and by every older one."""
    tab = TABS[instrument.room]
    made, first = benches[tab.name], opening(instrument)
    own = {one.name for one in instrument.settings}
    for view in link.called(instrument):
        address = {
            f"{view}.{name}" if name in own else name: json.dumps(value)
            for name, value in first.items()
        }
        query = urlencode({"tab": tab.name, "view": view, **address})
        answer = link.restored(gr.Tabs(), made)(f"?{query}")
        assert answer[made.view] == instrument.name
        assert json.loads(answer[made.act])["refused"] == ""
        assert made.values(instrument.name, {n: answer[c] for n, c in made.inputs.items()}) == first


@every
def test_an_endpoint_asks_for_what_a_person_sets_with_the_same_defaults(
    instrument: Instrument,
) -> None:
    known, text = settings(instrument), TABS[instrument.room].inputs[0].name
    for name, parameter in inspect.signature(instrument.explain).parameters.items():
        assert name in known
        if name != text and parameter.default is not inspect.Parameter.empty:
            assert parameter.default == known[name].default
    for function in instrument.answers.values():
        documentation = inspect.getdoc(function) or ""
        for name in inspect.signature(function).parameters:
            assert re.search(rf"^ +{name}: \S", documentation, re.MULTILINE), name


@pytest.fixture
def _timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every computation takes no time, so that answers that tell of it are equal."""
    monkeypatch.setattr(time, "perf_counter", lambda: 0.0)


@every
@pytest.mark.usefixtures("_timeless")
def test_the_notebook_cell_computes_what_the_endpoint_answers(instrument: Instrument) -> None:
    answer = json.loads(answers(instrument)[0].to_json())
    space: dict[str, Any] = {}
    exec(answer["cell"], space)
    call = answer["call"]
    endpoint = api.endpoints(app.TABS)[call["endpoint"]]
    assert space["trace"].to_json() == endpoint(*call["arguments"])


@pytest.mark.usefixtures("_timeless")
def test_eight_threads_get_what_each_gets_alone() -> None:
    """Eight students at once: everyone is answered as if nobody else were there."""
    calls = [
        partial(Answer, instrument, opening(instrument) | {"text": example})
        for instrument in ALL.values()
        for example in TABS[instrument.room].examples[:2]
    ]
    alone = [call().to_json() for call in calls]
    assert [answer.to_json() for answer in together(calls)] == alone


WRONG: dict[type[Setting], Any] = {Number: math.nan, Choice: "none", Toggle: "yes", Text: 7}


@every
def test_a_setting_that_cannot_be_is_refused_whoever_reads_it(instrument: Instrument) -> None:
    """Figures read some that `explain` never sees."""
    for setting in instrument.settings:
        with pytest.raises(ValueError, match="[.]$"):
            Answer(instrument, opening(instrument) | {setting.name: WRONG[type(setting)]})
