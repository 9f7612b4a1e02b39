"""The page in a real browser: type in each tab, see its figures change."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no Chromium: `apt-get install chromium fonts-dejavu-core` gets one",
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
FLAGS += ["--disable-background-networking"]
PATIENCE = 30_000  # milliseconds


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The open page; at the end nothing may have gone wrong in it or left this machine."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda r: None if r.url.startswith((address, "data:", "blob:")) else faults.append(r.url),
    )
    page.on("dialog", lambda dialog: (faults.append("a dialog opened"), dialog.dismiss()))
    page.goto(address)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE)
    yield page
    page.close()
    assert faults == []


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def type_sentence(page: Page, text: str) -> None:
    box = page.locator(".sentence textarea:visible")
    box.fill(text)
    box.press("Enter")


def ticks(page: Page, figure: str, axis: str) -> list[str]:
    return page.locator(f"#{figure} .{axis}tick text").all_text_contents()


def test_the_next_word_tab_follows_what_is_typed(page: Page) -> None:
    for model in ("rnn", "gru"):
        expect(page.locator(f"#chips-{model} .chip")).not_to_have_count(0)
    before = ticks(page, "next-gru", "y")
    type_sentence(page, "I went to the doctor because")
    for model in ("rnn", "gru"):
        words = page.locator(f"#chips-{model} .chip .word")
        expect(words).to_have_text(["I", "went", "to", "the", "doctor", "because"])
        expect(page.locator(f"#memory-{model} .xtick text").last).to_have_text("because")
    page.wait_for_function(
        "old => JSON.stringify([...document.querySelectorAll('#next-gru .ytick text')]"
        ".map(e => e.textContent)) !== JSON.stringify(old)",
        arg=before,
        timeout=PATIENCE,
    )


def test_both_models_go_on_writing_word_by_word(page: Page) -> None:
    page.get_by_role("button", name="Write", exact=True).click()
    for model in ("rnn", "gru"):
        box = page.locator(f"#written-{model} textarea")
        expect(box).to_have_value(  # the typed text and more
            re.compile(r"^Once upon a time there was a .+"), timeout=PATIENCE
        )


def test_the_attention_tab_draws_the_spotlight_of_the_typed_sentence(page: Page) -> None:
    open_tab(page, "Attention")
    type_sentence(page, "Je mange une pomme.")
    expect(page.locator("#spotlight .xtick text").nth(3)).to_have_text("pomme", timeout=PATIENCE)
    assert ticks(page, "spotlight", "x")[-1] == "⟨end⟩"
    expect(page.locator("#attended textarea, #attended input")).to_have_value(re.compile("apple"))


def test_the_heads_tab_shows_the_chosen_head(page: Page) -> None:
    open_tab(page, "Self-attention heads")
    type_sentence(page, "Je mange une pomme.")
    expect(page.locator("#head .xtick text").nth(3)).to_have_text("pomme", timeout=PATIENCE)
    expect(page.get_by_text("Layer 1, head 1.")).to_be_visible()
    page.get_by_label("number input for Head").fill("3")
    page.get_by_label("number input for Head").press("Enter")
    expect(page.get_by_text("Layer 1, head 3.")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Decoder", exact=True).check()
    expect(page.locator("#head .xtick text").first).to_have_text("⟨start⟩", timeout=PATIENCE)


def test_the_translation_tab_shows_the_best_of_its_beam(page: Page) -> None:
    open_tab(page, "Translation")
    expect(page.locator("#best tbody tr")).to_have_count(4)
    type_sentence(page, "Elle lit un livre.")
    expect(page.locator("#cross .xtick text").nth(3)).to_have_text("livre", timeout=PATIENCE)
    expect(page.locator("#beam textarea, #beam input")).to_have_value(re.compile("book"))
    page.get_by_label("number input for Beam width").fill("2")
    page.get_by_label("number input for Beam width").press("Enter")
    expect(page.locator("#best tbody tr")).to_have_count(2, timeout=PATIENCE)


def test_an_example_can_be_clicked(page: Page) -> None:
    open_tab(page, "Attention")
    page.get_by_role("button", name="Elle a acheté une voiture rouge hier.").click()
    word = page.locator("#spotlight .xtick text").filter(has_text="rouge")
    expect(word).to_have_count(1, timeout=PATIENCE)


@pytest.mark.parametrize("tab", ["Next word", "Attention", "Self-attention heads", "Translation"])
def test_bad_input_gets_a_sentence_and_the_last_answer_stays(page: Page, tab: str) -> None:
    open_tab(page, tab)
    drawn = page.locator(".js-plotly-plot:visible").first
    expect(drawn).to_be_visible(timeout=PATIENCE)
    type_sentence(page, "a b " * 2_500)
    expect(page.locator(".notice:visible")).to_contain_text("10,000 characters", timeout=PATIENCE)
    expect(drawn).to_be_visible()


def test_markup_is_shown_and_never_executed(page: Page) -> None:
    text = "<img src=x onerror=alert(1)> ${alert(2)} {{value}}"
    type_sentence(page, text)
    expect(page.locator("#chips-gru .chip .word").nth(1)).to_have_text("img", timeout=PATIENCE)
    assert page.locator("#chips-gru img").count() == 0
    shown = page.locator("#chips-gru .chip .word").all_inner_texts()
    assert "".join(shown) == text.replace(" ", "")


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
