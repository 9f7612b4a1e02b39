"""What is one head worth on this sentence?"""

from playground.heads.shared import HEAD, LAYER
from playground.instrument import Figure, Instrument
from playground.settings import Number

SCALE = Number(
    name="scale",
    label="Times its output",
    info="0 removes the head, 1 leaves it alone",
    default=0.0,
    least=0,
    most=2,
    step=0.1,
)


def cell_picked(key: str) -> dict[str, int]:
    """The key "layer head" of a cell, from 1, to the settings."""
    layer, head = key.split()
    return {"layer": int(layer), "head": int(head)}


INSTRUMENT = Instrument(
    room=__name__,
    title="Without a head",
    settings=(SCALE, LAYER, HEAD),
    figures=(
        Figure(
            name="without",
            caption="What removing each head alone costs on this sentence, in bits: pick one",
            code=(
                "seq_models.scaled.ScaledHeads",
                "playground.heads.without_a_head.explain.costs",
                "playground.heads.without_a_head.explain.one_each",
            ),
            limits=(
                "A head set to zero is one that the others never met in training: part of the cost "
                "is that strangeness, and other heads may do its work "
                "([Michel et al., 2019](https://arxiv.org/abs/1905.10650))."
            ),
            pick=cell_picked,
            column=1,
        ),
        Figure(
            name="without-after",
            caption="Before and after, with the head turned down, off or up",
            code=("seq_models.self_attention.SelfAttention.look",),
            column=2,
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
