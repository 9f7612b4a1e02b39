"""The Translation tab in a real browser: every instrument is walked through once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from playground.drawing import minus
from playground.translation.beam.explain import explain as beam
from playground.translation.fault.explain import explain as fault
from playground.translation.shared import EXAMPLES
from playground.translation.steer.explain import explain as steer
from playground.translation.walk.explain import explain as walk
from seq_models.beam import Hypothesis
from seq_models.rerank import Penalties, ranked
from tests.browser import (
    PATIENCE,
    open_tab,
    says,
    told,
    watched,
    words,
)

TEXT = EXAMPLES[0]


@pytest.fixture(scope="module")
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """The tab as it opens, one page for all tests: each opens an instrument of its own."""
    for page in watched(browser, address):
        open_tab(page, "Translation")
        says(page, "found", "score")
        yield page


TOLD = ("/heartbeat", "/reset")  # that a browser lives, that an event of it is over


@contextmanager
def asks_nothing(page: Page) -> Iterator[None]:
    """The server is asked for nothing meanwhile."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "gradio_api" in request.url and not any(one in request.url for one in TOLD):
            asked.append(request.url)

    page.on("request", note)
    yield
    page.remove_listener("request", note)
    assert not asked


def slide(page: Page, name: str, value: float) -> None:
    """Move a slider of the figure that ranks anew."""
    page.locator(f'#ranked [data-name="{name}"]').evaluate(
        "(input, value) => { input.value = value; input.dispatchEvent(new Event('input')); }", value
    )


def test_the_untouched_tab_tells_where_greedy_and_beam_search_part(tab: Page) -> None:
    """The first example has to be one where they do, of the weights that are bundled."""
    trace = beam(TEXT)
    assert trace.parting is not None
    assert trace.greedy.text != trace.translation
    before = trace.parting.before
    says(tab, "search", f"They part after “{before}”" if before else "They part at the first word")
    says(tab, "found", f"Greedy decoding stops at “{trace.greedy.text}”")


@pytest.mark.parametrize(
    ("kind", "alpha", "beta", "least"),
    [("length", 0.0, 0, 1), ("length", 2.0, 0, 1), ("gnmt", 0.6, 0.2, 1), ("length", 1.0, 0.5, 99)],
)
def test_ranking_anew_says_what_the_package_says_and_asks_nobody(
    tab: Page, kind: str, alpha: float, beta: float, least: int
) -> None:
    """Oracle: `seq_models.rerank` on the finished texts of the endpoint's answer."""
    open_tab(tab, "Beam search")
    trace = beam(TEXT)
    texts = [  # only the length and the sum count
        Hypothesis((7,) * one.length, (one.log_probability, *[0.0] * (one.length - 1)))
        for one in trace.finished
    ]
    least = min(least, max(one.length for one in trace.finished))  # the slider ends there
    penalties = Penalties(kind, alpha, beta, least)
    order = ranked(texts, penalties, [one.coverage for one in trace.finished])
    with asks_nothing(tab):
        tab.locator('#ranked [data-name="kind"]').select_option(kind)
        for name, value in (("alpha", alpha), ("beta", beta), ("least", least)):
            slide(tab, name, value)
        rows = tab.locator("#ranked tbody tr")
        wanted = list(dict.fromkeys(trace.finished[place].text for place in order))
        expect(rows.locator("th")).to_have_text(wanted)
        says(tab, "ranked", f"“{wanted[0]}”")
    drawn = [text for text in words(tab, "ranked").all_text_contents() if text in wanted]
    assert drawn == wanted


def test_a_ranking_that_a_new_search_could_change_says_so(tab: Page) -> None:
    open_tab(tab, "Beam search")
    tab.get_by_role("button", name="As searched").click()
    says(tab, "ranked", "A new search with this penalty would end with the same text.")
    slide(tab, "alpha", 2)
    says(tab, "ranked", "what was still alive")
    tab.get_by_role("button", name="As searched").click()


def test_a_link_restores_how_the_texts_are_ranked(tab: Page, browser: Browser) -> None:
    open_tab(tab, "Beam search")
    tab.locator('#ranked [data-name="kind"]').select_option("gnmt")
    slide(tab, "alpha", 0.4)
    tab.get_by_role("button", name="Link to what you see").locator("visible=true").click()
    expect(tab.locator("#translation-link textarea")).to_have_value(re.compile("figure.ranked="))
    with contextmanager(watched)(browser, tab.url) as other:
        expect(other.locator('#ranked [data-name="kind"]')).to_have_value("gnmt", timeout=PATIENCE)
        expect(other.locator('#ranked [data-name="alpha"]')).to_have_value("0.4")
        expect(told(other, "ranked")).to_have_text(told(tab, "ranked").inner_text())


