"""The Self-attention heads tab in a real browser: picks lead to what the package computes."""

import re

import pytest
from playwright.sync_api import Page, expect

from playground.drawing import percent
from playground.heads.change_a_word.explain import explain as change_a_word
from playground.heads.left_out.explain import explain as left_out
from playground.heads.one_head.explain import explain as one_head
from playground.heads.positions.explain import explain as positions
from playground.heads.query_meets_key.explain import explain as query_meets_key
from playground.heads.without_a_head.explain import explain as without_a_head
from tests.browser import (
    PATIENCE,
    open_tab,
    says,
    text_box,
    told,
    type_sentence,
)

TEXT = "Le chat noir dort."


@pytest.fixture
def tab(page: Page) -> Page:
    """The page with the heads' tab open on `TEXT`."""
    open_tab(page, "Self-attention heads")
    type_sentence(page, TEXT)
    says(page, "head", "“chat”")
    return page


def test_a_small_map_opens_its_head(tab: Page) -> None:
    tab.locator('#grid [data-key="4 6"]').first.click()
    says(tab, "head", "Layer 4, head 6.")
    tab.get_by_label("Decoder", exact=True).check()
    says(tab, "head", "Layer 2, head 6.")  # the last layer that the decoder has


def test_a_point_opens_its_head_and_an_example_is_read(tab: Page) -> None:
    tab.locator("#heads-corpus").scroll_into_view_if_needed()
    point = tab.locator("#heads-corpus .point").nth(8)  # layer 2, head 3: six heads a layer
    expect(point).to_be_visible(timeout=PATIENCE)
    tab.locator("#heads-corpus .nsewdrag").scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(told(tab, "head")).to_have_text(re.compile(r"^Layer 2, head 3\."), timeout=PATIENCE)
    tab.locator('#heads-axes text[data-key="across distance"]').click()
    says(tab, "heads-axes", "To the right stands “distance”")
    example = tab.locator("#heads-examples text[data-key]").first
    sentence = example.get_attribute("data-key") or ""
    example.focus()
    tab.keyboard.press("Enter")  # the keyboard picks as the mouse does
    expect(text_box(tab)).to_have_value(sentence, timeout=PATIENCE)


def test_a_head_is_pinned_beside_the_next_and_shows_what_it_takes(tab: Page) -> None:
    open_tab(tab, "One head")
    says(tab, "one-head", "Layer 2, head 5")
    tab.locator('#one-head-choice text:has-text("pin 2.5")').click()
    expect(tab.locator('#one-head-choice text:has-text("unpin 2.5")')).to_be_visible()
    tab.locator('#one-head-choice [data-key^="1 2 "]').first.click()
    first, second = one_head(TEXT, "encoder", 1, 2, pinned="2.5").heads
    says(tab, "one-head", f"Layer 1, head 2: {percent(first.looked_share)}")
    says(tab, "one-head", f"Layer 2, head 5: {percent(second.looked_share)}")
    tab.get_by_label("how much it takes", exact=True).check()
    says(tab, "one-head-weights", "takes most, a vector of length")


def test_a_picked_query_meets_a_picked_key(tab: Page) -> None:
    open_tab(tab, "Query meets key")
    tab.locator('#meets text[data-key="word 3"]').click()
    tab.locator('#meets text[data-key="key 2"]').click()
    trace = query_meets_key(TEXT, "encoder", 1, 2, 3, 2)
    says(tab, "meets", "“noir” asks “chat”")
    says(tab, "meets", f"makes it {percent(trace.weights[1])}")
    says(tab, "meets-parts", "of “chat”")
    tab.get_by_label("Cross-attention", exact=True).check()
    expect(tab.locator("#meets-parts")).to_be_hidden(timeout=PATIENCE)


def test_the_number_in_a_cell_picks_its_head(tab: Page) -> None:
    open_tab(tab, "Without a head")
    cell = tab.locator('#without [data-key="4 6"]').first
    expect(cell).to_be_visible(timeout=PATIENCE)
    cell.click(force=True)  # in its middle, whatever lies there
    says(tab, "without-after", "With layer 4, head 6 at 0")
    says(tab, "without-after", f"{abs(without_a_head(TEXT, 'encoder', 4, 6).cost_bits):.2f} bits")


def test_a_head_has_its_mean_instead(tab: Page) -> None:
    open_tab(tab, "Without a head")
    tab.get_by_label("its corpus mean", exact=True).check()
    cost = without_a_head(TEXT, "encoder", 2, 5, instead="mean").cost_bits
    says(tab, "without-after", "replaced by its corpus mean")
    worth = f"{abs(cost):.2f} bits"
    says(tab, "without-after", worth if worth != "0.00 bits" else "loses nothing")
    tab.locator("#without-disagreement text[data-key]").first.click()
    expect(text_box(tab)).not_to_have_value(TEXT, timeout=PATIENCE)


def test_the_layers_a_changed_word_and_the_textbook_answer_to_picks(tab: Page) -> None:
    open_tab(tab, "Through the layers")
    says(tab, "layers", "Read from layer 1 the decoder would write")
    tab.locator('#layers-moves text[data-key="2"]').first.click()
    says(tab, "layers-word", "To “chat”")
    open_tab(tab, "Change a word")
    tab.locator('#changed text[data-key="2"]').first.click()
    says(tab, "changed", "With “chat” replaced by “sœur”")
    tab.get_by_label("masked", exact=True).check()
    says(tab, "changed", change_a_word(TEXT, "encoder", "mask", word=2).changed_written)
    tab.locator('#changed-heads [data-key="1 2"]').first.click()
    says(tab, "changed-look", "Layer 1, head 2")
    open_tab(tab, "What the textbook leaves out")
    tab.locator('#left-out-costs text[data-key="cross"]').first.click()
    says(tab, "left-out", left_out(TEXT, without="cross").after)


def test_the_words_are_shuffled_by_a_number(tab: Page) -> None:
    open_tab(tab, "Positions")
    for seed in (1, 2):
        tab.get_by_label("number input for Shuffle number", exact=True).fill(str(seed))
        tab.get_by_label("number input for Shuffle number", exact=True).press("Enter")
        share = float(positions(TEXT, "encoder", 2, 5, seed).words[1, 4])
        says(tab, "positions", f"{percent(share)} of its look goes with the words")
