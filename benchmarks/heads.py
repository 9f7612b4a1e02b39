"""How long a class waits for the heads' tab: removals in one batch, the grid of a long sentence.

python -m benchmarks.heads --times 30 computes what the removal of each head of the encoder costs,
with nothing and with its mean in its place, on sentences of 15 words, each new; then it shows the
grid of all heads of 30 words in a real browser. The last line is JSON: milliseconds of the removals
and of the grid from the changed text to the drawn figure (median, p95), kilobytes of that answer.
"""

import argparse
import json
import time

import torch

from benchmarks.browsed import browsed
from benchmarks.latency import CHANGE, told
from playground.heads import TAB
from playground.heads.without_a_head.explain import Translated, known_means, removals
from playground.page.answer import Answer, first_values
from playground.reading.opening import start

NAMES = ("Paul", "Marie", "Nina", "Louis", "Anne", "Hugo", "Alice", "Emma", "Jules", "Claire")
DAYS = ("lundi", "mardi", "jeudi", "samedi", "dimanche")
SHORT = "{} et son frère jouent {} dans le jardin avec le chien de leur voisin."
LONG = (
    SHORT.rstrip(".")
    + " pendant que leur mère et leur tante lisent un livre sous le grand arbre vert."
)


def sentences(form: str, count: int) -> list[str]:
    """So many different sentences."""
    every = [form.format(name, day) for day in DAYS for name in NAMES]
    return [every[number % len(every)] for number in range(count)]


def removal_times(times: int) -> list[float]:
    """The milliseconds of both removals of every head, once for each sentence."""
    found = []
    for text in sentences(SHORT, times + 3):
        began = time.perf_counter()
        one = Translated(text, "encoder")
        whole = one.under(torch.ones(1, *one.size)).bits[0]
        removals(one, whole, known_means("encoder"))
        found.append(1000 * (time.perf_counter() - began))
    return found[3:]


def grid_times(times: int) -> list[float]:
    """The milliseconds from a changed text of 30 words to the drawn grid."""
    with browsed() as page:
        page.get_by_role("tab", name=TAB.title, exact=True).click()
        page.wait_for_selector("#grid:visible svg")
        page.wait_for_timeout(2_000)
        figure = page.locator("#grid").element_handle()
        found = [page.evaluate(CHANGE, [figure, text]) for text in sentences(LONG, times + 3)]
    return found[3:]


def kilobytes() -> float:
    """The size of the answer for 30 words."""
    first = TAB.instruments[0]
    values = first_values([*TAB.inputs, *first.settings])
    answer = Answer(first, values | {"text": sentences(LONG, 1)[0]})
    return round(len(answer.to_json().encode()) / 1000, 1)


def main() -> None:
    """Measure and print."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    flags.add_argument("--times", type=int, default=30, help="sentences of each kind")
    given = flags.parse_args()
    if not 2 <= given.times <= 47:
        flags.error("--times must be from 2 to 47: so many sentences are new")
    start()
    found = {
        "removals_ms": told(removal_times(given.times)),
        "grid_ms": told(grid_times(given.times)),
        "grid_kilobytes": kilobytes(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
