"""How does a machine choose a translation?"""

from playground.instrument import Tab
from playground.translation import beam, fault, samples, shared, steer

TAB = Tab(
    name="translation",
    title="Translation",
    question="How does a machine choose a translation?",
    reading=(
        "Greedy decoding takes the likeliest word at each step; beam search keeps several "
        "beginnings alive and ends with the best whole sentence."
    ),
    examples=shared.EXAMPLES,
    inputs=(shared.TEXT, shared.MODEL),
    instruments=(beam.INSTRUMENT, steer.INSTRUMENT, fault.INSTRUMENT, samples.INSTRUMENT),
    action="Translate",
)
