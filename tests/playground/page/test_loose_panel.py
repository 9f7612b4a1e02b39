"""A panel by itself in a browser: what it draws, what picking tells, what can be taken away."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from playground.charts import curves
from playground.drawing import Box, Drawing, Word, maps, pick_row, probability_bars
from playground.drawing import Path as Line
from tests.browser import PATIENCE
from tests.playground.page.loose_panel import Served, serving, shown, tell, value
from tests.playground.page.loose_panel import page as written

ODD = "<b>acheté</b>\uffff\x00 & ]]>"
CURVES = {"GRU": [(0.0, 3.0), (1.0, 2.0)], "LSTM": [(0.0, 3.5), (1.0, 2.5)]}


@pytest.fixture
def served() -> Iterator[Served]:
    with serving(written({"first": "wide", "second": 1, "third": 2})) as server:
        yield server


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Page]:
    expect.set_options(timeout=PATIENCE)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(served.address)
    yield page
    page.close()
    assert faults == []


def words(page: Page, *texts: str) -> None:
    """Let the first figure be a row of words to pick from, its last one chosen."""
    row = pick_row("at", texts, [f"k{n}" for n in range(len(texts))], len(texts) - 1)
    tell(page, value(first=shown(row)))


def take(page: Page, way: str) -> None:
    """Open "Take it away" in the first figure and press a button."""
    summary = page.locator("figure >> text=Take it away").first
    if not page.locator(f'[data-take="{way}"]').first.is_visible():
        summary.click()
    page.locator(f'[data-take="{way}"]').first.click()


def saved(page: Page, way: str) -> bytes:
    """What is saved."""
    with page.expect_download() as download:
        take(page, way)
    expect(page.locator('[data-place="took"]').first).to_have_text("Saved.")
    return Path(download.value.path()).read_bytes()


def test_a_panel_shows_the_figures_that_it_is_told_and_hides_the_others(open_page: Page) -> None:
    expect(open_page.locator("figure:visible")).to_have_count(0)
    words(open_page, "the", "cat")
    expect(open_page.locator("figure:visible")).to_have_count(1)
    expect(open_page.locator("figure:visible svg text")).to_contain_text(["at", "the", "cat"])
    expect(open_page.locator('[data-place="sentence"]').first).to_have_text("What it shows.")
    tell(open_page, value(second=shown(None)))
    expect(open_page.locator("figure:visible")).to_have_attribute("data-name", "second")
    expect(open_page.locator("figure:visible svg")).to_have_count(0)


def test_a_mark_is_picked_by_mouse_and_by_keyboard_and_keeps_the_focus(open_page: Page) -> None:
    words(open_page, "the", "cat")
    open_page.locator("svg text", has_text="cat").click()
    assert open_page.evaluate("window.picked") == [["pick", {"figure": "first", "key": "k1"}]]
    open_page.locator("svg text", has_text="the").focus()
    words(open_page, "the", "dog")
    open_page.keyboard.press("Enter")
    open_page.keyboard.press(" ")
    picked = [key for _, key in open_page.evaluate("window.picked")][1:]
    assert picked == [{"figure": "first", "key": "k0"}] * 2


def test_each_key_is_one_stop_of_the_keyboard_with_a_name(open_page: Page) -> None:
    tell(open_page, value(first=shown(probability_bars(["a", "b"], np.array([0.5, 0.25]), "xy"))))
    stops = open_page.locator("svg [tabindex]")
    expect(stops).to_have_count(2)
    expect(stops.first).to_have_attribute("aria-label", "a: 0.500000")
    expect(open_page.locator("svg")).to_have_attribute("aria-label", "What it shows.")


def test_texts_are_never_markup(open_page: Page) -> None:
    drawing = Drawing(400, 40, [Word(5, 20, ODD, title=ODD, key=ODD)])
    told = shown(drawing, ODD) | {"table": {"headers": [ODD], "body": [[ODD]]}, "formula": [ODD]}
    tell(open_page, value(first=told))
    expect(open_page.locator("figure b")).to_have_count(0)
    assert ODD.replace("\x00", "") in open_page.locator("svg text").text_content().replace(
        "\x00", ""
    )
    open_page.locator("svg text").click()
    assert open_page.evaluate("window.picked")[0][1]["key"] == ODD


def test_a_picture_stands_alone_whatever_is_written_in_it(open_page: Page) -> None:
    row = Drawing(99, 40, [Word(5, 20, ODD, title=ODD), Box(0, 0, 9, 9), Line([(0, 0), (9, 9)])])
    tell(open_page, value(first=shown(row)))
    picture = ElementTree.fromstring(saved(open_page, "svg"))
    text = next(one for one in picture.iter() if one.tag.endswith("text"))
    assert "acheté" in (text.text or "")
    assert "font-size: 15px" in text.attrib["style"]
    assert saved(open_page, "png")[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_huge_figure_is_saved_smaller_or_said_to_be_too_large(open_page: Page) -> None:
    tell(open_page, value(first=shown(Drawing(40_000, 30, [Box(0, 0, 40_000, 30)]))))
    head = saved(open_page, "png")
    assert 0 < int.from_bytes(head[16:20]) <= 40_000
    open_page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }")
    take(open_page, "png")
    expect(open_page.locator('[data-place="took"]').first).to_have_text(
        "This figure is too large for a PNG; SVG works."
    )


def test_a_table_opens_in_a_spreadsheet_and_runs_nothing_there(open_page: Page) -> None:
    body = [["acheté", "=1+1", "-0.5"], ['say "hi"', "@x", "+1e-3"], ["-cmd", "−2", "a,b"]]
    told = shown(None) | {"table": {"headers": ["w", "x", "y"], "body": body}}
    tell(open_page, value(first=told))
    text = saved(open_page, "csv").decode("utf-8")
    assert text == (
        '\ufeff"w","x","y"\r\n"acheté","\'=1+1","-0.5"\r\n'
        '"say ""hi""","\'@x","+1e-3"\r\n"\'-cmd","−2","a,b"\r\n'
    )


