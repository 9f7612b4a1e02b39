"""Every head of a stack on one sentence, and one of them large."""

from playground.heads.shared import HEAD, LAYER, map_picked
from playground.instrument import Figure, Instrument
from playground.settings import Toggle

PIECES = Toggle(name="pieces", label="Pieces of words", default=True, opening=False)


INSTRUMENT = Instrument(
    room=__name__,
    title="All heads",
    endpoints={"heads": "explain"},
    settings=(LAYER, HEAD, PIECES),
    figures=(
        Figure(
            name="grid",
            caption="All heads of this sentence: pick one to see it large",
            code=(
                "seq_models.self_attention.SelfAttention",
                "seq_models.transformer.TransformerBlock",
                "seq_models.decoder.DecoderBlock",
            ),
            pick=map_picked,
            column=1,
        ),
        Figure(
            name="head",
            caption="This head: each row looks at the columns",
            code=(
                "seq_models.self_attention.SelfAttention.attend",
                "train.measures.heads.translator_habits",
            ),
            limits=(
                "Where a head looks is not yet what it does: the value it takes from there counts "
                "too ([Kobayashi et al., 2020](https://arxiv.org/abs/2004.10102))."
            ),
            column=2,
        ),
    ),
)
