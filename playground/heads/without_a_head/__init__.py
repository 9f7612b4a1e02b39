"""What is one head worth on this sentence?"""

from typing import Any

from playground.heads.shared import HEAD, LAYER, head_picked
from playground.instrument import Figure, Instrument
from playground.settings import Choice, Number, Toggle

SCALE = Number(
    name="scale",
    label="Times its output",
    info="0 removes the head, 1 leaves it alone",
    default=0.0,
    least=0,
    most=2,
    step=0.1,
)
INSTEAD = Choice(
    name="instead",
    label="What takes its place",
    options={"zero": "nothing", "mean": "its corpus mean"},
    default="zero",
)
ALONE = Toggle(name="alone", label="Leave this head alone, turn all others")


def sentence_picked(key: str) -> dict[str, Any]:
    """The key "layer head text" of a corpus sentence to the text and the settings."""
    layer, head, text = key.split(" ", 2)
    return {"layer": int(layer), "head": int(head), "text": text}


INSTRUMENT = Instrument(
    room=__name__,
    title="Without a head",
    settings=(SCALE, INSTEAD, ALONE, LAYER, HEAD),
    figures=(
        Figure(
            name="without",
            caption="What removing each head alone costs on this sentence, in bits: pick one",
            code=(
                "seq_models.scaled.ScaledHeads",
                "seq_models.self_attention.turned",
                "seq_models.scaled.one_each",
                "seq_models.scaled.scored",
            ),
            limits=(
                "A head set to zero is one that the others never met in training: part of the cost "
                "is that strangeness, and other heads may do its work "
                "([Michel et al., 2019](https://arxiv.org/abs/1905.10650)). Its mean over a corpus "
                "is more like it ([Pochinkov et al., 2024](https://arxiv.org/abs/2408.17322))."
            ),
            pick=head_picked,
            column=1,
        ),
        Figure(
            name="without-after",
            caption="Before and after, with the head turned down, off or up",
            code=("seq_models.self_attention.SelfAttention.look",),
            column=2,
        ),
        Figure(
            name="without-disagreement",
            caption="A head of a corpus sentence, with nothing and with its mean instead: pick it",
            code=("train.measures.head_examples.disagreements",),
            pick=sentence_picked,
        ),
        Figure(
            name="without-many",
            caption="How many can go: heads removed one after the other, cheapest first",
            code=("playground.heads.without_a_head.explain.cheapest_first",),
            limits=(
                "The order is that of single removals, not the best order there is: two heads "
                "that stand in for each other are cheap alone and dear together."
            ),
        ),
    ),
)
