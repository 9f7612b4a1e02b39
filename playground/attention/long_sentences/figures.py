"""Long sentences, told: what each model makes of this one, and BLEU by length."""

from typing import Any

from playground.attention.long_sentences import LONGER
from playground.attention.long_sentences.explain import Trace
from playground.charts import Chart, grouped
from playground.drawing import lines
from playground.drawing.sentences import cited, counted, cut
from playground.instrument import Shown, Table
from playground.reading.models import TRANSLATORS

ENDLESS = 1_000  # words: a band up to here has no upper end
Band = dict[str, Any]


def figures(trace: Trace, text: str) -> dict[str, Shown]:
    """Sentences to pick from with all translations of this one; BLEU by length."""
    return {"longer": longer(trace, text), "by-length": by_length(trace)}


def longer(trace: Trace, text: str) -> Shown:
    """A line a sentence; the present one, if it is among them, is lit."""
    lit = LONGER.index(text.strip()) if text.strip() in LONGER else None
    counts = [f"{len(sentence.split())} words" for sentence in LONGER]
    keys = [str(place) for place in range(len(LONGER))]
    apart = any(not any(map(str.isalnum, word)) for word in text.split())
    marks = ", a mark that stands apart counted" if apart else ""
    count = f"{counted(trace.words, 'word')}{marks}"
    told = " ".join(
        f"{TRANSLATORS[model].label}: {cited(translation)}{cut(trace.finished[model])}"
        for model, translation in trace.translations.items()
    )
    body = [
        [TRANSLATORS[model].label, translation, f"{trace.log_probabilities[model]:.6f}"]
        for model, translation in trace.translations.items()
    ]
    return Shown(
        lines(LONGER, counts, keys, lit, letters="source"),
        f"This sentence has {count}. {told}",
        Table(["Model", "Translation", "Log-probability"], body),
    )


def by_length(trace: Trace) -> Shown:
    """A group of bars for each band of lengths; no chart where nothing was measured."""
    told = {TRANSLATORS[model].label: bands for model, bands in trace.by_length.items()}
    body = [
        [name, spelled(*ends(band)), str(band["sentences"]), str(band["bleu"])]
        for name, bands in told.items()
        for band in bands
    ]
    table = Table(["Model", "Source", "Sentences", "BLEU"], body)
    if not told:
        return Shown(None, "BLEU by length has not been measured for these weights yet.", table)
    said = [
        f"{name}: {bands[0]['bleu']:.1f} BLEU for the shortest sentences, "
        f"{bands[-1]['bleu']:.1f} for the longest"
        for name, bands in told.items()
    ]
    return Shown(chart(told, trace.words), f"{'; '.join(said)}.", table)


def chart(series: dict[str, list[Band]], words: int) -> Chart:
    """Each model's bands in bars; the band of so many words is lit."""
    bands = sorted({ends(band) for each in series.values() for band in each})
    found = {name: {ends(band): band for band in each} for name, each in series.items()}
    lit = [place for place, (shortest, longest) in enumerate(bands) if shortest <= words <= longest]
    return grouped(
        [spelled(*band) for band in bands],
        {name: [of[band]["bleu"] if band in of else None for band in bands]
         for name, of in found.items()},
        "BLEU",
        titles={name: [exact(name, of[band]) if band in of else "" for band in bands]
                for name, of in found.items()},
        lit=lit[0] if lit else None,
        lit_note="this sentence",
    )  # fmt: skip


def exact(name: str, band: Band) -> str:
    """A band's exact numbers."""
    told = f"{band['bleu']:.4g} BLEU on {band['sentences']} sentences"
    return f"{name}, {spelled(*ends(band))}: {told}"


def ends(band: Band) -> tuple[int, int]:
    """The shortest and the longest source of a band, in words."""
    return band["shortest"], band["longest"]


def spelled(shortest: int, longest: int) -> str:
    """A band of lengths for people."""
    return f"{shortest} to {longest} words" if longest < ENDLESS else f"{shortest} words or more"
