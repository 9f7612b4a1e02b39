"""Positions, told: a head before and after shuffling, all heads as points, the codes of places."""

from playground.charts import curves, scatter
from playground.drawing import (
    Drawing,
    Raster,
    Word,
    minus,
    percent,
    stacked,
    still_matrix,
    titled,
)
from playground.drawing.sentences import continued, real
from playground.heads.positions.explain import Trace
from playground.heads.shared import LANGUAGES, head_key
from playground.instrument import Shown, Table

LEAST = 0.01  # smaller weights are not in the table
TOO_SHORT = "This text is too short to shuffle: one word alone has no other order."
ALL_SAME = "All words of this text are the same to this model: it knows no other order of them."


def figures(trace: Trace) -> dict[str, Shown]:
    """The head, all heads, the similarity of places, their codes."""
    return {
        "positions": head(trace),
        "positions-heads": heads(trace),
        "positions-similarity": alike(trace),
        "positions-codes": codes(trace),
    }


def head(trace: Trace) -> Shown:
    """The chosen head's weights, in both orders."""
    letters = LANGUAGES[trace.stack]
    before = still_matrix(trace.before, trace.queries, trace.keys, letters)
    after = still_matrix(trace.after, trace.shuffled_queries, trace.shuffled_keys, letters)
    picture = stacked([titled("as written", before), titled("shuffled", after)])
    at = trace.layer - 1, trace.head - 1
    words, places = float(trace.words[at]), float(trace.places[at])
    does = "follows the words" if words > places else "stays at its places"
    if percent(words) == percent(places):
        does = "does as much of both"
    said = f"Layer {trace.layer}, head {trace.head} {does}: {both(trace, at)}."
    said = unshuffled(trace) or said
    said += continued([*trace.queries, *trace.keys])
    body = [
        [query, key, f"{trace.before[t, s]:.6f}", trace.shuffled_queries[t],
         trace.shuffled_keys[s], f"{trace.after[t, s]:.6f}"]
        for t, query in enumerate(trace.queries)
        for s, key in enumerate(trace.keys)
        if max(trace.before[t, s], trace.after[t, s]) >= LEAST
    ]  # fmt: skip
    headers = ["From", "To", "Weight", "Shuffled: from", "To", "Weight"]
    return Shown(picture, said, Table(headers, body), formula())


def both(trace: Trace, at: tuple[int, int]) -> str:
    """How much of a head's look (layer and head from 0) does the one and the other."""
    words, places = percent(float(trace.words[at])), percent(float(trace.places[at]))
    return f"{words} of its look goes with the words, {places} stays where it was"


def unshuffled(trace: Trace) -> str:
    """Why the words stand as before, if they do: there is no other order of them."""
    if trace.moved:
        return ""
    return ALL_SAME if len(real(trace.keys)) > 1 else TOO_SHORT


def formula() -> list[str]:
    """What is compared."""
    return [
        "words = mean over t of Σ min(after[t][s], before[where t was][where s was])",
        "places = mean over t of Σ min(after[t][s], before[t][s])",
        "t: the rows that can look at more than one",
    ]


def heads(trace: Trace) -> Shown:
    """Every head as a point."""
    layers, count = trace.words.shape
    every = [(layer, number) for layer in range(layers) for number in range(count)]
    names = [f"{layer + 1}.{number + 1}" for layer, number in every]
    chart = scatter(
        [float(trace.places[place]) for place in every],
        [float(trace.words[place]) for place in every],
        "stays at its places",
        "follows the words",
        names=names,
        titles=[
            f"layer {layer + 1}, head {number + 1}: words {trace.words[layer, number]:.4f}, "
            f"places {trace.places[layer, number]:.4f}"
            for layer, number in every
        ],
        keys=[head_key(*place) for place in every],
        groups=[f"layer {layer + 1}" for layer, _ in every],
        chosen=every.index((trace.layer - 1, trace.head - 1)),
    )
    said = unshuffled(trace) or clearest(trace)
    body = [[str(layer + 1), str(number + 1), f"{trace.words[layer, number]:.6f}",
             f"{trace.places[layer, number]:.6f}"] for layer, number in every]  # fmt: skip
    return Shown(chart, said, Table(["Layer", "Head", "Words", "Places"], body), formula())


def clearest(trace: Trace) -> str:
    """Which heads do one of both most clearly: where the two shares are farthest apart."""
    gap = trace.words - trace.places
    follow = int((gap > 0).sum())
    does = "follows" if follow == 1 else "follow"
    said = f"{follow} of {gap.size} heads {does} the words more than the places."
    for does, apart in (("follows the words", gap), ("stays at its places", -gap)):
        layer, head = divmod(int(apart.argmax()), gap.shape[1])
        if apart[layer, head] > 0:
            said += (
                f" Layer {layer + 1}, head {head + 1} {does} most clearly: "
                f"{both(trace, (layer, head))}."
            )
    return said


def alike(trace: Trace) -> Shown:
    """The similarity of two places by their distance."""
    points = [(float(distance), float(value)) for distance, value in enumerate(trace.similarity)]
    chart = curves({"cosine": points}, "places apart", "cosine of their vectors",
                   labels={"cosine": ""})  # fmt: skip
    said = "A place is most like itself."
    if len(points) > 1:
        said = (
            f"Neighbours have a cosine of {minus(f'{points[1][1]:.2f}')}, places "
            f"{len(points) - 1} apart one of {minus(f'{points[-1][1]:.2f}')}."
        )
    body = [[f"{distance:g}", f"{value:.6f}"] for distance, value in points]
    return Shown(chart, said, Table(["Places apart", "Cosine"], body),
                 ["cosine(a, b) = a · b / (|a| |b|)"])  # fmt: skip


def codes(trace: Trace) -> Shown:
    """The vectors of the places as a picture."""
    places, width = trace.codes.shape
    tall, left = max(5.0, 240.0 / places), 60.0
    picture = Drawing(left + 4.0 * width + 4, tall * places + 30)
    picture.add(
        Raster(left, 2, 4.0 * width, tall * places, trace.codes,
               title=f"{places} places, {width} units"),
        Word(left - 8, 2 + tall / 2, "1", "end"),
        Word(left - 8, 2 + tall * (places - 0.5), str(places), "end"),
        Word(left, tall * places + 18, f"units 1 to {width}", colour="quiet"),
    )  # fmt: skip
    said = (
        f"Each of {places} places has {width} numbers from −1 to 1: waves that are quick in the "
        "first units and slow in the last."
    )
    headers = ["Place", *(str(unit) for unit in range(1, width + 1))]
    body = [[str(place), *(f"{one:.4f}" for one in code)]
            for place, code in enumerate(trace.codes, start=1)]  # fmt: skip
    return Shown(picture, said, Table(headers, body), [
        "code[place][unit] = sin((place − 1) / 10000^((unit − 1) / E)),  unit 1, 3, 5, …",
        "code[place][unit] = cos((place − 1) / 10000^((unit − 2) / E)),  unit 2, 4, 6, …",
    ])  # fmt: skip
