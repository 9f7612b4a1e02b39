"""Whose fault, told: every suspect by its log-probability, the verdict, the proof."""

import math
from typing import Any

from playground.drawing import Bars, Texts, bars, difference, minus, percent
from playground.drawing.sentences import begun, counted
from playground.instrument import Shown, Table
from playground.reading.models import TRANSLATORS
from playground.translation.fault.explain import Suspect, Trace
from playground.translation.shared import CHRF

NAMES = {
    "beam": "beam search",
    "greedy": "greedy",
    "yours": "yours",
    "empty": "empty",
    "exact": "exact search",
}


def figures(trace: Trace) -> dict[str, Shown]:
    """The suspects; what was measured; the two texts word by word, where one was expected."""
    shown = {"suspects": suspects(trace), "missed": missed(trace)}
    return shown | ({"apart": apart(trace)} if trace.difference else {})


def suspects(trace: Trace) -> Shown:
    """Every suspect, likeliest first."""
    ones = trace.suspects
    texts = [begun(one.text or "(nothing)", one.finished) for one in ones]
    logs = [minus(f"{one.log_probability:.2f}") for one in ones]
    picture = bars(
        [NAMES[one.name] for one in ones],
        [
            Bars(
                [math.exp(one.log_probability) for one in ones],
                [percent(math.exp(one.log_probability)) for one in ones],
                heading="probability",
                length=140,
                largest=max(math.exp(one.log_probability) for one in ones),
            ),
            Texts(logs, heading="log P, nats"),
            Texts(texts, heading="translation", anchor="start"),
        ],
        strong=[place for place, one in enumerate(ones) if one.name == "yours"],
    )
    headers = ["Whose", "Translation", "Log-probability", "Tokens", "Log-probability a token"]
    body = [
        [NAMES[one.name], one.text, f"{one.log_probability:.6f}", str(one.tokens),
         f"{one.log_probability / one.tokens:.6f}"]
        for one in ones
    ]  # fmt: skip
    return Shown(picture, f"{judged(trace)} {proof(trace)}", Table(headers, body), formula(trace))


def judged(trace: Trace) -> str:
    """The verdict in words."""
    beam, yours = trace.named("beam"), trace.named("yours")
    assert beam is not None
    if yours is None:
        return "Type the translation that you expected, and the numbers will say whose fault it is."
    if trace.verdict == "same":
        return "The beam found just what you expected."
    if trace.verdict == "cut":
        return "The beam found no end and was cut: what it wrote is no translation to compare with."
    if trace.verdict == "search":
        return (
            f"Search error: the model finds yours {told(trace.times)} likelier than what the beam "
            "found; the search missed it."
        )
    return f"Model error: the model finds its own {told(trace.times)} likelier than yours."


def told(times: float | None) -> str:
    """So many times, as people say it; None for more than a million."""
    if times is None:
        return "over a million times"
    return f"{times:,.0f} times" if times >= 100 else f"{times:.3g} times"


def proof(trace: Trace) -> str:
    """What the exact search says."""
    exact = trace.named("exact")
    read = counted(trace.expansions, "beginning")
    if exact is not None:
        whole = all(one.finished for one in trace.suspects)
        of = "Exact" if whole else "Of texts that have an end, exact"
        found = f"{of} search found a likelier one: “{exact.text or '(nothing)'}”"
        return f"{found}{', and nothing beats it' if trace.proved else ''} ({read} read)."
    if trace.proved:
        return f"Exact search read {read} and proved that nothing likelier exists."
    return f"Exact search stopped after {read} and has proved nothing."


def formula(trace: Trace) -> list[str]:
    """How two suspects compare."""
    beam, yours = trace.named("beam"), trace.named("yours")
    lines = ["log P(translation | source) = Σ log P(word | words before, source)"]
    if beam is not None and yours is not None and beam.finished:
        lines.append(compared_line(beam, yours))
    return lines


def compared_line(beam: Suspect, yours: Suspect) -> str:
    """The quotient of two probabilities."""
    gap = yours.log_probability - beam.log_probability
    return (
        f"P(yours) / P(beam's) = exp({minus(f'{yours.log_probability:.4f}')} − "
        f"({minus(f'{beam.log_probability:.4f}')})) = {math.exp(gap):.4g}"
    )


def missed(trace: Trace) -> Shown:
    """How often the beam missed the best and how often that is empty, for each translator."""
    found = {TRANSLATORS[name].label: one for name, one in trace.measured.items()}
    headers = ["Model", "Sentences", "Beam", "Missed", "Empty is likeliest", "Proved"]
    body = [
        [name, str(one["sentences"]), str(one["beam"]),
         *(f"{one[part]:.4f}" for part in ("missed", "empty_best", "proved"))]
        for name, one in found.items()
    ]  # fmt: skip
    table = Table(headers, body)
    if not found:
        return Shown(None, "This has not been measured for these weights yet.", table)
    picture = bars(
        [*found, "published: a large one"],
        [
            Bars([*(one[part] for one in found.values()), None],
                 [*(percent(one[part]) for one in found.values()), said], heading, largest=1.0,
                 length=160)
            for part, heading, said in (
                ("missed", "beam search missed the best", "most"),
                ("empty_best", "the empty one is likeliest", "over half"),
            )
        ],
        most=30,
    )  # fmt: skip
    line = "missed: log P(likeliest | source) > log P(likeliest that the beam finished)"
    return Shown(picture, " ".join(map(measured, found, found.values())), table, [line])


def measured(name: str, one: dict[str, Any]) -> str:
    """One translator's figures in words."""
    whole = one["proved"] == 1
    least = "" if whole else "at least "
    proved = "" if whole else f", as exact search says, which ended for {percent(one['proved'])}"
    return (
        f"{name}: on {one['sentences']} test sentences a beam of {one['beam']} missed the "
        f"likeliest translation of {least}{percent(one['missed'])}, and the empty one is likeliest "
        f"for {least}{percent(one['empty_best'])}{proved}."
    )


def apart(trace: Trace) -> Shown:
    """The beam's translation and the expected one, word by word."""
    assert trace.chrf is not None
    assert trace.bleu is not None
    marks = [mark for word, mark in trace.difference if any(map(str.isalnum, word))]
    said = (
        f"Words in both: {marks.count('same')}; only the beam's: {marks.count('removed')}, "
        f"only yours: {marks.count('added')}. chrF {trace.chrf:.1f}, BLEU {trace.bleu:.1f}."
    )
    return Shown(
        difference(trace.difference, ("beam search", "yours")),
        said,
        Table(["Word", ""], [[word, mark] for word, mark in trace.difference]),
        [CHRF],
    )
