"""The Learning tab in a real browser: the film, and a live training from its start to its end."""

import json
import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from playground.learning.film.explain import explain
from playground.learning.train.explain import explain as plan_of
from tests.browser import (
    PATIENCE,
    choose_number,
    open_tab,
    says,
    text_box,
    type_sentence,
    words,
)


@pytest.fixture
def tab(page: Page) -> Page:
    """The page with the Learning tab open."""
    open_tab(page, "Learning")
    says(page, "film", "“gninrael”")
    return page


def test_the_untouched_tab_shows_a_film_with_its_attention(tab: Page) -> None:
    trace = explain("learning")
    expect(tab.locator("#film svg image, #film svg [data-key]")).not_to_have_count(0)
    expect(words(tab, "film")).to_contain_text(["l"])
    says(tab, "exact", "Unseen examples without a fault")
    says(tab, "film", f"After {trace.runs[0].stages[-1]:,} of")


def test_a_stage_is_gone_back_to_and_asked_ones_own_text(tab: Page) -> None:
    tab.locator('#film [data-key="1"]').first.click()
    says(tab, "film", "Untrained")
    choose_number(tab, "Stage", "9")
    type_sentence(tab, "stressed")
    says(tab, "film", f"“{explain('stressed').runs[0].answer}” to “stressed”")


def test_a_slider_that_is_taken_back_is_answered(tab: Page) -> None:
    stage = tab.locator("#film-stage-setting")
    choose_number(tab, "Stage", "1")
    says(tab, "film", "Untrained")
    stage.get_by_role("button", name=re.compile("reset", re.IGNORECASE)).click()
    says(tab, "film", "After")


def test_what_is_being_typed_stays_as_it_is(tab: Page) -> None:
    type_sentence(tab, "stressed ")
    says(tab, "film", "“stressed”")
    expect(text_box(tab)).to_have_value("stressed ")
    text_box(tab).fill("")
    says(tab, "film", "“learning”")
    expect(text_box(tab)).to_have_value("")
    tab.get_by_label("Dates", exact=True).locator("visible=true").check()
    says(tab, "film", "samedi 9 mai 1998")
    type_sentence(tab, "3 juin 2001")
    says(tab, "film", "“3 juin 2001”")
    open_tab(tab, "Build and train")
    says(tab, "parts", "parameters")
    expect(text_box(tab)).to_have_value("3 juin 2001")


def test_the_film_plays_from_stage_to_stage_until_a_person_stops_it(tab: Page) -> None:
    stage = tab.get_by_label("number input for Stage").locator("visible=true")
    tab.get_by_role("button", name="Play", exact=True).locator("visible=true").click()
    expect(stage).to_have_value(re.compile(r"^([2-9]|1\d)$"), timeout=PATIENCE)
    tab.get_by_role("button", name="Pause", exact=True).locator("visible=true").click()
    play = tab.get_by_role("button", name="Play", exact=True).locator("visible=true")
    expect(play).to_have_count(1)
    stood = stage.input_value()
    says(tab, "film", "After")
    tab.wait_for_timeout(1_600)  # longer than a stage stays
    expect(tab.locator(f'#film [data-key="{stood}"]')).not_to_have_count(0)
    expect(stage).to_have_value(stood)


def test_on_a_phone_play_is_at_hand_wherever_one_looks(tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    play = tab.get_by_role("button", name="Play", exact=True).locator("visible=true")
    for figure in ("film", "lengths"):
        tab.locator(f"#{figure} figcaption").first.scroll_into_view_if_needed()
        expect(play).to_be_in_viewport(ratio=1)
    play.click()
    says(tab, "film", "Untrained")


def test_another_task_brings_its_own_example_and_a_rival_stands_beside(tab: Page) -> None:
    tab.get_by_label("Dates", exact=True).check()
    says(tab, "film", "to “samedi 9 mai 1998”")
    tab.get_by_label("RNN without attention", exact=True).locator("visible=true").last.check()
    says(tab, "film", "It has one vector for the whole text.")
    says(tab, "samples", "RNN without attention")


def test_a_model_is_built_trained_paused_asked_and_kept(tab: Page) -> None:
    open_tab(tab, "Build and train")
    says(tab, "parts", "parameters")
    tab.get_by_role("button", name="More settings").locator("visible=true").click()
    tab.get_by_label("16", exact=True).locator("visible=true").check()
    tab.get_by_role("spinbutton", name="Steps", exact=True).fill("99")
    tab.get_by_label("Slow motion").check()
    tab.get_by_role("button", name="Train", exact=True).click()
    says(tab, "live-film", "steps")
    tab.get_by_role("button", name="Pause", exact=True).click()
    bar = tab.locator("#train-bar [role=status]")
    expect(bar).to_contain_text("paused", timeout=PATIENCE)
    tab.get_by_role("button", name="One step").click()
    tab.get_by_label("Slow motion").uncheck()
    tab.get_by_role("button", name="Go on", exact=True).click()
    expect(bar).to_contain_text("Step 99 of 99: trained", timeout=4 * PATIENCE)
    expect(tab.get_by_role("button", name="One step")).to_be_disabled()
    type_sentence(tab, "window")
    says(tab, "live-film", "to “window”")
    tab.locator('#live-film [data-key="1"]').first.click()
    says(tab, "live-film", "Untrained")
    with tab.expect_download() as taken:
        tab.get_by_role("button", name="Take the model away").click()
    assert taken.value.suggested_filename == "learned.zip"


def test_own_pairs_come_with_a_link_and_are_looked_at_while_they_are_typed(
    page: Page, address: str
) -> None:
    own = "\n".join(f"{number} -> {number + 1}" for number in range(25))
    asked = {"train.examples": json.dumps("own"), "train.pairs": json.dumps(own)}
    page.goto(f"{address}/?{urlencode({'tab': 'learning', 'view': 'train', **asked})}")
    unseen = plan_of("learning", examples="own", pairs=own).unseen
    says(page, "parts", f"{unseen} others are kept back")  # the link is restored by then
    page.get_by_role("button", name="Your own pairs").click()
    box = page.locator("#train-pairs-setting textarea")
    expect(box).to_have_value(own)
    refused = page.get_by_text("There is 1 pair; please give 20 to 500.")
    for _ in range(10):  # what is typed in the moment in which the field opens can be lost
        box.fill("chat -> cat")
        page.wait_for_timeout(2_000)
        if refused.is_visible():
            break
    expect(refused).to_be_visible(timeout=PATIENCE)
    box.fill(own)
    expect(page.get_by_text("please give 20 to 500")).to_have_count(0, timeout=PATIENCE)


def test_a_run_is_watched_by_its_link_until_its_page_is_closed(tab: Page, browser: Browser) -> None:
    open_tab(tab, "Build and train")
    tab.get_by_role("button", name="Train", exact=True).click()
    link = tab.locator("#train-watch-link input, #train-watch-link textarea")
    expect(link).to_have_value(re.compile("watched"), timeout=PATIENCE)
    watcher = browser.new_page()
    watcher.goto(link.input_value())
    status = watcher.locator("#train-bar [role=status]")
    expect(status).to_contain_text("You watch", timeout=2 * PATIENCE)
    watcher.get_by_role("button", name="More settings").click()
    name = watcher.get_by_label("Watch the run named")
    key = name.input_value()
    for asked, told in (("another", "no run of that name"), (key, "You watch")):
        name.fill(asked)
        expect(status).to_contain_text(told, timeout=2 * PATIENCE)
    tab.close()
    expect(status).to_contain_text("is over", timeout=PATIENCE)
    watcher.close()
