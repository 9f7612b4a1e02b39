"""What does each head look for?"""

from playground.heads import (
    all_heads,
    change_a_word,
    left_out,
    one_head,
    positions,
    query_meets_key,
    shared,
    through_the_layers,
    without_a_head,
)
from playground.instrument import Tab

TAB = Tab(
    name="heads",
    title="Self-attention heads",
    question="What does each head look for?",
    reading=(
        "In a Transformer every word looks at every other, through several heads at once, layer "
        "after layer. A row is the word that looks, a column the word it looks at, and each row "
        "sums to 1. In the decoder a word sees only itself and the words before it; in "
        "cross-attention the row is the English word about to be written."
    ),
    examples=shared.EXAMPLES,
    inputs=(shared.TEXT, shared.STACK, shared.AS_TYPED),
    instruments=(
        all_heads.INSTRUMENT,
        one_head.INSTRUMENT,
        query_meets_key.INSTRUMENT,
        without_a_head.INSTRUMENT,
        through_the_layers.INSTRUMENT,
        positions.INSTRUMENT,
        change_a_word.INSTRUMENT,
        left_out.INSTRUMENT,
    ),
    action="Look inside",
)
