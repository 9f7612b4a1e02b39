"""The Self-attention heads tab in a real browser: picks lead to what the package computes."""

import pytest
from playwright.sync_api import Page, expect

from playground.drawing import percent
from playground.heads.one_head.explain import explain as one_head
from playground.heads.positions.explain import explain as positions
from playground.heads.query_meets_key.explain import explain as query_meets_key
from playground.heads.without_a_head.explain import explain as without_a_head
from tests.browser import PATIENCE, needs_browser, open_tab, says, type_sentence

pytestmark = [needs_browser, pytest.mark.browser]

TEXT = "Le chat noir dort."


@pytest.fixture
def tab(page: Page) -> Page:
    """The page with the heads' tab open on `TEXT`."""
    open_tab(page, "Self-attention heads")
    type_sentence(page, TEXT)
    says(page, "head", "“chat”")
    return page


def test_a_small_map_opens_its_head(tab: Page) -> None:
    tab.locator('#grid [data-key="3,5"]').click()
    says(tab, "head", "Layer 4, head 6.")
    tab.get_by_label("Decoder").check()
    says(tab, "head", "Layer 2, head 6.")  # the last layer that the decoder has


def test_a_head_is_pinned_beside_the_next_and_shows_what_it_takes(tab: Page) -> None:
    open_tab(tab, "One head")
    says(tab, "one-head", "Layer 2, head 5")
    tab.locator('#one-head-choice text:has-text("pin 2.5")').click()
    expect(tab.locator('#one-head-choice text:has-text("unpin 2.5")')).to_be_visible()
    tab.locator('#one-head-choice [data-key^="1 2 "]').first.click()
    first, second = one_head(TEXT, "encoder", 1, 2, pinned="2.5").heads
    says(tab, "one-head", f"Layer 1, head 2: {percent(first.looked_share)}")
    says(tab, "one-head", f"Layer 2, head 5: {percent(second.looked_share)}")
    tab.get_by_label("how much it takes").check()
    says(tab, "one-head-weights", "takes most, a vector of length")


def test_a_picked_query_meets_a_picked_key(tab: Page) -> None:
    open_tab(tab, "Query meets key")
    tab.locator('#meets text[data-key="word 3"]').click()
    tab.locator('#meets text[data-key="key 2"]').click()
    trace = query_meets_key(TEXT, "encoder", 1, 2, 3, 2)
    says(tab, "meets", "“noir” asks “chat”")
    says(tab, "meets", f"makes it {percent(trace.weights[1])}")
    says(tab, "meets-parts", "of “chat”")
    tab.get_by_label("Cross-attention").check()
    expect(tab.locator("#meets-parts")).to_be_hidden(timeout=PATIENCE)


def test_the_number_in_a_cell_picks_its_head(tab: Page) -> None:
    open_tab(tab, "Without a head")
    cell = tab.locator('#without [data-key="4 6"]')
    expect(cell).to_be_visible(timeout=PATIENCE)
    box = cell.bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    says(tab, "without-after", "With layer 4, head 6 at 0")
    says(tab, "without-after", f"{abs(without_a_head(TEXT, 'encoder', 4, 6).cost_bits):.2f} bits")


def test_the_words_are_shuffled_by_a_number(tab: Page) -> None:
    open_tab(tab, "Positions")
    for seed in (1, 2):
        tab.get_by_label("number input for Shuffle number").fill(str(seed))
        tab.get_by_label("number input for Shuffle number").press("Enter")
        share = float(positions(TEXT, "encoder", 2, 5, seed).words[1, 4])
        says(tab, "positions", f"{percent(share)} of its look goes with the words")
