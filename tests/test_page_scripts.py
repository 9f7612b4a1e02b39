"""Scripts in files, cells, names and links are shown as text in a real browser, and not run."""

import json
import re
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import PATIENCE, open_tab, says, watched

RUN = "window.hacked=1"
IMAGE = f"<img src=x onerror={RUN}>"
SCRIPTS = [
    IMAGE,
    f"<script>{RUN}</script>",
    f"<svg onload={RUN}>",
    f"${{{RUN}}} {{{{{RUN}}}}} #{{{RUN}}}",
    f"[oui](javascript:{RUN})",
    f"<a href=javascript:{RUN}>oui</a><iframe srcdoc='<script>parent.{RUN}</script>'>",
]

LINES = re.compile("^Il dit " + re.escape(IMAGE))
SHORT = [
    "<script>hacked(1)</script>",
    "<svg><script>hacked()</script>",
    "${hacked(1)}",
    "{{hacked}}",
]
"""Pairs hold no "=". There is no such function: one that ran would be an error of the page."""


def dropped(lines: list[str]) -> FilePayload:
    """A file with a script in its name."""
    name = f"{IMAGE}${{{RUN}}}.tsv"
    return {"name": name, "mimeType": "text/plain", "buffer": "\n".join(lines).encode()}


def nothing_ran(page: Page) -> None:
    """No script of these: `watched` looks for dialogs, errors and requests."""
    page.wait_for_timeout(300)  # what an image does that is not there
    assert page.evaluate("window.hacked") is None
    assert not page.locator("iframe, img[src=x], svg[onload], a[href^=javascript]").count()
    assert not page.get_by_text("Error rendering HTML").count()


def test_in_the_cells_and_the_name_of_a_file_of_many_sentences(page: Page) -> None:
    open_tab(page, "Translation")
    open_tab(page, "Many sentences")
    says(page, "many", "translated")
    file = dropped([f"Il dit {one} .\tHe says {one} ." for one in SCRIPTS])
    page.locator("#many-file input[type=file]").set_input_files(file)
    expect(page.locator("#many-lines textarea")).to_have_value(LINES, timeout=PATIENCE)
    page.get_by_role("button", name="Translate all").click()
    expect(page.locator("#many-bar")).to_contain_text("lines are translated", timeout=PATIENCE)
    for one in (IMAGE, SCRIPTS[3]):
        expect(page.locator("#many-table")).to_contain_text(f"Il dit {one}")
        expect(page.locator("#many-table")).to_contain_text(f"He says {one}")
    nothing_ran(page)


def test_in_your_own_pairs(page: Page) -> None:
    open_tab(page, "Learning")
    open_tab(page, "Build and train")
    says(page, "parts", "parameters")
    page.get_by_label("your own pairs", exact=True).locator("visible=true").check()
    page.get_by_role("button", name="Your own pairs").click()
    pairs = [f"{number} {one}\t{one} {number}" for number in range(6) for one in SHORT]
    page.locator("#train-file input[type=file]").set_input_files(dropped(pairs))
    box = page.locator("#train-pairs-setting textarea")
    expect(box).to_have_value("\n".join(pairs), timeout=PATIENCE)
    page.get_by_role("button", name="Train", exact=True).click()
    says(page, "live-film", "steps")
    nothing_ran(page)


LINKS = [
    {"tab": "next-word", "view": "look_back", "text": IMAGE, "look_back.word": SCRIPTS[3]},
    {"tab": "translation", "view": "steer", "text": f"Il dit {SCRIPTS[3]}",
     "steer.taken": IMAGE, "steer.beginning": IMAGE},
    {"tab": "learning", "view": "train", "train.pairs": IMAGE, "train.watched": SCRIPTS[2],
     "task": IMAGE, "figure.ranked": IMAGE},
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link["tab"])
def test_in_the_values_of_a_link(browser: Browser, address: str, link: dict[str, str]) -> None:
    values = {name: json.dumps(one) for name, one in link.items() if name not in ("tab", "view")}
    asked = urlencode({**link, **values, f"<b>{IMAGE}": IMAGE})
    with contextmanager(watched)(browser, f"{address}/?{asked}") as page:
        text = page.locator(".sentence textarea:visible")
        expect(text).to_have_value(link.get("text", "learning"), timeout=PATIENCE)
        nothing_ran(page)
