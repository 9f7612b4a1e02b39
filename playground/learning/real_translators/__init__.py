"""How did the translators of the other tabs learn? Six sentences at forty moments."""

from playground.instrument import Figure, Instrument
from playground.settings import Number

MOMENTS = 40
MOMENT = Number(
    name="moment", label="Moment", info="1: untrained", default=26, least=1, most=MOMENTS,
    picked=True, played=True,
)  # fmt: skip
SENTENCE = Number(
    name="sentence", label="Sentence", default=1, least=1, most=6, hidden=True, picked=True
)

INSTRUMENT = Instrument(
    room=__name__,
    title="The real translators",
    settings=(MOMENT, SENTENCE),
    figures=(
        Figure(
            name="became",
            caption="What it wrote, at each moment: pick one",
            code=("seq_models.training.train_step", "seq_models.decode.beam_search"),
            limits=(
                "A training like the first one of the translators on the other tabs, repeated to "
                "be filmed; those learned on afterwards. Only these six sentences were asked, and "
                "no parameters were kept: other sentences have no film."
            ),
            pick=lambda key: {"sentence" if key[:1] == "s" else "moment": int(key[1:])},
            column=1,
        ),
        Figure(
            name="looked",
            caption="Where it looked at this moment",
            code=("seq_models.attention.Attention.forward",
                  "seq_models.self_attention.SelfAttention.forward"),
            limits="Of a Transformer: the mean over the heads of the decoder's last layer.",
            column=2,
        ),
        Figure(
            name="bleu",
            caption="How good it was",
            code=("playground.learning.films.read",),
            limits=(
                "BLEU of 200 sentences that it was never trained on, from one known translation "
                "each ([Papineni et al. 2002](https://aclanthology.org/P02-1040)). The axis is "
                "stretched: most is learned early."
            ),
            pick=lambda key: {"moment": int(key)},
            column=1,
        ),
        Figure(
            name="certain",
            caption="How sure it was of the known translation, piece by piece",
            code=("seq_models.translate.read",),
            pick=lambda key: {"moment": int(key)},
            column=2,
        ),
    ),
)  # fmt: skip
