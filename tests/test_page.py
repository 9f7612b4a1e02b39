"""What holds on every tab and for every instrument, in a real browser, here and on a Space."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect

from app import TABS
from benchmarks.page import served
from playground.instrument import Instrument, Tab
from tests.browser import PATIENCE, open_tab, type_sentence, watched

HUB = r"googleapis|huggingface\.co|ERR_NAME_NOT_RESOLVED|Space not found"
"""What Gradio's own page asks for on a Space, which is not there in a test."""
EVERY = [
    pytest.param(tab, instrument, id=instrument.name)
    for tab in TABS
    for instrument in tab.instruments
]


@pytest.fixture(scope="module")
def space(browser: Browser) -> Iterator[Page]:
    """The page as it runs on a Space, where some of Gradio's routes are closed."""
    with served(SYSTEM="spaces", SPACE_ID="somebody/playground") as there:
        yield from watched(browser, there.address, forgiven=HUB)


def opened(page: Page, tab: Tab, instrument: Instrument) -> None:
    """Open an instrument, its figures drawn."""
    open_tab(page, tab.title)
    open_tab(page, instrument.title)
    figure = instrument.figures[0].name
    expect(page.locator(f"#{figure} svg:visible").first).to_be_visible(timeout=PATIENCE)


@pytest.fixture(scope="module", params=[(1280, 800), (390, 844)], ids=["laptop", "phone"])
def screen(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The page on a laptop and on a phone, one for all tests."""
    width, height = request.param
    yield from watched(browser, address, {"width": width, "height": height})


@pytest.mark.parametrize(("tab", "instrument"), EVERY)
def test_an_opened_instrument_shows_its_first_figure_in_the_first_screen(
    screen: Page, tab: Tab, instrument: Instrument
) -> None:
    size = screen.viewport_size
    assert size is not None
    screen.evaluate("window.scrollTo(0, 0)")
    opened(screen, tab, instrument)
    assert screen.evaluate("document.documentElement.scrollWidth") <= size["width"]
    box = screen.locator(f"#{instrument.figures[0].name} svg:visible").first.bounding_box()
    assert box is not None
    top = box["y"] + screen.evaluate("window.scrollY")
    assert top < size["height"] - 150, f"{instrument.name} begins at {top} of {size['height']}"


@pytest.mark.parametrize(("tab", "instrument"), EVERY)
def test_every_figure_can_be_taken_away_on_a_space(
    space: Page, tab: Tab, instrument: Instrument, tmp_path: Path
) -> None:
    opened(space, tab, instrument)
    for figure in instrument.figures:
        place = space.locator(f"#{figure.name}")
        if not place.is_visible():
            continue  # the score of a game that nobody has played yet
        tools = place.locator("details", has_text="Take it away")
        tools.locator("summary").click()
        pictures = ("svg", "png") if figure is instrument.figures[0] else ()
        for kind in ("csv", "json", *pictures):
            button = tools.locator(f'[data-take="{kind}"]')
            if not button.is_visible():
                continue  # a chart has its own buttons for pictures
            with space.expect_download(timeout=PATIENCE) as download:
                button.click()
            saved = tmp_path / f"{figure.name}.{kind}"
            download.value.save_as(saved)
            assert saved.stat().st_size > 0
            expect(place.locator('[data-place="took"]')).to_have_text("Saved.")
        assert (tmp_path / f"{figure.name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert isinstance(json.loads((tmp_path / f"{figure.name}.json").read_bytes()), dict)
        tools.locator("summary").click()


@pytest.fixture(scope="module")
def linked(browser: Browser, address: str) -> Iterator[Page]:
    """The page that links are made on."""
    yield from watched(browser, address)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_a_link_opens_the_same_view_in_another_page(
    browser: Browser, linked: Page, tab: Tab
) -> None:
    """What a link of each instrument holds is tested without a browser, by `test_instruments`."""
    instrument = tab.instruments[-1]
    opened(linked, tab, instrument)
    linked.get_by_role("button", name="Link to what you see").locator("visible=true").click()
    box = linked.locator(f"#{tab.name}-link textarea, #{tab.name}-link input")
    expect(box).to_have_value(re.compile(rf"^http.*view={instrument.name}"), timeout=PATIENCE)
    asked = parse_qs(urlparse(linked.url).query)
    assert (asked["tab"], asked["view"]) == ([tab.name], [instrument.name])
    sentence = f'#{instrument.figures[0].name} [data-place="sentence"]'
    said = linked.locator(sentence).inner_text()
    with contextmanager(watched)(browser, linked.url) as other:
        expect(other.locator(sentence)).to_have_text(said, timeout=PATIENCE)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_bad_input_gets_a_sentence_that_stays_and_the_last_answer_too(page: Page, tab: Tab) -> None:
    opened(page, tab, tab.instruments[0])
    type_sentence(page, "a b " * 2_500)
    notice = page.locator(".notice:visible")
    expect(notice).to_contain_text("10,000 characters", timeout=PATIENCE)
    page.wait_for_timeout(1_000)
    expect(notice).to_be_visible()
    figure = page.locator(f"#{tab.instruments[0].figures[0].name}")
    expect(figure.locator("svg").first).to_be_visible()
    expect(page.locator(".stale:visible")).to_contain_text("of what was asked before")
    expect(figure).to_have_css("opacity", "0.45")
    type_sentence(page, tab.examples[1])
    expect(page.locator(".stale")).to_have_count(0, timeout=PATIENCE)
    expect(figure).to_have_css("opacity", "1")


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_a_refused_link_says_so_until_a_person_acts(
    browser: Browser, address: str, tab: Tab
) -> None:
    with contextmanager(watched)(browser, f"{address}/?tab={tab.name}&text=Bonjour") as page:
        notice = page.locator(".notice:visible")
        expect(notice).to_contain_text("text that cannot be", timeout=PATIENCE)
        page.wait_for_timeout(2_000)
        expect(notice).to_be_visible()
        type_sentence(page, tab.examples[1])
        expect(notice).to_have_count(0, timeout=PATIENCE)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_what_stands_in_a_javascript_template_is_shown_and_not_run(page: Page, tab: Tab) -> None:
    opened(page, tab, tab.instruments[0])
    page.evaluate("window.ran = 0")
    type_sentence(page, "Je ${window.ran=1} <img src=x onerror='window.ran=1'> pars.")
    page.wait_for_timeout(1_500)
    assert page.evaluate("window.ran") == 0
    assert not page.get_by_text("Error rendering HTML").count()