def test_json_comes_through_the_queue(open_page: Page, served: Served) -> None:
    words(open_page, "the")
    assert json.loads(saved(open_page, "json")) == {"answer": "é"}
    assert '{"data":["a text",3]}' in served.asked
    assert "/gradio_api/call/surgery/7" in served.asked


def test_a_refusal_is_told_in_a_sentence(open_page: Page, served: Served) -> None:
    words(open_page, "the")
    for path, sentence in [
        ("/gradio_api/call/surgery/7", "The server could not compute it"),
        ("/gradio_api/call/surgery", "The server takes no more requests just now"),
    ]:
        served.broken.add(path)
        take(open_page, "json")
        expect(open_page.locator('[data-place="took"]').first).to_contain_text(sentence)


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        ("", "Copied."),
        ("delete Navigator.prototype.clipboard", "Copied."),
        ("delete Navigator.prototype.clipboard; document.execCommand = () => false", "Ctrl-C"),
    ],
)
def test_a_cell_is_copied_one_way_or_another(open_page: Page, faults: str, sentence: str) -> None:
    words(open_page, "the")
    open_page.evaluate(f"() => {{ {faults} }}")
    take(open_page, "copy")
    expect(open_page.locator('[data-place="took"]').first).to_contain_text(sentence)
    if sentence == "Ctrl-C":
        assert "b('é')" in open_page.evaluate("getSelection().toString()")


def test_small_maps_are_drawn_and_each_can_be_picked(open_page: Page) -> None:
    tell(open_page, value(first=shown(maps(np.eye(4).reshape(1, 1, 4, 4).repeat(2, 1), (0, 1)))))
    expect(open_page.locator("svg image")).to_have_count(2)
    open_page.locator("svg g.pick").nth(1).click()
    open_page.locator("svg g.pick").first.press("Enter")
    assert [key["key"] for _, key in open_page.evaluate("window.picked")] == ["0,1", "0,0"]
    assert b"data:image/png" in saved(open_page, "svg")


