"""A link of any values opens a page that answers, and a call of any arguments gets one sentence."""

import inspect
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote, urlencode

import gradio as gr
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

import app
from benchmarks.page import Served
from playground.instrument import Tab
from playground.page import api, link
from playground.page.bench import Bench, answerer, bench
from tests.browser import PATIENCE

HUGE = "99999999999999999999"
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats()
    | st.text(st.characters(codec=None), max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)
WRITTEN = (
    VALUES.map(json.dumps)
    | st.text(max_size=20)
    | st.sampled_from([HUGE, "1e999", "-0", "[" * 900])
)
"""What stands after a name in an address: mostly JSON, for that is what links hold."""


@pytest.fixture(scope="module")
def benches() -> dict[str, Bench]:
    """Every tab laid out, by name."""
    with gr.Blocks():
        made = {}
        for tab in app.TABS:
            with gr.Tab() as place:
                made[tab.name] = bench(tab, place, shown=False)
        return made


def names(tab: Tab) -> list[str]:
    """Every name that a link to the tab may hold."""
    own = [f"{one.name}.{setting.name}" for one in tab.instruments for setting in one.settings]
    return [setting.name for setting in tab.inputs] + own


ASKED = st.sampled_from(app.TABS).flatmap(
    lambda tab: st.tuples(
        st.just(tab.name),
        st.sampled_from([one.name for one in tab.instruments]) | st.text(max_size=8),
        st.dictionaries(st.sampled_from(names(tab)), WRITTEN, max_size=4),
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ASKED)
@example(("attention", "elsewhere", {"elsewhere.seed": HUGE, "elsewhere.rule": '"shuffled"'}))
@example(("attention", "elsewhere", {"elsewhere.rule": '"typed"', "elsewhere.step": "480"}))
@example(("attention", "spotlight", {"text": '"Je\\ud800"'}))
@example(("next-word", "surgery", {"surgery.word": "160", "surgery.unit": "9999"}))
def test_whatever_a_link_holds_the_page_shows_it_and_answers(
    benches: dict[str, Bench], asked: tuple[str, str, dict[str, str]]
) -> None:
    """What is restored can be sent to a browser; with it the open instrument is answered."""
    tab, view, values = asked
    made = benches[tab]
    address = urlencode({"tab": tab, "view": view, **values}, errors="surrogatepass")
    shown = link.restored(gr.Tabs(), made)(f"?{address}")
    restored = {name: shown[component] for name, component in made.inputs.items()}
    json.dumps(restored, ensure_ascii=False, allow_nan=False).encode("utf-8")
    for name, (setting, _) in link.settings(made).items():
        assert setting.check(restored[name]) == restored[name]
    answer = answerer(made)(shown[made.view], shown[made.act], "", **restored)
    said = answer[made.note]["notice"]
    assert made.panels[shown[made.view]] in answer or said
    assert said == "" or (said.endswith(".") and "\n" not in said)
    panels = [answer[one] for one in made.panels.values() if one in answer]
    json.dumps([said, *panels], ensure_ascii=False, allow_nan=False).encode("utf-8")


def called(address: str, name: str, content: str) -> str:
    """What an endpoint says to the content of a call, its error included."""
    there = f"{address}/gradio_api/call/{name}"
    asked = urllib.request.Request(there, content.encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            event = json.loads(answer.read())["event_id"]
    except urllib.error.HTTPError as error:
        return error.read().decode()
    with urllib.request.urlopen(f"{there}/{event}", timeout=120) as answer:
        said: str = answer.read().decode()
    return said


@pytest.mark.processes
@pytest.mark.parametrize("tab", app.TABS, ids=lambda tab: tab.name)
def test_every_endpoint_answers_a_call_of_its_text_alone_and_names_a_missing_text(
    own: Served, tab: Tab
) -> None:
    for name, function in api.endpoints([tab]).items():
        parameters = list(inspect.signature(function).parameters)
        if parameters[:1] == ["text"]:
            said = called(own.address, name, json.dumps({"data": [tab.examples[0]]}))
            assert said.startswith("event: complete"), f"{name}: {said[:300]}"
            said = called(own.address, name, '{"data": []}')
            assert "The argument text is missing; please give text" in said, f"{name}: {said[:300]}"
            assert "\n" not in said
    assert "Traceback" not in own.log.read_text(encoding="utf-8")


@pytest.mark.processes
@pytest.mark.parametrize(
    ("name", "arguments", "wanted"),
    [
        ("elsewhere", ["oui", "shuffled", 1, "1", int(HUGE)], "not so large a number."),
        ("elsewhere", ["oui", "shuffled", 1, "1", 2**31], "to 2,147,483,647, not 2,147,483,648."),
        ("attend", ["Je\ud800"], "U+D800"),
        ("attend", [["oui"]], "please give the words as one string"),
        ("score", ["oui", "one"], "target must be a whole number"),
    ],
)
def test_bad_arguments_get_one_sentence_and_no_traceback(
    own: Served, name: str, arguments: list[Any], wanted: str
) -> None:
    said = called(own.address, name, json.dumps({"data": arguments}))
    assert wanted in said
    assert "Traceback" not in own.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        (f"tab=attention&view=elsewhere&elsewhere.seed={HUGE}", "seed"),
        ("tab=attention&text=" + quote('"Je\\ud800 pars"'), "text"),
        ("tab=attention&view=spotlight&spotlight.row=1e999&text=%ED%A0%80", "text and row"),
        ("tab=heads&view=" + quote("<img src=x onerror=alert(1)>"), "an instrument"),
        (urlencode({"tab": "translation", "text": "[" * 900}), "text"),
    ],
)
def test_a_link_of_values_that_cannot_be_opens_a_page_that_answers(
    browser: Browser, address: str, asked: str, refused: str
) -> None:
    restored = browser.new_page()
    faults: list[str] = []
    restored.on("pageerror", lambda error: faults.append(str(error)))
    restored.goto(f"{address}/?{asked}")
    notice = restored.locator(".notice:visible")
    expect(notice).to_contain_text(f"The link names {refused}", timeout=PATIENCE)
    expect(restored.locator("figure svg:visible").first).to_be_visible(timeout=PATIENCE)
    restored.wait_for_timeout(2_000)  # a person reads the notice before typing
    box = restored.locator(".sentence textarea:visible")
    box.fill("Il fait froid ce soir.")
    box.press("Enter")
    expect(notice).to_have_count(0, timeout=PATIENCE)
    restored.close()
    assert faults == []


def test_a_link_of_the_first_version_opens_long_sentences(browser: Browser, address: str) -> None:
    restored = browser.new_page()
    text = "Ma voisine a perdu ses clés dans le jardin."
    asked = urlencode({"tab": "attention", "view": "long", "text": json.dumps(text)})
    restored.goto(f"{address}/?{asked}&merged=false")
    told = restored.locator('#longer [data-place="sentence"]')
    expect(told).to_contain_text("This sentence has 9 words", timeout=PATIENCE)
    expect(restored.locator(".notice:visible")).to_have_count(0)
    restored.close()
