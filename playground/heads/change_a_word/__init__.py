"""What does one word change for all the others?"""

from playground.heads.shared import HEAD, LAYER, head_picked, word_picked
from playground.instrument import Figure, Instrument
from playground.settings import Choice, Number, Text

CHANGE = Choice(
    name="change",
    label="What happens to it",
    options={"replace": "replaced", "mask": "masked", "swap": "swapped with the next"},
    default="replace",
)
OTHER = Text(name="other", label="By the word", default="sœur", longest=40)
ENGLISH = "sister"  # instead of that, for the language model
WORD = Number(name="word", label="Word", default=1, opening=3, least=1, most=999, hidden=True)

INSTRUMENT = Instrument(
    room=__name__,
    title="Change a word",
    settings=(CHANGE, OTHER, WORD, LAYER, HEAD),
    figures=(
        Figure(
            name="changed",
            caption="Pick a word to change it: what is written then",
            code=(
                "playground.heads.change_a_word.explain.changed",
                "playground.reading.difference.compared",
            ),
            limits=(
                "A masked word is one that nobody may look at; its place stays. The language model "
                "has no such mask and reads ⟨unknown⟩ there."
            ),
            pick=word_picked,
        ),
        Figure(
            name="changed-look",
            caption="One head before and after, and the difference",
            code=(
                "seq_models.self_attention.SelfAttention.look",
                "playground.heads.change_a_word.explain.words_look",
            ),
            limits=(
                "Decoder and cross-attention read the same translation both times, the first one, "
                "so that each row is the same word."
            ),
            column=1,
        ),
        Figure(
            name="changed-heads",
            caption="How much the change moves the look of each head: pick one",
            code=("playground.heads.change_a_word.explain.moved",),
            pick=head_picked,
            column=2,
        ),
    ),
)
