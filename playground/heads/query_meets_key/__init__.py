"""How does a score come about, number by number?"""

from dataclasses import replace

from playground.heads.shared import HEAD, LAYER, head_picked, word_picked
from playground.instrument import Figure, Instrument
from playground.settings import Number

FIRST_LAYER = replace(LAYER, opening=1)
SECOND_HEAD = replace(HEAD, opening=2)
WORD = Number(
    name="word", label="Word that looks", default=1, opening=2, least=1, most=999, hidden=True
)
KEY = Number(
    name="key", label="Word looked at", default=1, opening=3, least=1, most=999, hidden=True
)
PARTS = (
    "word with word",
    "word with place",
    "place with word",
    "place with place",
    "the biases",
)


def key_picked(key: str) -> dict[str, int]:
    """The key of a word that is looked at."""
    return {"key": int(key)}


def either_picked(key: str) -> dict[str, int]:
    """The key "word 2" or "key 3"."""
    name, _, place = key.partition(" ")
    return {"word": word_picked, "key": key_picked}[name](place)


INSTRUMENT = Instrument(
    room=__name__,
    title="Query meets key",
    settings=(FIRST_LAYER, SECOND_HEAD, WORD, KEY),
    figures=(
        Figure(
            name="meets",
            caption="One word's query meets every key: pick the word, and the key it meets",
            code=("seq_models.self_attention.SelfAttention.look",),
            limits=(
                "The numbers are those of this head alone; what a unit of a query means, nobody "
                "has told it: only the products count."
            ),
            pick=either_picked,
        ),
        Figure(
            name="meets-units",
            caption="Unit by unit: the query, the key, their product",
            code=("seq_models.self_attention.SelfAttention.project",),
        ),
        Figure(
            name="meets-parts",
            caption="What the score is made of: words and places, in a first layer",
            code=(
                "seq_models.self_attention.SelfAttention.score_parts",
                "seq_models.transformer.positions",
            ),
            limits=(
                "Exact only where a word and its place have just been added: later layers mix "
                "them ([Dai et al., 2019, section 3.3](https://arxiv.org/abs/1901.02860))."
            ),
            pick=key_picked,
            column=1,
        ),
        Figure(
            name="meets-head",
            caption="All heads of this stack: pick one",
            code=("seq_models.inside.Layer",),
            pick=head_picked,
            column=2,
        ),
        Figure(
            name="meets-values",
            caption="What each word gives: its weight times its value, and their sum",
            code=("seq_models.self_attention.SelfAttention.written",),
            pick=key_picked,
        ),
    ),
)
