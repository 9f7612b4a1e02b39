"""The Next word tab in a real browser: each instrument shows what the package computes."""

import re

import pytest
from playwright.sync_api import Page, expect

from playground.drawing import brief, percent
from playground.next_word.choose.explain import continue_text
from playground.next_word.choose.explain import explain as choose
from playground.next_word.compare.explain import explain as compare
from playground.next_word.guess import PASSAGES
from playground.next_word.guess.explain import score, turn
from playground.next_word.guess.reading import ROUND
from playground.next_word.inside.explain import explain as inside
from playground.next_word.look_back.explain import explain as look_back
from playground.next_word.predict.explain import explain as predict
from playground.next_word.predict.figures import BACK
from playground.next_word.surgery.explain import explain as surgery
from playground.reading.models import LANGUAGE_MODELS
from tests.browser import (
    PATIENCE,
    open_tab,
    says,
    text_box,
    type_sentence,
    words,
)

TEXT = "The old man sat down by the fire and"


@pytest.fixture
def tab(page: Page) -> Page:
    """The page with the Next word tab open on `TEXT`."""
    type_sentence(page, TEXT)
    expect(words(page, "surprise").first).to_contain_text("The", timeout=PATIENCE)
    return page


def test_typing_shows_surprise_and_the_likeliest_words(tab: Page) -> None:
    trace = predict(TEXT, "gru")
    says(tab, "surprise", f"Perplexity {brief(trace.perplexity)} so far")
    says(tab, "next", percent(trace.next_probabilities[0]))
    tab.locator("#shared-model").get_by_label("LSTM", exact=True).check()
    other = predict(TEXT, "lstm")
    says(tab, "surprise", f"Perplexity {brief(other.perplexity)} so far")
    type_sentence(tab, "The Zzyzxq")
    says(tab, "surprise", "“Zzyzxq”, not in the vocabulary")


def test_a_picked_word_is_added_and_the_branches_can_be_returned_to(tab: Page) -> None:
    trace = predict(TEXT, "gru")
    first, second = [text for text in trace.continuations if text][:2]
    tab.locator(f'#next text[data-key="{first}"]').click()
    expect(text_box(tab)).to_have_value(first, timeout=PATIENCE)
    says(tab, "next", percent(predict(first, "gru").next_probabilities[0]))
    tab.locator(f'#branches text[data-key="{TEXT}"]').last.click()  # the first one steps back
    expect(text_box(tab)).to_have_value(TEXT, timeout=PATIENCE)
    tab.locator(f'#next text[data-key="{second}"]').press("Enter")
    expect(text_box(tab)).to_have_value(second, timeout=PATIENCE)
    says(tab, "branches", f"3 texts in this tree; you are at “{second}”")
    expect(tab.locator("#next svg [tabindex]:focus")).to_have_count(1)  # though its key is gone
    tab.locator("#branches text").filter(has_text=BACK).click()
    expect(text_box(tab)).to_have_value(TEXT, timeout=PATIENCE)
    says(tab, "branches", f"3 texts in this tree; you are at “{TEXT}”")


def test_a_slider_changes_what_the_rules_leave_and_the_text_is_written_on(tab: Page) -> None:
    open_tab(tab, "From scores to a choice")
    tab.get_by_label("Top k", exact=True).fill("5")
    trace = choose(TEXT, "gru", 0.8, 5, 0.95, 1)
    says(tab, "stages", f"Seed 1 draws “{trace.chosen}”")
    says(tab, "stages", f"leaves {trace.kept_after_top_k} words of the vocabulary")
    removed = [rule for rule in trace.removed_by if rule]
    rules = tab.locator("#stages tbody tr td:last-child").filter(has_text=re.compile("top-k|top-p"))
    expect(rules).to_have_text(removed, timeout=PATIENCE)
    tab.get_by_role("button", name="Write on").click()
    *_, written = continue_text(TEXT, "gru", 20, 0.8, 5, 0.95, 1)
    expect(tab.locator("#written textarea")).to_have_value(TEXT + written, timeout=PATIENCE)


def test_writing_can_be_stopped(tab: Page) -> None:
    open_tab(tab, "From scores to a choice")
    tab.get_by_role("button", name="Write on").click()
    expect(tab.locator("#written textarea")).to_have_value(re.compile("^" + TEXT))
    tab.get_by_role("button", name="Stop").click()
    stopped = None
    while stopped != (now := tab.locator("#written textarea").input_value()):
        stopped = now
        tab.wait_for_timeout(700)
    *_, written = continue_text(TEXT, "gru", 20, 0.8, 50, 0.95, 1)
    assert (TEXT + written).startswith(stopped)


def test_a_picked_unit_is_followed_with_its_gates(tab: Page) -> None:
    open_tab(tab, "Look inside")
    trace = inside(TEXT, "gru")
    unit = int(trace.order[4])
    tab.locator(f'#memory text[data-key="{unit}"]').click()
    says(tab, "memory", f"Unit {unit} ends at {trace.memory[-1, unit]:.2f}".replace("-", "−"))
    says(tab, "unit", f"Unit {unit}.")
    expect(words(tab, "unit").filter(has_text=re.compile("^update, all units$"))).to_have_count(1)
    tab.get_by_label("strongest now", exact=True).check()
    strongest = inside(TEXT, "gru", "strength").order[0]
    first = tab.locator("#memory svg text[data-key]").first
    expect(first).to_contain_text(f"unit {strongest}", timeout=PATIENCE)
    tab.locator("#shared-model").get_by_label("Plain RNN", exact=True).check()
    says(tab, "unit", "A plain RNN has no gates")


