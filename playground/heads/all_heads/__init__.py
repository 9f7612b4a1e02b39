"""Every head of a stack on one sentence and on a corpus, and one of them large."""

from collections.abc import Mapping

from playground.heads.shared import HEAD, LAYER, head_picked
from playground.instrument import Figure, Instrument
from playground.settings import Choice, Toggle

PIECES = Toggle(name="pieces", label="Pieces of words", default=True, opening=False)
MEASURES = {
    "previous": "token before",
    "next": "next token",
    "same": "same token",
    "first": "first token",
    "punctuation": "punctuation",
    "entropy_bits": "entropy",
    "distance": "distance",
    "alignment_error": "alignment error",
    "removal_costs": "cost of removal",
}
"""What was measured of each head on a corpus, as an axis names it."""
UNITS = {"entropy_bits": ", bits", "distance": ", tokens"}
ACROSS = Choice(
    name="across", label="To the right", options=MEASURES, default="previous", hidden=True
)
UP = Choice(name="up", label="Upwards", options=MEASURES, default="removal_costs", hidden=True)


def axis_picked(key: str) -> Mapping[str, str]:
    """The key "across distance" or "up distance" to the setting of that axis."""
    axis, measure = key.split()
    return {{"across": "across", "up": "up"}[axis]: measure}


def example_picked(key: str) -> Mapping[str, str]:
    """The key of an example is its text."""
    return {"text": key}


INSTRUMENT = Instrument(
    room=__name__,
    title="All heads",
    endpoints={"heads": "explain"},
    settings=(LAYER, HEAD, PIECES, ACROSS, UP),
    figures=(
        Figure(
            name="grid",
            caption="All heads of this sentence: pick one to see it large",
            code=(
                "seq_models.self_attention.SelfAttention",
                "seq_models.transformer.TransformerBlock",
                "seq_models.decoder.DecoderBlock",
            ),
            pick=head_picked,
            column=1,
        ),
        Figure(
            name="head",
            caption="This head: each row looks at the columns",
            code=(
                "seq_models.self_attention.SelfAttention.attend",
                "playground.reading.looks.Looked.shares",
            ),
            limits=(
                "Where a head looks is not yet what it does: the value it takes from there counts "
                "too ([Kobayashi et al., 2020](https://arxiv.org/abs/2004.10102))."
            ),
            column=2,
        ),
        Figure(
            name="heads-axes",
            caption="The same heads on a corpus: pick what stands to the right, and what upwards",
            code=("train.measures.heads.Habits.mean",),
            pick=axis_picked,
        ),
        Figure(
            name="heads-corpus",
            caption="Every head a point: pick one",
            code=("train.measures.heads.Habits.add", "train.measures.heads.without_each"),
            limits=(
                "A head may do on this sentence what it seldom does on a corpus: that is why both "
                "stand here. Removed heads are measured one at a time "
                "([Michel et al., 2019](https://arxiv.org/abs/1905.10650))."
            ),
            pick=head_picked,
            column=1,
        ),
        Figure(
            name="heads-examples",
            caption="Its role on the corpus and here; sentences where it does it most: pick one",
            code=(
                "train.measures.head_examples.examples",
                "playground.reading.looks.Looked.shares",
            ),
            limits=(
                "The role is what most of its weight rests on, of five that were measured; a head "
                "that spreads its weight has none to speak of."
            ),
            pick=example_picked,
            column=2,
        ),
    ),
)
