"""How long a person waits: from a changed text to the changed figure, in a real browser.

python -m benchmarks.latency --changes 100 starts the page, opens every instrument of the tabs that
have any, types so many texts into each, one after the other, and prints the median and the 95th
percentile of the milliseconds from the change to the drawn figure. The last line is JSON: the two
of each instrument. One person, one browser, on this machine; each text is new to the instrument,
and nothing that another one worked out for it is still remembered.
"""

import argparse
import inspect
import json
import re
from itertools import product
from statistics import median, quantiles

from playwright.sync_api import Page

import app
from benchmarks.browsed import browsed

PAUSE = 150  # milliseconds between two changes, so that each is alone

ENGLISH = (
    ("The old", "A young", "My", "Her", "Our"),
    ("dog", "teacher", "brother", "king", "train"),
    ("went to the", "was in the", "looked at the", "came out of the"),
    ("house", "garden", "market", "river", "school"),
)
FRENCH = (
    ("Le petit", "Mon", "Notre", "Un", "Le vieux"),
    ("chien", "voisin", "père", "train", "chat"),
    ("est dans", "a vu", "cherche", "attend devant"),
    ("la maison.", "le jardin.", "la gare.", "l'école.", "la rue."),
)
CHECKED = {"Guess first": "the text above"}  # the choice that makes an instrument follow the text
TABS = {tab.title: ENGLISH if tab.name == "next-word" else FRENCH for tab in app.TABS}

CHANGE = """async ([figure, text]) => {
  const box = document.querySelector(".tabitem:not([style*='none']) .sentence textarea")
    ?? [...document.querySelectorAll(".sentence textarea")].find((e) => e.offsetParent);
  const canvas = figure.querySelector('[data-place="canvas"]');
  const drawn = new Promise((done) => {
    new MutationObserver((_, seen) => {
      seen.disconnect();
      requestAnimationFrame(done);
    }).observe(canvas, { childList: true });
    setTimeout(() => done("late"), 20000);
  });
  const start = performance.now();
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if ((await drawn) === "late") throw new Error(`no new figure for ${text}`);
  return performance.now() - start;
}"""


DEAF = {
    one.title
    for tab in app.TABS
    for one in tab.instruments
    if tab.inputs[0].name not in inspect.signature(one.explain).parameters
}
"""Instruments that a text changes nothing of."""


def texts(parts: tuple[tuple[str, ...], ...], count: int, first: int = 0) -> list[str]:
    """So many different texts, neighbours unlike each other; `first` are left for others."""
    every = [" ".join(words) for words in product(*parts)]
    step = 137  # shares no divisor with their number
    return [every[index * step % len(every)] for index in range(first, first + count)]


def waits(page: Page, tab: str, instrument: str, changes: list[str]) -> list[float]:
    """The milliseconds of each change, with one instrument open."""
    page.get_by_role("tab", name=instrument, exact=True).locator("visible=true").click()
    if instrument in CHECKED:
        page.get_by_label(CHECKED[instrument], exact=True).check()
    page.wait_for_timeout(2_000)
    figure = page.locator("figure:visible").first.element_handle()
    times = []
    for text in changes:
        times.append(page.evaluate(CHANGE, [figure, text]))
        page.wait_for_timeout(PAUSE)
    print(f"{tab}, {instrument}: {told(times)}", flush=True)
    return times


def told(times: list[float]) -> dict[str, float]:
    """The median and the 95th percentile (milliseconds)."""
    return {"median": round(median(times)), "p95": round(quantiles(times, n=20)[-1])}


def main() -> None:
    """Open the page, measure each instrument, print the line."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    flags.add_argument("--changes", type=int, default=100, help="texts for each instrument")
    flags.add_argument("--only", default="", help="instruments whose names match this")
    given = flags.parse_args()
    if given.changes < 2:
        flags.error("--changes must be at least 2")
    found = {}
    with browsed() as page:
        for tab, parts in TABS.items():
            page.get_by_role("tab", name=tab, exact=True).click()
            names = page.locator(".instruments:visible [role=tab]:visible").all_inner_texts()
            for number, name in enumerate(names):
                if name in DEAF or not re.search(given.only, name):
                    continue
                changes = texts(parts, given.changes, 3 + number * given.changes)
                times = waits(page, tab, name, changes)
                found[f"{tab}: {name}"] = told(times)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
