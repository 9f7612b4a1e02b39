"""Shannon's game, told: the text so far, the choices for a hidden word, how everyone did."""

from collections import Counter

from playground.drawing import Bars, Drawing, bars, boxes, choices, percent, pick_row, stacked
from playground.drawing.numbers import MOST
from playground.instrument import Shown, Table
from playground.next_word.guess import AGAIN
from playground.next_word.guess.explain import Trace
from playground.next_word.guess.game import numbered, to_json
from playground.next_word.guess.players import Player, Score, compared
from playground.reading.models import language_labels

BLANK = "____"
COLUMNS = ("right at once", "guesses a word", "Shannon's bound, bits", "surprisal, bits")
WIDE = 720  # pixels that a line of words takes at most
BAR = 90  # pixels, the longest bar
ROW = 34  # pixels


def figures(trace: Trace) -> dict[str, Shown]:
    """The text so far and the choices; once the last word is found, the score."""
    found = {"guess-text": so_far(trace), "turn": asking(trace)}
    return found if trace.score is None else found | {"scores": scored(trace.score)}


def kept(trace: Trace) -> dict[str, str]:
    """The game with all guesses in it."""
    return {"game": to_json(trace.passage, trace.guesses)}


def so_far(trace: Trace) -> Shown:
    """The words up to the hidden one; those that were found with their guess number."""
    over = trace.score is not None
    words = [token.strip() or "␣" for token in trace.tokens]
    numbers = ["" if number is None else f"guess {number}" for number in trace.found_at]
    shares = [0.0 if number is None else 1 / number for number in trace.found_at]
    blank = [] if over else [BLANK]
    picture = boxes(
        [*words, *blank],
        [*shares, *(0.0 for _ in blank)],
        [*numbers, *("" for _ in blank)] if any(numbers) else (),
        framed=() if over else (len(words),),
        width=WIDE,
        least=0,
    )
    text = trace.turn.text if trace.score is None else trace.score.text
    body = [list(row) for row in zip(words, numbers, strict=True)]
    return Shown(picture, f"“{' '.join([text, *blank])}”", Table(["Word", "Found at"], body))


def asking(trace: Trace) -> Shown:
    """The choices for a hidden word; no more to choose once the last one is found."""
    turn = trace.turn
    number = numbered(trace.guesses)
    keys = ["" if turn.found else f"{number}:{word}" for word in turn.choices]
    picture = stacked(
        [
            choices(turn.choices, keys, turn.tries),
            pick_row("", ["New game"], [AGAIN]),
        ]
    )
    body = [[word, "tried" if word in turn.tries else ""] for word in turn.choices]
    return Shown(picture, question(trace), Table(["Choice", ""], body))


def question(trace: Trace) -> str:
    """What the newest guess found, which word is asked for, and what was wrong so far."""
    turn, told = trace.turn, []
    if trace.last:
        number = [number for number in trace.found_at if number is not None][-1]
        told.append(f"“{trace.last}” is right, at guess {number}.")
    if not turn.found:
        told.append(f"Word {turn.position + 1} of {turn.count}.")
    if turn.tries and not turn.found:
        once = {compared(word): word for word in reversed(turn.tries)}
        told.append(f"Not {', '.join(f'“{word}”' for word in reversed(once.values()))}.")
    return " ".join(told)


def scored(score: Score) -> Shown:
    """The person's figures beside each model's."""
    labels = language_labels()
    players = {"You": score.person} | {labels[name]: one for name, one in score.models.items()}
    body = [
        [name, *(told for _, told in cells(one)), *map(str, one.guess_numbers)]
        for name, one in players.items()
    ]
    table = Table(["Player", *COLUMNS, *score.words], body)
    return Shown(picture(players), sentence(score, labels), table, bound(score.person))


def picture(players: dict[str, Player]) -> Drawing:
    """A line for each player, the person's in a colour of its own, a column for each figure."""
    columns = []
    for place, heading in enumerate(COLUMNS):
        values, told = zip(*(cells(one)[place] for one in players.values()), strict=True)
        titles = ["" if value is None else f"{heading}: {value:.6g}" for value in values]
        colours = ["negative", *("accent" for _ in values[1:])]
        columns.append(Bars(values, told, heading, colours, titles=titles, length=BAR))
    return bars(list(players), columns, strong={0}, row=ROW)


def cells(player: Player) -> list[tuple[float | None, str]]:
    """A player's figures with what is told of each, in the order of `COLUMNS`."""
    bits = player.surprisal_bits
    return [
        (player.accuracy, percent(player.accuracy)),
        (player.mean_guess_number, f"{player.mean_guess_number:.1f}"),
        (player.bound_bits, f"{player.bound_bits:.1f}"),
        (bits, "" if bits is None else f"{bits:.1f}"),
    ]


def sentence(score: Score, labels: dict[str, str]) -> str:
    """A person's accuracy and bound, those of the best models, and which could not play."""
    person = score.person
    most = max(model.accuracy for model in score.models.values())
    best = {labels[name]: one for name, one in score.models.items() if one.accuracy == most}
    bounds = " and ".join(f"{name}'s at {one.bound_bits:.1f}" for name, one in best.items())
    told = (
        f"You found {percent(person.accuracy)} at the first guess, the best of the models "
        f"({', '.join(best)}) {percent(most)}. Your guess numbers bound the entropy at "
        f"{person.bound_bits:.1f} bits a word, {bounds}."
    )
    if score.unable:
        names = ", ".join(labels[model] for model in score.unable)
        told += f" Not among them, for want of some of these words: {names}."
    return told


def bound(player: Player) -> list[str]:
    """Shannon's bound from a person's guess numbers."""
    numbers = player.guess_numbers
    counts = Counter(sorted(numbers))
    terms = " + ".join(
        f"{count}/{len(numbers)} log2 {len(numbers)}/{count}"
        for count in list(counts.values())[:MOST]
    )
    return [
        "H ≤ −Σ q[r] log2 q[r],  q[r] the share of words found at guess r",
        f"your guesses: {', '.join(map(str, numbers))}",
        f"{terms}{' + …' if len(counts) > MOST else ''} = {player.bound_bits:.3f} bits",
    ]
