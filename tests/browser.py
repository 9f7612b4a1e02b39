"""A real browser on the real page, and what a person does there."""

import re
import shutil
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    Dialog,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
FLAGS += ["--disable-background-networking"]
PATIENCE = 120_000  # milliseconds; a busy machine is slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; whatever asks for one is marked so by `conftest`."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: `apt-get install chromium fonts-dejavu-core` gets one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The open page; at the end nothing may have gone wrong in it or left this machine."""
    yield from watched(browser, address)


LAPTOP: ViewportSize = {"width": 1280, "height": 800}


def watched(
    browser: Browser,
    address: str,
    size: ViewportSize = LAPTOP,
    forgiven: str = "$^",
    still: bool = False,
) -> Iterator[Page]:
    """A page at an address, whose faults fail the test that had it, but for those `forgiven`.

    still: as a person sees it who wants no motion.
    """
    motion: Literal["reduce", "no-preference"] = "reduce" if still else "no-preference"
    page = browser.new_page(viewport=size, reduced_motion=motion)
    faults: list[str] = []
    origin = address.partition("/?")[0]

    def refused(dialog: Dialog) -> None:
        faults.append("a dialog opened")
        dialog.dismiss()

    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda r: None if r.url.startswith((origin, "data:", "blob:")) else faults.append(r.url),
    )
    page.on("dialog", refused)
    page.goto(address)
    expect(page.locator("figure svg:visible").first).to_be_visible(timeout=PATIENCE)
    yield page
    page.close()
    faults = [fault for fault in faults if not re.search(forgiven, fault)]
    assert not faults, faults


def open_tab(page: Page, name: str) -> None:
    """Open a tab, or an instrument in the open tab."""
    page.get_by_role("tab", name=name, exact=True).click()


def type_sentence(page: Page, text: str) -> None:
    """Type into the open tab's text."""
    text_box(page).fill(text)
    text_box(page).press("Enter")


def text_box(page: Page) -> Locator:
    """The open tab's text."""
    return page.locator(".sentence textarea:visible")


def words(page: Page, figure: str) -> Locator:
    """The words in a figure."""
    return page.locator(f"#{figure} svg text")


def told(page: Page, figure: str) -> Locator:
    """The sentence under a figure."""
    return page.locator(f'#{figure} [data-place="sentence"]')


def says(page: Page, figure: str, words: str) -> None:
    """The sentence under a figure holds these words, soon."""
    expect(told(page, figure)).to_contain_text(words, timeout=PATIENCE)


def choose_number(page: Page, label: str, value: str) -> None:
    """Type a number beside a slider."""
    box = page.get_by_label(f"number input for {label}")
    box.fill(value)
    box.press("Enter")