def test_the_charts_library_is_asked_for_with_the_first_chart_and_again_if_that_failed(
    open_page: Page, served: Served
) -> None:
    words(open_page, "the")
    assert "/plotly.min.js" not in served.asked
    served.broken.add("/plotly.min.js")
    tell(open_page, value(first=shown(curves(CURVES))))
    expect(open_page.locator("figure .notice")).to_contain_text("could not be fetched")
    served.broken.clear()
    tell(open_page, value(first=shown(curves(CURVES))))
    expect(open_page.locator(".chart .scatterlayer .trace")).to_have_count(2)
    expect(open_page.locator("figure .notice")).to_have_count(0)


def test_a_chart_is_redrawn_in_place_follows_the_dark_and_tells_which_point_was_picked(
    open_page: Page,
) -> None:
    keys = {name: ["left", "right"] for name in CURVES}
    tell(open_page, value(first=shown(curves(CURVES, keys=keys))))
    name = open_page.locator(".chart .annotation-text").first
    light = name.evaluate("one => getComputedStyle(one).fill")
    open_page.evaluate("window.held = document.querySelector('.svg-container')")
    open_page.evaluate("document.body.classList.add('dark')")
    expect(name).not_to_have_css("fill", light)
    assert open_page.evaluate("window.held.isConnected")
    points = open_page.locator(".chart .scatterlayer .trace").first.locator(".point")
    box = points.nth(1).bounding_box()
    assert box
    open_page.mouse.move(box["x"] + 3, box["y"] + 3)
    open_page.mouse.click(box["x"] + 4, box["y"] + 4)
    assert open_page.evaluate("window.picked") == [["pick", {"figure": "first", "key": "right"}]]
    assert open_page.locator(".modebar-btn").count() == 2


def test_a_chart_can_be_taken_away_as_a_picture(open_page: Page) -> None:
    tell(open_page, value(first=shown(curves({"<b>GRU & co": [(0, 1.0), (1, 2.0)]}))))
    expect(open_page.locator(".chart .annotation-text")).to_have_count(1)
    picture = ElementTree.fromstring(saved(open_page, "svg"))
    assert any("GRU & co" in "".join(one.itertext()) for one in picture.iter())
    assert saved(open_page, "png")[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_drawing_may_follow_a_chart_and_a_chart_a_drawing(open_page: Page) -> None:
    tell(open_page, value(first=shown(curves(CURVES))))
    expect(open_page.locator(".chart .main-svg").first).to_be_visible()
    words(open_page, "the", "cat")
    expect(open_page.locator(".chart")).to_have_count(0)
    expect(open_page.locator("svg.drawing")).to_have_count(1)
    tell(open_page, value(first=shown(curves(CURVES))))
    expect(open_page.locator(".chart .main-svg").first).to_be_visible()
    expect(open_page.locator("svg.drawing")).to_have_count(0)


def test_figures_stand_side_by_side_where_there_is_room(open_page: Page) -> None:
    tell(open_page, value(second=shown(None), third=shown(None)))
    places = [open_page.locator(f'figure[data-name="{n}"]') for n in ("second", "third")]

    def tops() -> list[float]:
        return [place.bounding_box()["y"] for place in places]

    assert tops()[0] == tops()[1]
    open_page.set_viewport_size({"width": 390, "height": 844})
    assert tops()[0] < tops()[1]
    assert open_page.evaluate("document.documentElement.scrollWidth") == 390


def test_what_a_figure_offers_is_one_line_on_a_phone(open_page: Page) -> None:
    open_page.set_viewport_size({"width": 390, "height": 844})
    words(open_page, "the")
    tops = {
        open_page.locator("figure:visible summary").nth(n).bounding_box()["y"] for n in range(3)
    }
    assert len(tops) == 1
