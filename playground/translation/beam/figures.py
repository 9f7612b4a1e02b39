"""A beam search, told: what it found, how sure it was, where it looked, and every step."""

import math

from playground.drawing import Bars, Texts, bars, boxes, matrix, minus, percent, tree
from playground.drawing.matrix import matrix_table, strongest
from playground.instrument import Shown, Table
from playground.translation.beam.explain import Candidate, Step, Trace


def figures(trace: Trace, pruned: bool) -> dict[str, Shown]:
    """What was found, how sure it was of each word, where it looked, the search."""
    return {
        "found": found(trace),
        "sure-translation": sure(trace),
        "cross": looked(trace),
        "search": search(trace, pruned),
    }


def found(trace: Trace) -> Shown:
    """Greedy's translation above the n best of the beam, by score."""
    ways = [("greedy", trace.greedy)]
    ways += [(f"beam {place}", one) for place, one in enumerate(trace.candidates, start=1)]
    shares = [math.exp(one.score) for _, one in ways]
    texts = [one.text for _, one in ways]
    picture = bars(
        [name for name, _ in ways],
        [
            Bars(
                shares,
                [minus(f"{one.score:.3f}") for _, one in ways],
                heading="score",
                largest=1.0,
                length=100,
                titles=[told_of(one) for _, one in ways],
            ),
            Texts(texts, heading="translation", anchor="start"),
        ],
        strong=[0, 1],
    )
    headers = ["", "Translation", "Score", "Log-probability", "Probability"]
    body = [
        [
            name,
            one.text,
            f"{one.score:.6f}",
            f"{one.log_probability:.6f}",
            f"{math.exp(one.log_probability):.6g}",
        ]
        for name, one in ways
    ]
    return Shown(picture, sentence(trace), Table(headers, body), formula(trace))


def told_of(one: Candidate) -> str:
    """A candidate's exact numbers."""
    return f"score {one.score:.6f}, log-probability {one.log_probability:.6f}"


def sentence(trace: Trace) -> str:
    """What the wider search changed."""
    best, greedy = trace.candidates[0], trace.greedy
    said = f"“{best.text}”, score {minus(f'{best.score:.3f}')}."
    if best.text == greedy.text:
        return f"{said} Greedy decoding found the same."
    return f"{said} Greedy decoding stops at “{greedy.text}”, {minus(f'{greedy.score:.3f}')}."


def formula(trace: Trace) -> list[str]:
    """The best one's score."""
    best = trace.candidates[0]
    total, length = f"{best.log_probability:.4f}", len(trace.target)
    return [
        "score = log P(translation | source) / length^penalty",
        f"log P = Σ log P(word | words before, source) = {minus(total)} nats",
        f"{minus(total)} / {length}^penalty = {minus(f'{best.score:.4f}')}",
    ]


def sure(trace: Trace) -> Shown:
    """Each written token by its probability."""
    shares = trace.probabilities
    picture = boxes(
        trace.target,
        shares,
        [percent(share) for share in shares],
        titles=[f"probability {share:.6f}" for share in shares.tolist()],
        letters="target",
        width=560,
    )
    least = int(shares.argmin())
    said = (
        f"Least sure of “{trace.target[least]}”, {percent(shares[least])}; the whole has "
        f"log-probability {minus(f'{trace.log_probability:.3f}')}."
    )
    body = [[word, percent(share), f"{share:.8f}"]
            for word, share in zip(trace.target, shares.tolist(), strict=True)]  # fmt: skip
    return Shown(picture, said, Table(["Word", "Probability", "Exact"], body),
                 ["log P = Σ log P(word | words before, source)"])  # fmt: skip


def looked(trace: Trace) -> Shown:
    """Where it looked for each token."""
    weights, rows, columns = trace.attention, trace.target, trace.source
    return Shown(
        matrix(
            weights,
            rows,
            columns,
            letters=("target", "source"),
            row_key=lambda _: "",
            cell_key=lambda _, __: "",
        ),
        strongest(weights, rows, columns),
        Table(*matrix_table(weights, rows, columns)),
        ["weights[t] = softmax of the scores of all source pieces: each row sums to 1"],
    )


def search(trace: Trace, pruned: bool) -> Shown:
    """The search as a tree."""
    places = [place for place, step in enumerate(trace.steps) if pruned or step.fate != "pruned"]
    at = {place: node for node, place in enumerate(places, start=1)}
    steps = [trace.steps[place] for place in places]
    picture = tree(
        [-1, *(at.get(step.parent, 0) for step in steps)],
        ["⟨start⟩", *(step.word for step in steps)],
        titles=["", *(f"{step.text}: {step.score:.6f}" for step in steps)],
        notes=["", *(minus(f"{step.score:.2f}") for step in steps)],
        fates=["kept", *(step.fate for step in steps)],
        path=[0, *(at[place] for place in greedy_path(trace.steps) if place in at)],
    )
    headers = ["Step", "Text so far", "Log-probability", "Score", "Fate"]
    body = [
        [str(s.step), s.text, f"{s.log_probability:.6f}", f"{s.score:.6f}", s.fate]
        for s in trace.steps
    ]
    return Shown(picture, told_search(trace), Table(headers, body), formula(trace)[:1])


def greedy_path(steps: list[Step]) -> list[int]:
    """The places of the likeliest word after each other, as far as the search kept them."""
    path: list[int] = []
    last = -1
    while True:
        following = [place for place, step in enumerate(steps) if step.parent == last]
        following = [place for place in following if place > last]
        if not following:
            return path
        last = max(following, key=lambda place: steps[place].log_probability)
        path.append(last)
        if steps[last].fate != "kept":
            return path


def told_search(trace: Trace) -> str:
    """How much was weighed, and what became of it."""
    count = {fate: sum(step.fate == fate for step in trace.steps)
             for fate in ("kept", "finished", "pruned")}  # fmt: skip
    steps = max((step.step for step in trace.steps), default=0)
    return (
        f"{len(trace.steps)} beginnings were weighed in {steps} steps: {count['kept']} kept, "
        f"{count['finished']} finished, {count['pruned']} pruned."
    )
