"""What does one head look at, and what does it take from there?"""

from typing import Any

from playground.heads.shared import HEAD, LAYER, PIECES
from playground.instrument import Figure, Instrument
from playground.settings import Choice, Number, Text

PINNED = Text(
    name="pinned", label="Pinned heads", placeholder="2.5 (4.6)", longest=200, hidden=True
)
MEASURE = Choice(
    name="measure",
    label="Show",
    options={"looks": "how much it looks", "takes": "how much it takes"},
    default="looks",
)
READING = Choice(
    name="reading",
    label="A row of cross-attention is",
    options={"written": "when the word is written", "read": "when the word is read"},
    default="written",
)
ROW = Number(name="row", label="Looking word", default=0, least=0, most=999, hidden=True)
COLUMN = Number(name="column", label="Looked at", default=0, least=0, most=999, hidden=True)


def head_picked(key: str) -> dict[str, Any]:
    """The key "layer head pins" of a map or a pin to the settings."""
    layer, head, pinned = key.split(" ", 2)
    return {"layer": int(layer), "head": int(head), "pinned": pinned}


def word_picked(key: str) -> dict[str, Any]:
    """The key "row column" of a word to the settings; 0 is all."""
    row, column = key.split()
    return {"row": int(row), "column": int(column)}


INSTRUMENT = Instrument(
    room=__name__,
    title="One head",
    settings=(MEASURE, READING, PIECES, LAYER, HEAD, PINNED, ROW, COLUMN),
    figures=(
        Figure(
            name="one-head",
            caption="From word to word: pick a word to light what it looks at, or who looks at it",
            code=(
                "seq_models.self_attention.SelfAttention.look",
                "seq_models.self_attention.SelfAttention.written",
                "playground.reading.looks.Looked.head",
            ),
            limits=(
                "How much a head looks is not how much it takes: words that it looks at for want "
                "of better may give it short vectors "
                "([Kobayashi et al., 2020](https://arxiv.org/abs/2004.10102))."
            ),
            pick=word_picked,
        ),
        Figure(
            name="one-head-weights",
            caption="The same as numbers; of several heads their mean",
            code=("playground.reading.pieces.merge", "playground.reading.looks.merged"),
            limits=(
                "In cross-attention the step that writes a word often looks elsewhere than the "
                "step that reads it ([Chen et al., 2020](https://arxiv.org/abs/2004.14837))."
            ),
            pick=word_picked,
            column=1,
        ),
        Figure(
            name="one-head-choice",
            caption="All heads of this stack: pick one, pin it, switch what is pinned off and on",
            code=("seq_models.inside.Layer",),
            pick=head_picked,
            column=2,
        ),
    ),
)
