"""Can you guess the next word better than a machine? (Shannon's game)"""

import json
from typing import Any

import gradio as gr

from playground.explain import guess
from playground.explain.guess import Player, Score, Turn
from playground.plots import sums_next_word as sums
from playground.plots import told_next_word as told
from playground.plots.choices import choices
from playground.plots.figure import percent
from playground.plots.scores import scores
from playground.tabs import parts, workbench
from playground.tabs.frame import Call, figure, filled
from playground.tabs.next_word.shared import NAMES
from playground.tabs.workbench import Bench, Built

NAME, TITLE = "guess", "Guess first"
OWN = "own"  # the passage that stands above
PASSAGES = [(str(n), str(n)) for n in range(1, len(guess.PASSAGES) + 1)]
COLUMNS = ["right at once", "guesses a word", "Shannon's bound, bits", "surprisal, bits"]
LIMITS = (
    "Ten words bound a language's entropy only roughly, and choosing among five words is easier "
    "than guessing from all (Shannon, 1951, https://doi.org/10.1002/j.1538-7305.1951.tb01366.x)."
)
PASSAGE = '<p class="passage" aria-live="polite">{{value}}</p>'
PASSAGE_CSS = """
.passage { margin: 0.25rem 0 0.5rem; font-size: 1.6rem; line-height: 1.4;
  color: var(--body-text-color); overflow-wrap: anywhere; }
"""


def show(
    text: str, model: str, passage: str, game: str, tried: str
) -> tuple[str, dict[str, Any], dict[str, Any] | None, str, str]:
    """The text so far, the choices, the score once all is found, what to keep, an empty guess."""
    asked = text if passage == OWN else passage
    guesses = parsed(game, asked)
    turn, last = played(asked, guesses, tried)
    result = None
    shown, over = f"{turn.text} ____", turn.found
    if over:
        trace = guess.score(asked, guesses)
        shown, result = trace.text, scored(trace, asked, guesses)
    kept = json.dumps([asked, guesses], ensure_ascii=False)
    return shown, asking(turn, asked, last), result, kept, ""


def played(asked: str, guesses: list[list[str]], tried: str) -> tuple[Turn, str]:
    """The turn after a new guess, which joins `guesses`; and what it found, as a sentence.

    `tried` names the word and the number of the guess before the guess itself, so that the same
    event, coming twice, counts once.
    """
    number, _, word = tried.partition(":")
    position = len(guesses) - 1
    turn = guess.turn(asked, position, guesses[-1])
    if number == numbered(guesses) and word.strip() and not turn.found:
        guesses[-1].append(word.strip())
        turn = guess.turn(asked, position, guesses[-1])
    if not turn.found:
        return turn, ""
    last = told.found(turn.answer, len(dict.fromkeys(guesses[-1])))
    if position + 1 < turn.count:
        guesses.append([])
        turn = guess.turn(asked, position + 1, [])
    return turn, last


def numbered(guesses: list[list[str]]) -> str:
    """Which guess comes next: of which word, and after how many others."""
    return f"{len(guesses) - 1}.{len(guesses[-1])}"


def parsed(game: str, asked: str) -> list[list[str]]:
    """The guesses that a browser kept for this passage; a new game's, if it kept none."""
    try:
        passage, guesses = json.loads(game)
    except (ValueError, TypeError, RecursionError):
        return [[]]
    sound = passage == asked and isinstance(guesses, list) and guesses
    return guesses if sound and all(isinstance(one, list) for one in guesses) else [[]]


def asking(turn: Turn, asked: str, last: str) -> dict[str, Any]:
    """The choices for a hidden word; no more to choose once the last one is found."""
    number = f"{turn.position}.{len(turn.tries)}"
    call = Call("guess_turn", guess.turn, (asked, turn.position, turn.tries))
    said = last if turn.found else told.turn(turn.position, turn.count, turn.tries, last)
    keys = ["" if turn.found else f"{number}:{word}" for word in turn.choices]
    body = [[word, "tried" if word in turn.tries else ""] for word in turn.choices]
    return filled(choices(turn.choices, keys, turn.tries), said, (["Choice", ""], body), call)


def scored(trace: Score, asked: str, guesses: list[list[str]]) -> dict[str, Any]:
    """The person's figures beside each model's."""
    players = {"You": trace.person} | {NAMES[name]: one for name, one in trace.models.items()}
    cells = {name: figures(one) for name, one in players.items()}
    best = max(trace.models, key=lambda name: trace.models[name].accuracy)
    leader, person = trace.models[best], trace.person
    return filled(
        scores(COLUMNS, cells),
        told.over(
            (person.accuracy, person.bound_bits), (NAMES[best], leader.accuracy, leader.bound_bits)
        ),
        (
            ["Player", *COLUMNS, *trace.words],
            [
                [name, *(cell[1] if cell else "" for cell in cells[name]),
                 *map(str, one.guess_numbers)]
                for name, one in players.items()
            ],
        ),
        Call("guess_score", guess.score, (asked, guesses)),
        sums.bound(person.guess_numbers, person.bound_bits),
    )  # fmt: skip


def figures(player: Player) -> list[tuple[float, str] | None]:
    """A player's figures with what is told of each."""
    bits = player.surprisal_bits
    return [
        (player.accuracy, percent(player.accuracy)),
        (player.mean_guess_number, f"{player.mean_guess_number:.1f}"),
        (player.bound_bits, f"{player.bound_bits:.1f}"),
        None if bits is None else (bits, f"{bits:.1f}"),
    ]


def build() -> Built:
    """Lay it out, a new game with the first passage."""
    text, asked, _, kept, _ = show("", "", "1", "", "")
    with gr.Row():
        passage = gr.Radio(
            [*PASSAGES, ("the text above", OWN)], value="1", label="Passage", scale=3
        )
        again = gr.Button("New game", scale=0, min_width=120, size="sm")
    so_far = parts.filled(text, PASSAGE, PASSAGE_CSS, elem_id="guess-text")
    turn = figure("turn", "Pick the hidden word, or type it", guess.PARTS, "", asked)
    with gr.Row():
        typed = gr.Textbox(label="Your guess", max_lines=1, elem_id="guess-typed", scale=3)
        button = gr.Button("Guess", variant="primary", scale=0, min_width=120)
    result = figure("scores", "You and the models", guess.PARTS, LIMITS)
    game = gr.Textbox(kept, label="Game", visible="hidden", elem_id="guess-game")
    tried = gr.Textbox("", label="Tried", visible="hidden")
    return Built(
        [so_far, turn, result, game, typed],
        {"passage": passage, "game": game, "tried": tried},
        [(turn, lambda key: {"tried": key})],
        {"typed": typed, "guess": button, "again": again},
    )


def connect(bench: Bench) -> None:
    """Let a typed guess count, and a game begin anew."""
    controls, settings = bench.built[NAME].controls, bench.built[NAME].settings

    def typed(word: str, text: str, passage: str, game: str) -> dict[str, Any]:
        guesses = parsed(game, text if passage == OWN else passage)
        return {"tried": f"{numbered(guesses)}:{word}"}

    def again() -> dict[str, Any]:
        return {"game": "", "tried": ""}

    events = [controls["typed"].submit, controls["guess"].click]
    given = [controls["typed"], bench.inputs["text"], settings["passage"], settings["game"]]
    workbench.act(bench, NAME, events, given, typed)
    workbench.act(bench, NAME, [controls["again"].click], [], again)
