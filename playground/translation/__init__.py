"""How does a machine choose a translation?"""

from playground.instrument import Tab
from playground.translation import (
    beam,
    fault,
    generations,
    many_sentences,
    samples,
    shared,
    steer,
    taught,
    walk,
    wider,
)

TAB = Tab(
    name="translation",
    title="Translation",
    question="How does a machine choose a translation?",
    reading=(
        "Greedy decoding takes the likeliest word at each step; beam search keeps several "
        "beginnings alive and ends with the best whole sentence."
    ),
    examples=shared.EXAMPLES,
    inputs=(shared.TEXT, shared.MODEL, shared.AS_TYPED),
    instruments=(
        beam.INSTRUMENT,
        walk.INSTRUMENT,
        steer.INSTRUMENT,
        fault.INSTRUMENT,
        taught.INSTRUMENT,
        generations.INSTRUMENT,
        samples.INSTRUMENT,
        wider.INSTRUMENT,
        many_sentences.INSTRUMENT,
    ),
    action="Translate",
)
