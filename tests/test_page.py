"""What all tabs share, and tabs three and four, in a real browser: type, see the figures change."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import (
    PATIENCE,
    choose_number,
    needs_browser,
    open_tab,
    type_sentence,
    words,
)

pytestmark = needs_browser


def ticks(page: Page, figure: str, axis: str) -> list[str]:
    return page.locator(f"#{figure} .{axis}tick text").all_text_contents()


def test_the_heads_tab_shows_the_chosen_head(page: Page) -> None:
    open_tab(page, "Self-attention heads")
    type_sentence(page, "Je mange une pomme.")
    expect(page.locator("#head .xtick text").nth(3)).to_have_text("pomme", timeout=PATIENCE)
    expect(page.get_by_text("Layer 1, head 1.")).to_be_visible()
    choose_number(page, "Head", "3")
    expect(page.get_by_text("Layer 1, head 3.")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Decoder", exact=True).check()
    expect(page.locator("#head .xtick text").first).to_have_text("⟨start⟩", timeout=PATIENCE)


def test_the_translation_tab_shows_the_best_of_its_beam(page: Page) -> None:
    open_tab(page, "Translation")
    expect(page.locator("#best tbody tr")).to_have_count(4)
    type_sentence(page, "Elle lit un livre.")
    expect(page.locator("#cross .xtick text").nth(3)).to_have_text("livre", timeout=PATIENCE)
    expect(page.locator("#beam textarea, #beam input")).to_have_value(re.compile("book"))
    choose_number(page, "Beam width", "2")
    expect(page.locator("#best tbody tr")).to_have_count(2, timeout=PATIENCE)


def test_an_example_can_be_clicked(page: Page) -> None:
    open_tab(page, "Attention")
    page.get_by_role("button", name="Elle a acheté une voiture rouge hier.").click()
    word = words(page, "spotlight").filter(has_text="rouge")
    expect(word.first).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("tab", ["Next word", "Attention", "Self-attention heads", "Translation"])
def test_bad_input_gets_a_sentence_and_the_last_answer_stays(page: Page, tab: str) -> None:
    open_tab(page, tab)
    drawn = page.locator("figure svg:visible, .js-plotly-plot:visible").first
    expect(drawn).to_be_visible(timeout=PATIENCE)
    type_sentence(page, "a b " * 2_500)
    expect(page.locator(".notice:visible")).to_contain_text("10,000 characters", timeout=PATIENCE)
    expect(drawn).to_be_visible()


def test_what_stands_in_a_javascript_template_is_shown_and_not_run(page: Page) -> None:
    """The greedy translation of such a text has it in one piece."""
    open_tab(page, "Translation")
    page.evaluate("window.ran = 0")
    type_sentence(page, "Je ${window.ran=1} pars.")
    expect(page.locator("#cross .xtick text").nth(1)).to_have_text("$", timeout=PATIENCE)
    assert page.evaluate("window.ran") == 0
    assert not page.get_by_text("Error rendering HTML").count()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_tab_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for tab in ("Next word", "Attention", "Self-attention heads", "Translation"):
        open_tab(page, tab)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
