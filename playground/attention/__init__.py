"""Which word matters now?"""

from playground.attention import align, elsewhere, long_sentences, score, shared, spotlight
from playground.instrument import Tab

TAB = Tab(
    name="attention",
    title="Attention",
    question="Which word matters now?",
    reading=(
        "Before this recurrent network writes an English word, it scores every French word, and "
        "the scores become shares that sum to 1: its spotlight. A dot (·) marks a piece that "
        "continues a word."
    ),
    examples=shared.EXAMPLES,
    inputs=(shared.TEXT, shared.MERGED, shared.AS_TYPED),
    instruments=(
        spotlight.INSTRUMENT,
        score.INSTRUMENT,
        elsewhere.INSTRUMENT,
        align.INSTRUMENT,
        long_sentences.INSTRUMENT,
    ),
    action="Translate",
)
