"""Samples, told: what was drawn, what most agree on, how alike they are."""

from playground.drawing import Bars, Texts, bars, matrix, minus, percent, translations
from playground.drawing.sentences import BEGUN, begun
from playground.instrument import Shown, Table
from playground.translation.samples.explain import Trace
from playground.translation.shared import CHRF

ROW = 22  # pixels of a row where there are so many
CUT = f" {BEGUN}; it holds no probability as a text."


def figures(trace: Trace) -> dict[str, Shown]:
    """What was drawn, and how alike it is."""
    return {"drawn": drawn(trace), "alike": alike(trace)}


def drawn(trace: Trace) -> Shown:
    """Different texts, the most agreed-on first, the beam's in bold."""
    texts = written(trace)
    names = [str(place) for place in range(1, len(texts) + 1)]
    agreed = trace.agreement
    logs = [minus(f"{log:.2f}") for log in trace.log_probabilities]
    picture = bars(
        names,
        [
            translations(texts),
            Bars(agreed, [f"{one:.1f}" for one in agreed], "chrF with all", largest=100.0,
                 length=120, titles=[f"{one:.6f}" for one in agreed]),
            Texts([str(times) for times in trace.times], "drawn"),
            Texts(logs, "log P"),
        ],
        strong=[place for place, text in enumerate(trace.texts) if text == trace.beam],
        row=ROW,
    )  # fmt: skip
    rows = zip(texts, trace.times, trace.log_probabilities, trace.agreement, strict=True)
    body = [[text, str(times), f"{log:.6f}", f"{agreed:.4f}"] for text, times, log, agreed in rows]
    headers = ["Translation", "Drawn", "Log-probability", "Mean chrF with all draws"]
    return Shown(picture, sentence(trace), Table(headers, body), formula(trace))


def written(trace: Trace) -> list[str]:
    """The texts; one that found no end goes on with "…"."""
    return [begun(text, not cut) for text, cut in zip(trace.texts, trace.cut, strict=True)]


def sentence(trace: Trace) -> str:
    """What the samples agree on, beside the beam's, and how much probability they hold."""
    chosen, count = written(trace)[0], len(trace.texts)
    agree = trace.texts[0] == trace.beam
    beam = begun(trace.beam, trace.beam_finished)
    same = "That is the beam's, too." if agree else f"The beam says “{beam}”."
    held = f"{percent(trace.held)} of all probability, as it is at temperature 1"
    if count == 1:
        said = f"All thirty draws gave this one text, which holds {held}"
    else:
        said = f"Thirty draws gave {count} different texts, which together hold {held}"
    alone = f"; the beam's alone holds {percent(trace.beam_probability)}"
    known = (agree and count == 1) or not trace.beam_finished
    cut = any(trace.cut) or not trace.beam_finished
    return (
        f"Minimum Bayes risk chooses “{chosen}”. {same} "
        f"{said}{'' if known else alone}.{CUT if cut else ''}"
    )


def formula(trace: Trace) -> list[str]:
    """The agreement of the first."""
    first = [f"{times} × {one:.1f}" for times, one in zip(trace.times, trace.chrf[0], strict=True)]
    terms = " + ".join(first[:6]) + (" + …" if len(first) > 6 else "")
    return [
        "agreement(h) = Σ times(r) chrF(h, r) / 30, over all different texts r",
        f"({terms}) / 30 = {trace.agreement[0]:.2f}",
    ]


def alike(trace: Trace) -> Shown:
    """The chrF of each pair."""
    count = len(trace.texts)
    names = [str(place) for place in range(1, count + 1)]
    picture = matrix(trace.chrf, names, names, largest=100.0, row_key=lambda _: "", unit=" chrF",
                     cell_key=lambda _, __: "", row_height=ROW)  # fmt: skip
    body = [[text, *(f"{value:.1f}" for value in row)]
            for text, row in zip(trace.texts, trace.chrf, strict=True)]  # fmt: skip
    headers = ["", *map(str, range(1, len(trace.texts) + 1))]
    return Shown(picture, likeness(trace.mean_chrf), Table(headers, body), [CHRF])


def likeness(mean: float | None) -> str:
    """How much two different texts share (chrF, 0..100), if there are two."""
    if mean is None:
        return "There is one text only: nothing to compare it with but itself."
    return f"Numbers as above. Two different texts share a chrF of {mean:.1f} in the mean."