@pytest.mark.parametrize("wrong", ["[", "7", "null", '{"kind": "toString", "alpha": "<b>"}', ""])
def test_a_link_of_no_such_ranking_ranks_as_searched(
    browser: Browser, address: str, wrong: str
) -> None:
    link = urlencode({"tab": "translation", "view": "beam", "figure.ranked": wrong})
    with contextmanager(watched)(browser, f"{address}/?{link}") as page:
        says(page, "ranked", "A new search with this penalty would end with the same text.")
        expect(page.locator('#ranked [data-name="kind"]')).to_have_value("length")


def test_the_search_is_walked_through_by_mouse_and_keyboard_and_asks_nobody(tab: Page) -> None:
    open_tab(tab, "Step by step")
    trace = walk(TEXT)
    count = tab.locator("#walk .walk output")
    expect(count).to_have_text(f"step 1 of {len(trace.alive)}", timeout=PATIENCE)
    with asks_nothing(tab):
        tab.get_by_label("One step forward", exact=True).click()
        expect(count).to_have_text(f"step 2 of {len(trace.alive)}")
        tab.keyboard.press("ArrowRight")
        expect(count).to_have_text(f"step 3 of {len(trace.alive)}")
        tab.get_by_label("One step back", exact=True).click()
        tab.keyboard.press("End")
        says(tab, "walk", f"the best is “{trace.translation}”")
        tab.keyboard.press("Home")
        tab.keyboard.press("ArrowRight")  # its button is at an end
        expect(count).to_have_text(f"step 2 of {len(trace.alive)}")
        tab.get_by_role("button", name="Play").click()
        later = re.compile(rf"^step ([4-9]|\d\d) of {len(trace.alive)}$")
        expect(count).to_have_text(later, timeout=PATIENCE)
        tab.get_by_role("button", name="Pause").click()
        expect(tab.get_by_role("button", name="Play")).to_be_visible()
        tab.get_by_role("button", name="Play").click()
    open_tab(tab, "Beam search")
    tab.wait_for_timeout(1_500)  # longer than a step stays
    open_tab(tab, "Step by step")
    expect(tab.get_by_role("button", name="Play")).to_be_visible()


def test_who_wants_no_motion_goes_step_by_step(browser: Browser, address: str) -> None:
    for page in watched(browser, f"{address}/?tab=translation&view=walk", still=True):
        count = page.locator("#walk .walk output")
        expect(count).to_contain_text("step 1 of", timeout=PATIENCE)
        expect(page.get_by_role("button", name="Play")).to_be_hidden()
        page.get_by_label("One step forward", exact=True).click()
        expect(count).to_contain_text("step 2 of")


def test_a_translation_is_steered_by_picking_and_typing(tab: Page) -> None:
    open_tab(tab, "Steer it")
    trace = steer(TEXT, at=2)
    tab.locator('#steered text[data-key="at:2"]').click()
    says(tab, "instead", "At place 2 stands")
    taken = trace.alternatives[1].beginning
    tab.locator(f'#instead text[data-key="to:{taken}"]').click()
    says(tab, "steered", f"“{steer(TEXT, beginning=taken, taken=taken).translation}”")
    tab.locator("#steer-typed textarea, #steer-typed input").fill("sings")
    tab.get_by_role("button", name="Put it there").click()
    box = tab.locator("#steer-beginning-setting textarea, #steer-beginning-setting input")
    first = taken.split()[0]
    expect(box).to_have_value(f"{first} sings ", timeout=PATIENCE)
    unfinished = f"{first} is a be"
    box.fill(unfinished)
    says(tab, "steered", f"“{steer(TEXT, beginning=unfinished).translation}”")
    wanted = tab.locator("#steer-reference-setting textarea, #steer-reference-setting input")
    wanted.fill(trace.translation)
    says(tab, "keystrokes", "saved")


def test_the_verdict_follows_what_was_expected(tab: Page) -> None:
    open_tab(tab, "Whose fault?")
    box = tab.locator("#fault-expected-setting textarea, #fault-expected-setting input")
    box.fill(fault(TEXT, expected="").suspects[0].text)
    says(tab, "suspects", "The beam found just what you expected.")
    box.fill("I hate cheese.")
    says(tab, "suspects", "Model error")
    says(tab, "suspects", "proved that nothing likelier exists")
    assert told(tab, "missed").inner_text()


def test_the_other_instruments_tell_their_story(tab: Page) -> None:
    open_tab(tab, "Taught and alone")
    says(tab, "taught", "Led, it agrees with the teacher at")
    open_tab(tab, "Two generations")
    says(tab, "generations", "Recurrent with attention: “")
    open_tab(tab, "Samples")
    says(tab, "drawn", "Minimum Bayes risk chooses")
    open_tab(tab, "Wider is not better?")
    says(tab, "wider-here", "Bold where a wider beam finds something else.")
    tab.get_by_label("log P alone", exact=True).check()
    alone = minus(f"{beam(TEXT, beam_width=4, length_penalty=0).log_probability:.3f}")
    expect(words(tab, "wider-here").filter(has_text=alone).first).to_be_visible(timeout=PATIENCE)


