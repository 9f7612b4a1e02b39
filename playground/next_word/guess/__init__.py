"""Can you guess the next word better than a machine? (Shannon's game)"""

from playground.instrument import Figure, Instrument
from playground.settings import Choice, Text

PASSAGES = (
    "The old woman opened the window and looked out at the garden, where two small birds were "
    "singing in the apple tree.",
    "When we came home from school that afternoon, there was a letter on the kitchen table and "
    "nobody would tell us what it said.",
    "He had never been afraid of the dark, but that night he left the door open and a lamp "
    "burning beside his bed.",
    "My brother wanted to buy a new bicycle, so he worked in the shop every Saturday until he had "
    "enough money.",
    "The train was late again, and the people on the platform stood close together, trying to "
    "keep warm in the cold wind.",
)
OWN = "own"  # the passage that stands above
NUMBERED = {str(number): text for number, text in enumerate(PASSAGES, start=1)}
PASSAGE = Choice(
    name="passage",
    label="Passage",
    options={number: number for number in NUMBERED} | {OWN: "the text above"},
    default="1",
)
GAME = Text(name="game", label="Game", hidden=True, longest=100_000)  # a hundred guesses a word
TRIED = Text(name="tried", label="Guess", hidden=True, longest=60)
AGAIN = "again"  # what the mark says that begins a new game


def picked(key: str) -> dict[str, str]:
    """A choice was picked, or a new game."""
    return {"game": "", "tried": ""} if key == AGAIN else {"tried": key}


ROOM = "playground.next_word.guess"

INSTRUMENT = Instrument(
    room=__name__,
    title="Guess first",
    endpoints={"guess": "explain", "guess_turn": "turn", "guess_score": "score"},
    settings=(PASSAGE, GAME, TRIED),
    figures=(
        Figure(name="guess-text", caption="The text so far", code=(f"{ROOM}.reading.hidden",)),
        Figure(
            name="turn",
            caption="Pick the hidden word, or type it",
            code=(f"{ROOM}.explain.choices", f"{ROOM}.reading.offers"),
            pick=picked,
        ),
        Figure(
            name="scores",
            caption="You and the models",
            code=(f"{ROOM}.explain.play", f"{ROOM}.reading.offers", f"{ROOM}.players.bound"),
            limits=(
                "Ten words bound a language's entropy only roughly, and choosing among five words "
                "is easier than guessing from all "
                "([Shannon, 1951](https://doi.org/10.1002/j.1538-7305.1951.tb01366.x))."
            ),
        ),
    ),
)
