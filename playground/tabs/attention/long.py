"""What happens to long sentences?"""

from typing import Any

from playground.explain import long, measurements
from playground.plots import told_attention
from playground.plots.by_length import by_length, spelled
from playground.plots.longer import longer
from playground.tabs.attention.shared import EXAMPLES, LONGER, NAMES
from playground.tabs.frame import Call, figure, filled
from playground.tabs.workbench import Built

NAME, TITLE = "long", "Long sentences"
LIMITS = (
    "BLEU counts words shared with one translation by a person; scores of different sentences, "
    "so of different lengths, are not strictly comparable (Papineni et al., 2002, "
    "https://doi.org/10.3115/1073083.1073135)."
)


def show(text: str, merged: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Sentences to pick from with both translations of this one; BLEU by length of both models."""
    trace = long.explain(text)
    call = Call("long_sentences", long.explain, (text,))
    return (
        filled(
            longer(LONGER, text),
            told_attention.long(trace.words, trace.translations, NAMES),
            (
                ["Model", "Translation", "Log-probability"],
                [
                    [NAMES[model], translation, f"{trace.log_probabilities[model]:.6f}"]
                    for model, translation in trace.translations.items()
                ],
            ),
            call,
        ),
        filled(
            by_length(trace.by_length, NAMES, trace.words) if trace.by_length else None,
            told_attention.by_length(trace.by_length, NAMES),
            (
                ["Model", "Source", "Sentences", "BLEU"],
                [
                    [NAMES[model], spelled(band["shortest"], band["longest"]),
                     str(band["sentences"]), str(band["bleu"])]
                    for model, bands in trace.by_length.items()
                    for band in bands
                ],
            ),
            call,
        ),
    )  # fmt: skip


def build() -> Built:
    """Lay it out, the first example worked out."""
    sentences, measured = show(EXAMPLES[0], False)
    places = [
        figure("longer", "Sentences of growing length: pick one", long.PARTS, "", sentences),
        figure(
            "by-length",
            "BLEU on test sentences of each length",
            [measurements.bleu_by_length],
            LIMITS,
            measured,
        ),
    ]
    return Built(places, {}, [(places[0], lambda key: {"text": LONGER[int(key)]})])
