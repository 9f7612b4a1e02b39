"""What comes next, and what does the model remember?"""

from playground.instrument import Tab
from playground.next_word import choose, compare, guess, inside, look_back, predict, shared, surgery
from playground.settings import AS_TYPED

TAB = Tab(
    name="next-word",
    title="Next word",
    question="What comes next, and what does the model remember?",
    reading=(
        "A network reads your words into a memory and says how likely each next word is. "
        "⟨unknown⟩: any word outside its vocabulary; ⟨end⟩: the text's end."
    ),
    examples=shared.EXAMPLES,
    inputs=(shared.TEXT, shared.MODEL, AS_TYPED),
    instruments=(
        predict.INSTRUMENT,
        choose.INSTRUMENT,
        inside.INSTRUMENT,
        look_back.INSTRUMENT,
        surgery.INSTRUMENT,
        compare.INSTRUMENT,
        guess.INSTRUMENT,
    ),
)
