"""The Attention tab in a real browser: each instrument shows what the package computes."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from playground.attention.align.explain import explain as align
from playground.attention.elsewhere.explain import explain as elsewhere
from playground.attention.long_sentences import LONGER
from playground.attention.long_sentences.explain import explain as long_sentences
from playground.attention.score.explain import explain as score
from playground.attention.spotlight.explain import explain as spotlight
from playground.drawing import percent
from tests.browser import (
    PATIENCE,
    choose_number,
    open_tab,
    says,
    told,
    type_sentence,
)

TEXT = "Je mange une pomme rouge."


@pytest.fixture
def tab(page: Page) -> Page:
    """The page with the Attention tab open on `TEXT`."""
    open_tab(page, "Attention")
    type_sentence(page, TEXT)
    says(page, "spotlight", f"“{spotlight(TEXT).translation}”")
    return page


def test_the_spotlight_lights_the_picked_row_and_hides_weak_links(tab: Page) -> None:
    trace = spotlight(TEXT, merged=True)
    for row in (3, 1):
        tab.locator(f'#spotlight text[data-key="{row}"]').click()
        best = int(trace.weights[row].argmax())
        share = percent(trace.weights[row, best])
        says(
            tab,
            "spotlight",
            f"“{trace.target[row]}” it looked most at “{trace.source[best]}” ({share})",
        )
    tab.locator('#spotlight text[data-key="-1"]').press("Enter")
    says(tab, "spotlight", "Strongest between words")
    choose_number(tab, "Hide weights below", "0.1")
    hidden = int((trace.weights < 0.1).sum())
    says(tab, "spotlight", f"Hidden: {hidden} of {trace.weights.size} links")
    tab.get_by_label("Ribbons", exact=True).check()
    paths = tab.locator("#spotlight path.line")
    expect(paths).to_have_count(trace.weights.size - hidden, timeout=PATIENCE)


def test_words_are_whole_until_a_person_asks_for_pieces(page: Page) -> None:
    open_tab(page, "Attention")
    text = "Zsófia mange."
    type_sentence(page, text)
    words = page.locator("#spotlight text.source")
    expect(words).to_contain_text(spotlight(text, merged=True).source, timeout=PATIENCE)
    page.get_by_label("Pieces joined into words").locator("visible=true").uncheck()
    expect(words).to_contain_text(spotlight(text).source, timeout=PATIENCE)


def test_the_score_is_taken_apart_for_the_picked_words(tab: Page) -> None:
    open_tab(tab, "Inside the score")
    first = score(TEXT, 1, 1)
    best = int(first.weights.argmax())
    says(tab, "score", f"“{first.source[best]}”, which gets {percent(first.weights[best])}")
    tab.locator('#score text[data-key="t3"]').click()
    says(tab, "score", f"About to write “{spotlight(TEXT).target[3]}”")
    tab.locator('#score text[data-key="s2"]').click()
    trace = score(TEXT, 4, 3)
    best = int(trace.weights.argmax())
    says(tab, "score", f"“{trace.source[best]}”, which gets {percent(trace.weights[best])}")
    says(tab, "terms", f"For “{trace.source[2]}”, unit ")
    cells = tab.locator("#terms tbody tr:last-child td").last
    expect(cells).to_have_text(f"{trace.rest:.6f}")
    tab.locator("#terms summary", has_text="The sum and the code").click()
    expect(tab.locator("#terms pre").first).to_contain_text("def terms")
    expect(tab.locator('#terms [data-place="formula"]')).to_contain_text(
        f"score({trace.source[2]}) ="
    )


def test_looking_elsewhere_writes_another_translation(tab: Page) -> None:
    open_tab(tab, "What if it looked elsewhere")
    for label, rule in [("Last piece only", "last"), ("Diagonal", "diagonal")]:
        tab.get_by_label(label, exact=True).check()
        trace = elsewhere(TEXT, rule)
        says(tab, "elsewhere", f"Replaced: “{trace.replaced.translation}”")
        says(tab, "elsewhere", f"costs {abs(trace.cost_bits):.1f} bits")
    tab.locator('#elsewhere-weights text[data-key="1"]').click()
    trace = elsewhere(TEXT, "typed", 2, "1")
    says(tab, "elsewhere", f"Replaced: “{trace.replaced.translation}”")
    says(tab, "elsewhere", f"costs {abs(trace.cost_bits):.1f} bits")
    tab.locator('#elsewhere-weights text[data-key="c4"]').click()
    tab.get_by_role("button", name="More settings").locator("visible=true").click()
    expect(tab.get_by_label("Weights for that step")).to_have_value("0 0 0 0 1")
    trace = elsewhere(TEXT, "typed", 2, "0 0 0 0 1")
    says(tab, "elsewhere", f"Replaced: “{trace.replaced.translation}”")
    tab.get_by_label("Weights for that step").fill("1 and 2")
    expect(tab.locator(".notice:visible")).to_contain_text("'and' is no number", timeout=PATIENCE)


def test_the_alignment_is_summed_up_for_what_is_typed(tab: Page) -> None:
    open_tab(tab, "How well does it align")
    trace = align(TEXT, merged=True)
    says(tab, "coverage", f"“{trace.most}” is looked at most")
    says(tab, "entropy", f"sharpest for “{trace.sharpest}” and broadest for “{trace.broadest}”")
    titles = tab.locator("#coverage text.source title").all_text_contents()
    shown = [title.rsplit(": ", 1) for title in titles]
    assert [word for word, _ in shown] == trace.source
    np.testing.assert_allclose([float(value) for _, value in shown], trace.coverage, rtol=1e-4)
    expect(told(tab, "rates")).to_contain_text(
        re.compile("wrong or missing|has not been measured for these weights")
    )


def test_a_longer_sentence_can_be_picked(tab: Page) -> None:
    open_tab(tab, "Long sentences")
    says(tab, "longer", "This sentence has 5 words")
    tab.locator('#longer text[data-key="1"]').press("Enter")
    expect(tab.locator(".sentence textarea:visible")).to_have_value(LONGER[1], timeout=PATIENCE)
    trace = long_sentences(LONGER[1])
    says(tab, "longer", f"This sentence has {trace.words} words")
    for translation in trace.translations.values():
        says(tab, "longer", translation)
