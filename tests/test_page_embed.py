"""One instrument alone in another page, and a QR code of the page's address, in a real browser."""

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PATIENCE, watched

TEXT = json.dumps("Où est la gare ?")
LINK = urlencode({"tab": "attention", "view": "spotlight", "text": TEXT})


@pytest.fixture
def restored(browser: Browser, address: str) -> Iterator[Page]:
    """A page that a link opened."""
    for page in watched(browser, f"{address}/?{LINK}"):
        expect(page.locator("#spotlight svg").first).to_be_visible(timeout=PATIENCE)
        yield page


def test_the_line_to_copy_shows_one_instrument_alone(browser: Browser, restored: Page) -> None:
    restored.get_by_role("button", name="Embed it").locator("visible=true").click()
    line = restored.locator("#attention-link textarea")
    expect(line).to_have_value(re.compile("^<iframe "), timeout=PATIENCE)
    (source,) = re.findall(r'src="([^"]+)"', line.input_value())
    with contextmanager(watched)(browser, html.unescape(source)) as alone:
        expect(alone.locator("#spotlight svg").first).to_be_visible(timeout=PATIENCE)
        expect(alone.locator(".sentence textarea:visible")).to_have_value("Où est la gare ?")
        for gone in ("h1", "h2", ".link", "footer", '[role="tab"]', ".origins", "#surprise"):
            expect(alone.locator(f"{gone}:visible")).to_have_count(0)


def test_a_qr_code_of_what_one_sees_is_shown_on_demand(restored: Page) -> None:
    """It is the link, also to what has changed since a link was asked for."""
    expect(restored.locator(".code img:visible")).to_have_count(0)
    code = restored.locator(".code img:visible")
    for text in ("Où est la gare ?", "Il pleut."):
        restored.locator(".sentence textarea:visible").fill(text)
        restored.get_by_role("button", name="QR code").locator("visible=true").click()
        held = re.compile(f"^QR code of http.*[?&]text=%22{re.escape(quote_plus(text))}%22")
        expect(code).to_have_attribute("alt", held, timeout=PATIENCE)
    restored.get_by_role("button", name="Link to what you see").locator("visible=true").click()
    link = restored.locator("#attention-link textarea")
    expect(link).to_have_value(re.compile("^http"), timeout=PATIENCE)
    expect(code).to_have_attribute("alt", f"QR code of {link.input_value()}")
    assert code.evaluate("(img) => img.naturalWidth") > 100
