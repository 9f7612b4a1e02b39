"""Wider beams, told: BLEU and length as curves, an honest sentence, and this sentence."""

import math
from collections.abc import Sequence
from typing import Any

from playground.charts import Chart, curves
from playground.drawing import Bars, Texts, bars, minus, translations
from playground.drawing.sentences import BEGUN, begun
from playground.instrument import Shown, Table
from playground.reading.models import TRANSLATORS
from playground.translation.wider.explain import Trace

SAME = 0.5  # BLEU: less is no difference to speak of, on so few sentences
UNMEASURED = "This has not been measured for these weights yet."
Entries = Sequence[dict[str, Any]]


def figures(trace: Trace) -> dict[str, Shown]:
    """This sentence; BLEU and length on test sentences."""
    return {
        "wider-here": here(trace),
        "wider-bleu": bleu(trace),
        "wider-length": length(trace),
    }


def bleu(trace: Trace) -> Shown:
    """BLEU by width, and whether the curse shows."""
    said = [told(TRANSLATORS[name].label, one) for name, one in trace.measured.items()]
    count = max((entry["sentences"] for one in trace.measured.values() for entry in one), default=0)
    sentence = f"On {count} test sentences. {' '.join(said)}" if said else UNMEASURED
    return Shown(chart(trace, "bleu", "BLEU"), sentence, table(trace))


def told(name: str, entries: Entries) -> str:
    """What a translator's curve says: the curse where it is, and honestly where it isn't."""
    best = max(entries, key=lambda entry: entry["bleu"])
    first, last = entries[0], entries[-1]
    lost = best["bleu"] - last["bleu"]
    peak = f"{name}: best at width {best['beam']}, {best['bleu']:.2f}"
    if best is last:
        return f"{peak}, up from {first['bleu']:.2f} at width {first['beam']}: no curse here."
    if lost < SAME:
        return (
            f"{peak}; {last['bleu']:.2f} at width {last['beam']} is hardly less: no curse to speak "
            "of here."
        )
    return f"{peak}, but {last['bleu']:.2f} at width {last['beam']}: the beam search curse."


def length(trace: Trace) -> Shown:
    """Length by width."""
    said = [
        f"{TRANSLATORS[name].label}: {one[0]['length']:.3f} of people's length at width "
        f"{one[0]['beam']}, {one[-1]['length']:.3f} at width {one[-1]['beam']}."
        for name, one in trace.measured.items()
    ]
    return Shown(chart(trace, "length", "length"), " ".join(said) or UNMEASURED, table(trace))


def chart(trace: Trace, part: str, title: str) -> Chart | None:
    """A curve for each translator, widths at equal steps as they double."""
    if not trace.measured:
        return None
    widths = [entry["beam"] for entry in next(iter(trace.measured.values()))]
    series = {
        TRANSLATORS[name].label: [
            (float(place), float(entry[part])) for place, entry in enumerate(entries)
        ]
        for name, entries in trace.measured.items()
    }
    titles = {
        TRANSLATORS[name].label: [f"width {entry['beam']}: {entry[part]:g}" for entry in entries]
        for name, entries in trace.measured.items()
    }
    ticks = {float(place): str(width) for place, width in enumerate(widths)}
    labels = {name: name.split()[0] for name in series}
    return curves(series, "beam width", title, x_ticks=ticks, titles=titles, labels=labels)


def table(trace: Trace) -> Table:
    """All that was measured."""
    body = [
        [TRANSLATORS[name].label, str(entry["beam"]), str(entry["sentences"]),
         f"{entry['bleu']:.2f}", f"{entry['length']:.4f}"]
        for name, entries in trace.measured.items()
        for entry in entries
    ]  # fmt: skip
    return Table(["Model", "Beam", "Sentences", "BLEU", "Length"], body)


def here(trace: Trace) -> Shown:
    """What each width finds for this sentence."""
    ones = trace.found
    changes = [place for place, one in enumerate(ones)
               if place and one.text != ones[place - 1].text]  # fmt: skip
    picture = bars(
        [str(one.beam) for one in ones],
        [
            translations([begun(one.text, one.finished) for one in ones]),
            Bars([math.exp(one.score) for one in ones],
                 [minus(f"{one.score:.3f}") for one in ones], "score", largest=1.0, length=100),
            Texts([minus(f"{one.log_probability:.2f}") for one in ones], "log P"),
            Texts([str(one.length) for one in ones], "pieces"),
        ],
        strong=changes,
    )  # fmt: skip
    texts = len({one.text for one in ones})
    said = "All widths find the same text." if texts == 1 else f"{texts} texts in all."
    body = [
        [str(one.beam), one.text, f"{one.score:.6f}", f"{one.log_probability:.6f}", str(one.length)]
        for one in ones
    ]
    headers = ["Beam", "Translation", "Score", "Log-probability", "Pieces"]
    if not all(one.finished for one in ones):
        said += f" {BEGUN}."
    sentence = f"Bold where a wider beam finds something else. {said}"
    return Shown(picture, sentence, Table(headers, body))
