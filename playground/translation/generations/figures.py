"""Translators side by side, told: their words, how sure they are, the time."""

import numpy as np

from playground.drawing import Bars, Texts, Word, bars, boxes, minus, percent, stacked
from playground.drawing.marks import Drawing
from playground.instrument import Shown, Table
from playground.reading.models import TRANSLATORS, Model
from playground.translation.generations.explain import Generation, Trace


def figures(trace: Trace, pieces: bool) -> dict[str, Shown]:
    """Words, and what they cost."""
    return {"generations": words(trace, pieces), "effort": effort(trace)}


def label(name: str) -> str:
    """What people call a translator."""
    return TRANSLATORS.get(name, Model(name, "", "")).label


def words(trace: Trace, pieces: bool) -> Shown:
    """Each translator's words, or pieces, by their probability."""
    parts: list[Drawing] = []
    body: list[list[str]] = []
    for name, one in trace.models.items():
        heading = Drawing(400, 24, [Word(0, 12, label(name), strong=True)])
        parts += [heading, row(one, pieces)]
        pairs = zip(*said_by(one, pieces), strict=True)
        body += [[label(name), word, f"{share:.8f}"] for word, share in pairs]
    headers = ["Model", "Piece" if pieces else "Word", "Probability"]
    return Shown(stacked(parts), sentence(trace, pieces), Table(headers, body),
                 ["P(word | words before, source) = product of its pieces', 0..1"])  # fmt: skip


def said_by(one: Generation, pieces: bool) -> tuple[list[str], np.ndarray]:
    """One translator's words, or pieces, and their probabilities."""
    if pieces:
        return one.target, one.probabilities
    return one.words.words, one.words.probabilities


def row(one: Generation, pieces: bool) -> Drawing:
    """One translator's words, or pieces."""
    said, shares = said_by(one, pieces)
    return boxes(
        said,
        shares,
        [percent(share) for share in shares],
        titles=[f"probability {share:.6f}" for share in shares.tolist()],
        letters="target",
    )


def sentence(trace: Trace, pieces: bool) -> str:
    """Whether they agree, and where each is least sure."""
    told = []
    for name, one in trace.models.items():
        said, shares = said_by(one, pieces)
        least = int(shares.argmin())
        told.append(
            f"{label(name)}: “{one.translation}”, least sure of “{said[least]}” "
            f"({percent(shares[least])}){'' if one.finished else ', cut, for it found no end'}"
        )
    texts = {one.translation for one in trace.models.values()}
    agreed = "They agree. " if len(texts) == 1 and len(trace.models) > 1 else ""
    return f"{agreed}{'; '.join(told)}."


def effort(trace: Trace) -> Shown:
    """How sure each was, the longer its bar the surer, and its time."""
    ones = list(trace.models.values())
    logs = [one.log_probability for one in ones]
    shares = [one.per_word for one in ones]
    times = [one.seconds for one in ones]
    picture = bars(
        [label(name) for name in trace.models],
        [
            Bars(shares, [percent(share) for share in shares], "probability a word",
                 largest=1.0, titles=[f"{share:.6f}" for share in shares]),
            Texts([minus(f"{log:.2f}") for log in logs], "log P",
                  titles=[f"{log:.6f}" for log in logs]),
            Texts([str(len(one.target)) for one in ones], "pieces"),
            Bars(times, [f"{1000 * one:.0f} ms" for one in times], "time", colours="neutral"),
            Texts([f"{one.parameters:,}" for one in ones], "parameters"),
        ],
        most=30,
    )  # fmt: skip
    surest = max(trace.models, key=lambda name: trace.models[name].per_word)
    quickest = min(trace.models, key=lambda name: trace.models[name].seconds)
    sure = (
        f"Surer of its own translation: {label(surest)}, {percent(trace.models[surest].per_word)} "
        "a word in the (geometric) mean."
        if all(one.finished for one in ones)
        else "One found no end and was cut, so how sure they are does not compare."
    )
    said = f"{sure} Quicker just now: {label(quickest)}."
    headers = ["Model", "Translation", "Probability of a word", "Log-probability", "Pieces",
               "Seconds", "Parameters"]  # fmt: skip
    body = [
        [label(name), one.translation, f"{one.per_word:.6f}", f"{one.log_probability:.6f}",
         str(len(one.target)), f"{one.seconds:.4f}", f"{one.parameters:,}"]
        for name, one in trace.models.items()
    ]  # fmt: skip
    lines = [
        "log P(translation | source) = Σ log P(piece | pieces before, source)",
        "probability of a word, in the mean = exp(log P / words), ⟨end⟩ being one",
    ]
    return Shown(picture, said, Table(headers, body), lines)
