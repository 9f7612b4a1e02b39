"""Do four architectures expect the same word?"""

from typing import Any

from playground.explain import four, next_word
from playground.plots import told_next_word as told
from playground.plots.curves import curves
from playground.plots.figure import percent
from playground.plots.next_words import side_by_side
from playground.tabs.frame import Call, figure, filled
from playground.tabs.next_word.shared import EXAMPLES, MODEL, NAMES, SMALL
from playground.tabs.workbench import Built

NAME, TITLE = "four", "Four models"
LIMITS = (
    "Each curve is one trained model of about the same size on one test set: another training, or "
    "more data, can order them differently (Melis et al., 2018, https://arxiv.org/abs/1707.05589). "
    "The recurrent ones were trained on 64 tokens at a time, the Transformer on 256, but few lines "
    "are so long: it knows late places poorly, so with all words it can do worse (Press et al., "
    "2022, https://arxiv.org/abs/2108.12409)."
)


def show(text: str, model: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Every model's likeliest words, and its memory curve."""
    trace = four.explain(text)
    call = Call("four", four.explain, (text,))
    each = {NAMES[name]: one for name, one in trace.models.items()}
    measured = {NAMES[name]: curve for name, curve in trace.curves.items()}
    expected = {
        name: (one.next_words, one.next_probabilities, one.perplexity) for name, one in each.items()
    }
    rows = [
        [name, word, percent(probability), f"{probability:.8f}"]
        for name, one in each.items()
        for word, probability in zip(one.next_words, one.next_probabilities.tolist(), strict=True)
    ]
    seen = [
        [name, "all" if context is None else str(context), f"{perplexity:g}"]
        for name, curve in measured.items()
        for context, perplexity in curve
    ]
    return (
        filled(
            side_by_side({n: (one.next_words, one.next_probabilities) for n, one in each.items()}),
            told.four(expected),
            (["Model", "Word", "Probability", "Exact"], rows),
            call,
            ["P(next word | words so far) = softmax(E fc(h[t]) + b)"],
        ),
        filled(
            curves(measured) if measured else None,
            told.curves(measured),
            (["Model", "Words of context", "Perplexity"], seen),
            call,
            ["perplexity = 2^(mean surprisal), each word read from the last k words alone"],
        ),
    )


def build() -> Built:
    """Lay it out, the first example worked out."""
    bars, curve = show(EXAMPLES[0], MODEL)
    caption = "What is a longer memory worth? Perplexity on test text by words of context"
    return Built(
        [
            figure("four", "The likeliest next words of each", next_word.PARTS, SMALL, bars),
            figure("curves", caption, four.PARTS, LIMITS, curve),
        ]
    )
