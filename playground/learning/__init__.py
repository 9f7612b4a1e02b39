"""How does a model learn?"""

from playground.instrument import Tab
from playground.learning import film, real_translators, shared, train

TAB = Tab(
    name="learning",
    title="Learning",
    question="How does a model learn to turn one text into another?",
    reading=(
        "The models of the other tabs, small enough to learn a task in seconds. Each began with "
        "random parameters and saw examples only. The curves are of examples that it has never "
        "seen; a text of your own may be one that it has."
    ),
    examples=("learning", "stressed", "window", "constantinople"),
    inputs=(shared.TEXT, shared.TASK, shared.MODEL, shared.MEANT),
    instruments=(film.INSTRUMENT, train.INSTRUMENT, real_translators.INSTRUMENT),
)
