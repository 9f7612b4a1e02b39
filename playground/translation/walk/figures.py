"""A search, walked through: at each step the ways on, what becomes of them, where it looked."""

import math

from playground.drawing import (
    Bars,
    Drawing,
    Frame,
    Frames,
    Texts,
    bars,
    matrix,
    minus,
    percent,
    stacked,
)
from playground.drawing.numbers import multiple
from playground.drawing.sentences import counted, cut
from playground.instrument import Shown, Table
from playground.translation.walk.explain import Step, Trace

FATES = {"kept": "lives on", "finished": "ends", "pruned": "dies"}
COLOURS = {"kept": "accent", "finished": "negative", "pruned": "neutral"}
END_OF_TEXT = 24  # letters of a beginning that its row tells


def figures(trace: Trace) -> dict[str, Shown]:
    """The walk."""
    numbers = range(1, len(trace.alive) + 1)
    frames = [Frame(drawn(trace, number), sentence(trace, number)) for number in numbers]
    headers = ["Step", "Text so far", "Probability of the piece", "Log-probability", "Fate"]
    body = [
        [str(one.step), one.text, f"{share:.8f}", f"{one.log_probability:.6f}", FATES[one.fate]]
        for one, share in zip(trace.steps, trace.probabilities.tolist(), strict=True)
    ]
    line = "log P(beginning + piece) = log P(beginning) + log P(piece | beginning, source)"
    return {"walk": Shown(Frames(frames), frames[0].sentence, Table(headers, body), [line])}


def weighed(trace: Trace, number: int) -> list[tuple[Step, float]]:
    """The candidates of a step, each with its piece's probability."""
    pairs = zip(trace.steps, trace.probabilities.tolist(), strict=True)
    return [(one, share) for one, share in pairs if one.step == number]


def drawn(trace: Trace, number: int) -> Drawing:
    """The ways on, likeliest first, above where the model looked to find them."""
    ones = weighed(trace, number)
    shares = [share for _, share in ones]
    alive = trace.alive[number - 1]
    kept = [place for place, one in enumerate(trace.steps)
            if (one.step, one.fate) == (number - 1, "kept")] or [-1]  # fmt: skip
    before = [alive.texts[kept.index(one.parent)] for one, _ in ones]
    ways = bars(
        [one.word for one, _ in ones],
        [
            Bars(shares, [percent(share) for share in shares], "the piece, given its beginning",
                 [COLOURS[one.fate] for one, _ in ones], largest=1.0, length=120,
                 titles=[f"{share:.8f}" for share in shares]),
            Texts([minus(f"{one.log_probability:.2f}") for one, _ in ones], "log P of all",
                  titles=[f"{one.log_probability:.6f}" for one, _ in ones]),
            Texts([fate(one) for one, _ in ones], "it", anchor="start", colours=""),
            Texts([ending(text) for text in before], "after", anchor="start", titles=before),
        ],
        colours="target",
        strong=[place for place, (one, _) in enumerate(ones) if one.fate != "pruned"],
    )  # fmt: skip
    looked = matrix(
        alive.weights,
        [ending(text, 18) for text in alive.texts],
        trace.source,
        letters=("target", "source"),
        row_key=lambda _: "",
        cell_key=lambda _, __: "",
    )
    return stacked([ways, looked])


def fate(one: Step) -> str:
    """What becomes of a candidate; one that dies says how many times likelier it had to be."""
    if one.needed is None:
        return FATES[one.fate]
    found = multiple(math.exp(one.needed))
    return f"dies: × {found}" if found else "dies: a tie"


def ending(text: str, most: int = END_OF_TEXT) -> str:
    """The end of a beginning, where it is long."""
    return text if len(text) <= most else "…" + text[1 - most :]


def sentence(trace: Trace, number: int) -> str:
    """A step in words."""
    ones = [one for one, _ in weighed(trace, number)]
    alive = trace.alive[number - 1].texts
    count = {name: sum(one.fate == name for one in ones) for name in FATES}
    if number == 1:
        said = (
            f"Nothing is written yet, so ⟨end⟩ cannot come; of the {len(ones)} likeliest words "
            f"{does(count['kept'], 'live')} on and {does(count['pruned'], 'die')}."
        )
    else:
        said = (
            f"{counted(len(alive), 'beginning is', 'beginnings are')} alive; of the {len(ones)} "
            f"likeliest ways on {does(count['kept'], 'live')} on, {does(count['finished'], 'end')} "
            f"and {does(count['pruned'], 'die')}."
        )
    ended = [one.text.removesuffix("⟨end⟩").strip() for one in ones if one.fate == "finished"]
    if ended:
        said += f" Finished: {', '.join(f'“{text}”' for text in ended)}."
    if number == len(trace.alive):
        said += f" Here the search stops; the best is “{trace.translation}”.{cut(trace.finished)}"
    return said


def does(number: int, verb: str) -> str:
    """So many that do something."""
    return counted(number, f"{verb}s", verb)