def test_many_sentences_come_from_a_file_and_what_is_translated_stays(
    tab: Page, tmp_path: Path
) -> None:
    open_tab(tab, "Many sentences")
    says(tab, "many", "1 line is translated.")
    tab.get_by_role("button", name="Translate all").click()
    scores = tab.locator("#many-scores textarea")
    expect(scores).to_have_value(re.compile("^On 5 lines: BLEU .*chrF"), timeout=PATIENCE)
    expect(tab.locator("#many-table")).to_contain_text("in the garden.", timeout=PATIENCE)
    bad, good = tmp_path / "bad.csv", tmp_path / "good.tsv"
    bad.write_bytes("Il pleut.\nC'est l'été.".encode("latin-1"))
    tab.locator("#many-file input[type=file]").set_input_files(bad)
    expect(tab.locator(".notice:visible")).to_contain_text("Line 2 is not UTF-8", timeout=PATIENCE)
    good.write_text("\ufeffIl pleut.\tIt rains.\r\nJe t'aime.\tI love you.\r\n" * 40)
    tab.locator("#many-file input[type=file]").set_input_files(good)
    pasted = tab.locator("#many-lines textarea")
    expect(pasted).to_have_value(re.compile("^Il pleut"), timeout=PATIENCE)
    tab.get_by_role("button", name="Translate all").click()
    bar = tab.locator("#many-bar")
    expect(bar).to_contain_text("All 80 lines are translated.", timeout=PATIENCE)
    expect(scores).to_have_value(re.compile("^On 80 lines: BLEU .*tok:13a.*chrF"), timeout=PATIENCE)
    long = "Elle lit un long livre près de la fenêtre et regarde la pluie qui tombe sur le jardin."
    tab.locator("#many-lines textarea").fill("\n".join(f"{n} {long} {long}" for n in range(900)))
    tab.get_by_role("button", name="Translate all").click()
    expect(bar).to_contain_text(re.compile(r"\b[1-9]\d* of 900 lines; about"), timeout=PATIENCE)
    tab.get_by_role("button", name="Stop", exact=True).click()
    expect(bar).to_contain_text("what is translated stays", timeout=PATIENCE)
    expect(tab.locator("#many-table")).to_contain_text("window", timeout=PATIENCE)
    expect(tab.locator("#many-table")).to_contain_text("window")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as CSV").click()
    download.value.save_as(tmp_path / "saved.csv")
    assert "Elle lit un long livre" in (tmp_path / "saved.csv").read_text(encoding="utf-8-sig")


def test_a_link_goes_from_its_field_when_what_is_seen_changes(tab: Page) -> None:
    open_tab(tab, "Beam search")
    field = tab.locator("#translation-link textarea")
    ask = tab.get_by_role("button", name="Link to what you see").locator("visible=true")
    ask.click()
    expect(field).to_have_value(re.compile("view=beam"))
    with asks_nothing(tab):
        slide(tab, "alpha", 0.4)
        expect(field).to_have_value("")
        tab.get_by_role("button", name="As searched").click()
    ask.click()
    expect(field).to_have_value(re.compile("view=beam"))
    open_tab(tab, "Samples")
    expect(field).to_have_value("", timeout=PATIENCE)
    ask.click()
    expect(field).to_have_value(re.compile("view=samples"))


SMALL = """(page) => [...page.querySelectorAll("span, p, label, button, input, .info-text")]
  .filter((one) => one.checkVisibility() && (one.textContent.trim() || one.value))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 14).map((one) => one.outerHTML)"""


def test_controls_can_be_read_from_the_last_row(tab: Page) -> None:
    for name in ("Many sentences", "Samples"):
        open_tab(tab, name)
        expect(tab.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        assert tab.locator("body").evaluate(SMALL) == []


def test_on_a_phone_what_is_open_is_in_sight_and_so_are_the_translations(
    browser: Browser, address: str
) -> None:
    link = f"{address}/?tab=translation&view=samples"
    with contextmanager(watched)(browser, link, {"width": 390, "height": 844}) as page:
        says(page, "drawn", "Minimum Bayes risk chooses")
        for name in ("Translation", "Samples"):
            expect(page.get_by_role("tab", name=name, exact=True)).to_be_in_viewport(ratio=0.95)
        first = words(page, "drawn").filter(has_text=re.compile(r"^\w+.* \w+.* \w+")).first
        box = first.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] < 390
        open_tab(page, "Many sentences")
        expect(page.get_by_role("tab", name="Many sentences", exact=True)).to_be_in_viewport(
            ratio=0.95
        )
