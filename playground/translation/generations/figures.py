"""Translators side by side, told: their words, how sure they are, the time."""

from playground.drawing import Bars, Texts, Word, bars, boxes, minus, percent, stacked
from playground.drawing.marks import Drawing
from playground.instrument import Shown, Table
from playground.reading.models import TRANSLATORS, Model
from playground.translation.generations.explain import Generation, Trace


def figures(trace: Trace) -> dict[str, Shown]:
    """Words, and what they cost."""
    return {"generations": words(trace), "effort": effort(trace)}


def label(name: str) -> str:
    """What people call a translator."""
    return TRANSLATORS.get(name, Model(name, "", "")).label


def words(trace: Trace) -> Shown:
    """Each translator's tokens by their probability."""
    parts: list[Drawing] = []
    for name, one in trace.models.items():
        heading = Drawing(400, 24, [Word(0, 12, label(name), strong=True)])
        parts += [heading, row(one)]
    body = [
        [label(name), word, f"{share:.8f}"]
        for name, one in trace.models.items()
        for word, share in zip(one.target, one.probabilities.tolist(), strict=True)
    ]
    return Shown(stacked(parts), sentence(trace), Table(["Model", "Word", "Probability"], body),
                 ["P(word | words before, source), 0..1"])  # fmt: skip


def row(one: Generation) -> Drawing:
    """One translator's tokens."""
    shares = one.probabilities
    return boxes(
        one.target,
        shares,
        [percent(share) for share in shares],
        titles=[f"probability {share:.6f}" for share in shares.tolist()],
        letters="target",
    )


def sentence(trace: Trace) -> str:
    """Whether they agree, and where each is least sure."""
    told = []
    for name, one in trace.models.items():
        least = int(one.probabilities.argmin())
        told.append(
            f"{label(name)}: “{one.translation}”, least sure of “{one.target[least]}” "
            f"({percent(one.probabilities[least])})"
        )
    texts = {one.translation for one in trace.models.values()}
    agreed = "They agree. " if len(texts) == 1 and len(trace.models) > 1 else ""
    return f"{agreed}{'; '.join(told)}."


def effort(trace: Trace) -> Shown:
    """Log-probability and time of each."""
    ones = list(trace.models.values())
    logs = [one.log_probability for one in ones]
    times = [one.seconds for one in ones]
    picture = bars(
        [label(name) for name in trace.models],
        [
            Bars([-log for log in logs], [minus(f"{log:.2f}") for log in logs],
                 "log-probability, nats", titles=[f"{log:.6f}" for log in logs]),
            Bars(times, [f"{1000 * one:.0f} ms" for one in times], "time", colours="neutral"),
            Texts([f"{one.parameters:,}" for one in ones], "parameters"),
        ],
        most=30,
    )  # fmt: skip
    surest = max(trace.models, key=lambda name: trace.models[name].log_probability)
    quickest = min(trace.models, key=lambda name: trace.models[name].seconds)
    said = (
        f"Surer of its own translation: {label(surest)}, "
        f"{minus(f'{trace.models[surest].log_probability:.2f}')} nats. Quicker just now: "
        f"{label(quickest)}."
    )
    headers = ["Model", "Translation", "Log-probability", "Seconds", "Parameters"]
    body = [
        [label(name), one.translation, f"{one.log_probability:.6f}", f"{one.seconds:.4f}",
         f"{one.parameters:,}"]
        for name, one in trace.models.items()
    ]  # fmt: skip
    line = "log P(translation | source) = Σ log P(word | words before, source)"
    return Shown(picture, said, Table(headers, body), [line])
