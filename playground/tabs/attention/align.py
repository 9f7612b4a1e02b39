"""How well does it align words?"""

from typing import Any

import gradio as gr

from playground.explain import alignment, measurements
from playground.plots import sums_attention as sums
from playground.plots import told_attention
from playground.plots.figure import percent
from playground.plots.word_bars import word_bars
from playground.tabs.attention.shared import EXAMPLES, NAMES
from playground.tabs.frame import Call, figure, filled
from playground.tabs.workbench import Built

NAME, TITLE = "align", "How well does it align"
LIMITS = (
    "The model was never told to align: it may look at a neighbour, or one word late (Koehn and "
    "Knowles, 2017, section 3.5, https://arxiv.org/abs/1706.03872)."
)
RATED = (
    "The Transformer's head is the best of all on the very sentences that rate it, so its rate "
    "flatters it (Och and Ney, 2003, https://doi.org/10.1162/089120103321337421)."
)


def show(text: str, merged: bool) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What each source word got, how sharp each look was, how often the links are right."""
    trace = alignment.explain(text, merged)
    call = Call("align", alignment.explain, (text, merged))
    return coverage(trace, call), entropy(trace, call), rates(trace, call)


def coverage(trace: alignment.Trace, call: Call) -> dict[str, Any]:
    """A bar for each source word."""
    told = [f"{value:.2f}" for value in trace.coverage.tolist()]
    column = trace.source.index(trace.most)
    return filled(
        word_bars(trace.source, trace.coverage, told, "source"),
        told_attention.coverage(trace.most, trace.least, trace.source, trace.coverage),
        (["Word", "Coverage"], table(trace.source, trace.coverage.tolist())),
        call,
        sums.coverage(trace.most, trace.weights[:, column]),
    )


def entropy(trace: alignment.Trace, call: Call) -> dict[str, Any]:
    """A bar for each target word."""
    bits = trace.entropy_bits.tolist()
    row = trace.target.index(trace.broadest)
    return filled(
        word_bars(
            trace.target, trace.entropy_bits, [f"{each:.1f} bits" for each in bits], "target"
        ),
        told_attention.entropy(trace.sharpest, trace.broadest, trace.looked_at),
        (["Word", "Entropy, bits"], table(trace.target, bits)),
        call,
        sums.entropy(trace.broadest, trace.weights[row], bits[row]),
    )


def rates(trace: alignment.Trace, call: Call) -> dict[str, Any]:
    """A bar for each measured model; no drawing where none is."""
    measured = trace.measured
    wrong = trace.rates
    names = [NAMES[model] for model in measured]
    drawn = word_bars(names, wrong, [percent(rate) for rate in wrong], largest=1.0)
    return filled(
        drawn if measured else None,
        told_attention.rates(measured, NAMES),
        (
            ["Model", "Layer", "Head", "Reading", "Alignment error rate"],
            [
                [NAMES[model], *map(str, (best["layer"], best["head"])),
                 told_attention.READINGS[best["reading"]], str(best["error_rate"])]
                for model, best in measured.items()
            ],
        ),
        call,
        sums.rates(),
    )  # fmt: skip


def table(words: list[str], values: list[float]) -> list[list[str]]:
    """Words with their values, six decimals."""
    return [[word, f"{value:.6f}"] for word, value in zip(words, values, strict=True)]


def build() -> Built:
    """Lay it out, the first example worked out."""
    covered, sharp, rated = show(EXAMPLES[0], False)
    with gr.Row():
        with gr.Column(min_width=320):
            first = figure(
                "coverage", "What each French word got", [alignment.explain], LIMITS, covered
            )
        with gr.Column(min_width=320):
            second = figure(
                "entropy", "How widely it looked for each word", [alignment.explain], "", sharp
            )
    third = figure(
        "rates",
        "How often the links are wrong, on sentences that people linked by hand",
        [measurements.alignment_rates],
        RATED,
        rated,
    )
    return Built([first, second, third])