def test_looking_back_follows_the_word_that_is_picked_or_typed(tab: Page) -> None:
    open_tab(tab, "Look back")
    trace = look_back(TEXT, "gru")
    says(tab, "back", f"“{trace.word}” has {percent(trace.probability)}")
    tab.locator(f'#back text[data-key="{trace.likeliest[2]}"]').click()
    picked = look_back(TEXT, "gru", trace.likeliest[2])
    says(tab, "back", f"“{picked.word}” has {percent(picked.probability)}")
    tab.locator("#look-back-word-setting textarea, #look-back-word-setting input").fill("slept")
    says(tab, "back", f"“slept” has {percent(look_back(TEXT, 'gru', 'slept').probability)}")
    tab.locator("#look-back-word-setting textarea, #look-back-word-setting input").fill("Zzyzxq")
    expect(tab.locator(".notice:visible")).to_contain_text("no word 'Zzyzxq'", timeout=PATIENCE)


def test_surgery_answers_at_the_picked_word_with_before_and_after(tab: Page) -> None:
    open_tab(tab, "Memory surgery")
    tab.locator('#surgery text[data-key="7"]').click()
    trace = surgery(TEXT, "gru", "reset", 7)
    says(tab, "surgery", f"Memory emptied before “the”: the prediction moves by "
         f"{brief(trace.divergence_bits, 2)} bits")  # fmt: skip
    tab.get_by_label("zero a unit", exact=True).check()
    says(tab, "surgery", "Unit 0 at zero since “the”")
    zeroed = surgery(TEXT, "gru", "zero", 7, 0)
    says(tab, "surgery", f"moves by {brief(zeroed.divergence_bits, 2)} bits")


def test_all_models_stand_side_by_side_with_their_memory_curves(tab: Page) -> None:
    open_tab(tab, "The models side by side")
    trace = compare(TEXT)
    for model in trace.models.values():
        says(tab, "four", f"perplexity so far {brief(model.perplexity)}")
    for name in LANGUAGE_MODELS:
        if name in trace.curves:
            says(tab, "curves", f"{brief(trace.curves[name][-1][1])} with all")
    expect(tab.locator("#curves .scatterlayer .trace")).to_have_count(
        len(trace.curves), timeout=PATIENCE
    )


def test_a_game_is_played_to_its_score_by_typing_and_picking(tab: Page) -> None:
    open_tab(tab, "Guess first")
    rights = [right(position) for position in range(ROUND)]
    wrong = next(word for word in turn("1", 0).choices if word != rights[0])
    assert PASSAGES[0] not in tab.content()
    tab.locator(f'#turn text[data-key="0.0:{wrong}"]').click()
    says(tab, "turn", f"Not “{wrong}”.")
    for position, word in enumerate(rights):
        if position % 2:
            tab.locator(f'#turn text[data-key="{position}.0:{word}"]').press("Enter")
        else:
            box = tab.locator("#guess-typed textarea, #guess-typed input")
            box.fill(word.upper())
            box.press("Enter")
        says(tab, "turn", f"“{word}” is right, at guess {2 if position == 0 else 1}.")
    guesses = [[wrong, rights[0]], *([word] for word in rights[1:])]
    scored = score("1", guesses)
    says(tab, "scores", f"You found {percent(scored.person.accuracy)} at the first guess")
    says(tab, "scores", f"at {scored.person.bound_bits:.1f} bits a word")
    says(tab, "guess-text", PASSAGES[0])
    tab.locator("#turn text").filter(has_text="New game").click()
    says(tab, "turn", "Word 1 of 10.")
    expect(tab.locator("#scores")).to_be_hidden()


def right(position: int) -> str:
    """The hidden word at a position of the first passage."""
    choices = turn("1", position).choices
    return next(word for word in choices if turn("1", position, [word]).found)


def test_markup_is_shown_and_never_executed(tab: Page) -> None:
    text = "<img src=x onerror=alert(1)> ${alert(2)} {{value}}"
    type_sentence(tab, text)
    typed = words(tab, "surprise").filter(has_text=re.compile("^onerror"))
    expect(typed).to_have_count(1, timeout=PATIENCE)
    assert tab.locator("#surprise img").count() == 0
    open_tab(tab, "Guess first")
    tab.get_by_label("the text above", exact=True).check()
    says(tab, "guess-text", "<img src")
    assert tab.locator("#guess-text img").count() == 0


def test_what_stands_in_a_javascript_template_is_not_run_after_an_answer_left_it_alone(
    tab: Page,
) -> None:
    """Gradio makes a component anew for each answer that leaves it as it is."""
    open_tab(tab, "Guess first")
    tab.get_by_label("the text above", exact=True).check()
    text = "I ${alert(1)} the house in the garden"
    type_sentence(tab, text)
    says(tab, "guess-text", "I ${alert(1")
    open_tab(tab, "Look back")
    says(tab, "back", f"has {percent(look_back(text, 'gru').probability)}")
    tab.locator("#look-back-word-setting textarea, #look-back-word-setting input").fill(
        "${alert(2)}"
    )
    expect(tab.locator(".notice:visible")).to_contain_text("${alert(2)}", timeout=PATIENCE)
