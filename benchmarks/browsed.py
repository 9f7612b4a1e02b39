"""The real page, open in a real browser."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from benchmarks.page import served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def launched(playwright: Playwright) -> Browser:
    """Chromium, as the system has it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=chromium, args=FLAGS)


@contextmanager
def browsed() -> Iterator[Page]:
    """The page, served for this alone, with its first figure drawn, on a laptop's screen."""
    with served() as there, sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(there.address)
        page.wait_for_selector("figure:visible")
        yield page
        browser.close()
