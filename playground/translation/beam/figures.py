"""A beam search, told: what it found, how, what was lost on the way, how sure it was."""

import math

from playground.drawing import (
    Bars,
    Ranked,
    Ranking,
    bars,
    boxes,
    matrix,
    minus,
    percent,
    translations,
    tree,
)
from playground.drawing.matrix import matrix_table, strongest
from playground.drawing.numbers import multiple
from playground.drawing.sentences import cut
from playground.instrument import Shown, Table
from playground.translation.beam.explain import Candidate, Step, Trace

STOPS = {
    "nothing_alive_can_win": "It stopped when nothing alive could win any more.",
    "width_finished": "It stopped when as many texts were finished as the beam is wide.",
    "limit": "It stopped at the longest that a text may be, {limit} pieces.",
    "none_alive": "It stopped because nothing was alive any more.",
}
TOLD = {
    "same": "First stays “{first}”, score {score}.",
    "other": "Now “{first}” comes first, score {score}; the search itself chose “{was}”.",
    "none": "No text of {least} pieces or more was finished.",
    "sure": "A new search with this penalty would end with the same text.",
    "unsure": "A new search could end otherwise: what was still alive when this one stopped "
    "({alive} nats) could yet reach {hope}.",
    "length": "score = log P / length^a + b × coverage",
    "gnmt": "score = log P / ((5 + length) / 6)^a + b × coverage",
}
"""What the page says of a ranking, filled in as a person moves the sliders."""
LABELS = {
    "kind": "Divide by",
    "length": "length to the power a",
    "gnmt": "((5 + length) / 6) to the power a",
    "alpha": "a",
    "beta": "Coverage",
    "least": "At least pieces",
    "again": "As searched",
}


def figures(trace: Trace, length_penalty: float, pruned: bool, pieces: bool) -> dict[str, Shown]:
    """What was found, the search, its texts ranked anew, how sure it was, where it looked."""
    return {
        "found": found(trace),
        "search": search(trace, pruned),
        "ranked": ranked(trace, length_penalty),
        "sure-translation": sure(trace, pieces),
        "cross": looked(trace, pieces),
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
            translations(texts),
            Bars(
                shares,
                [minus(f"{one.score:.3f}") for _, one in ways],
                heading="score",
                largest=1.0,
                length=100,
                titles=[told_of(one) for _, one in ways],
            ),
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
    said = f"“{best.text}”, score {minus(f'{best.score:.3f}')}.{cut(best.finished)}"
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


def sure(trace: Trace, pieces: bool) -> Shown:
    """Each written word, or piece, by its probability."""
    words, shares = trace.words.words, trace.words.probabilities
    if pieces:
        words, shares = trace.target, trace.probabilities
    picture = boxes(
        words,
        shares,
        [percent(share) for share in shares],
        titles=[f"probability {share:.6f}" for share in shares.tolist()],
        letters="target",
        width=560,
    )
    least = int(shares.argmin())
    said = (
        f"Least sure of “{words[least]}”, {percent(shares[least])}; the whole has "
        f"log-probability {minus(f'{trace.log_probability:.3f}')}."
        f"{cut(trace.candidates[0].finished)}"
    )
    body = [[word, percent(share), f"{share:.8f}"]
            for word, share in zip(words, shares.tolist(), strict=True)]  # fmt: skip
    headers = ["Piece" if pieces else "Word", "Probability", "Exact"]
    return Shown(picture, said, Table(headers, body),
                 ["P(word | words before, source) = product of its pieces'",
                  "log P = Σ log P(word | words before, source)"])  # fmt: skip


def looked(trace: Trace, pieces: bool) -> Shown:
    """Where it looked for each word, or piece."""
    weights, rows, columns = trace.word_attention, trace.words.words, trace.source_words
    if pieces:
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
        [
            "weights[t] = softmax of the scores of all source pieces: each row sums to 1",
            "a word's column: its pieces' columns, summed; its row: their mean",
        ],
    )


def search(trace: Trace, pruned: bool) -> Shown:
    """The search as a tree; of what was pruned the greedy way and the nearest, or all of it."""
    some = {*trace.greedy_path, *trace.nearest}
    shown = [place for place, step in enumerate(trace.steps)
             if pruned or step.fate != "pruned" or place in some]  # fmt: skip
    at = {place: node for node, place in enumerate(shown, start=1)}
    steps = [trace.steps[place] for place in shown]
    fork = [place for place in trace.greedy_path if place in trace.best_path]
    picture = tree(
        [-1, *(at.get(step.parent, 0) for step in steps)],
        ["⟨start⟩", *(step.word for step in steps)],
        titles=["", *map(told_of_step, steps)],
        notes=["", *map(note, steps)],
        fates=["kept", *(step.fate for step in steps)],
        chosen=None if trace.parting is None else at[fork[-1]] if fork else 0,
        path=[0, *(at[place] for place in trace.best_path)],
        other_path=[0, *(at[place] for place in trace.greedy_path)],
    )
    headers = ["Step", "Text so far", "Log-probability", "Score", "Fate", "Needed to stay, nats"]
    body = [
        [str(s.step), s.text, f"{s.log_probability:.6f}", f"{s.score:.6f}", s.fate,
         "" if s.needed is None else f"{s.needed:.6f}"]
        for s in trace.steps
    ]  # fmt: skip
    said = " ".join([*told_parting(trace), *told_nearest(trace), told_search(trace)])
    return Shown(picture, said, Table(headers, body), search_formula(trace))


def told_nearest(trace: Trace) -> list[str]:
    """How near the nearest came that was pruned."""
    return [
        f"Nearest to staying of all that was pruned came “{trace.steps[place].text}”: "
        f"{lacking(many)}."
        for place, many in [*zip(trace.nearest, trace.nearest_times, strict=True)][:1]
    ]


def lacking(many: float) -> str:
    """What a candidate lacked to stay: to be so many times as likely; in a tie hardly more."""
    found = multiple(many)
    return f"it had to be {found} times as likely to stay" if found else "it lost a tie"


def note(step: Step) -> str:
    """Under a candidate: its score, and how many times likelier it had to be to stay."""
    score = minus(f"{step.score:.2f}")
    return score if step.needed is None else f"{score}, {times(step.needed)}"


def told_of_step(step: Step) -> str:
    """A candidate's exact numbers."""
    lacked = "" if step.needed is None else f"; {step.needed:.6f} nats short of staying"
    return f"{step.text}: score {step.score:.6f}, {step.fate}{lacked}"


def times(nats: float) -> str:
    """How many times likelier so many nats are."""
    found = multiple(math.exp(nats))
    return f"× {found}" if found else "a tie"


def told_parting(trace: Trace) -> list[str]:
    """Where greedy decoding left the way to the best text, and what became of its way."""
    parted = trace.parting
    if parted is None:
        return ["Greedy decoding goes the same way."]
    after = f"after “{parted.before}”" if parted.before else "at the first word"
    said = [
        f"They part {after}: greedy goes on with “{parted.greedy}” (its first piece: "
        f"{percent(parted.greedy_probability)}), the best text with “{parted.best}” (its first "
        f"piece: {percent(parted.best_probability)})."
    ]
    if parted.dropped is not None and parted.times is not None:
        said.append(
            f"The beam dropped greedy's way at step {parted.dropped.step}: {lacking(parted.times)}."
        )
    return said


def told_search(trace: Trace) -> str:
    """How much was weighed, what became of it, and why the search stopped."""
    count = {fate: sum(step.fate == fate for step in trace.steps)
             for fate in ("kept", "finished", "pruned")}  # fmt: skip
    steps = max((step.step for step in trace.steps), default=0)
    return (
        f"{len(trace.steps)} beginnings were weighed in {steps} steps: {count['kept']} kept, "
        f"{count['finished']} finished, {count['pruned']} pruned. "
        f"{STOPS[trace.stop].format(limit=trace.limit)}"
    )


def search_formula(trace: Trace) -> list[str]:
    """A score, and what the pruned one that came nearest had needed."""
    lines = formula(trace)[:1]
    for step in (trace.steps[place] for place in trace.nearest[:1]):
        lines += [
            "needed = log P(last that stayed) − log P(pruned), at the same step",
            f"nearest to staying: “{step.text}”, {step.needed:.4f} nats: "
            f"{lacking(math.exp(step.needed or 0.0))}",
        ]
    return lines


def ranked(trace: Trace, length_penalty: float) -> Shown:
    """All finished texts, to be ranked anew on the page."""
    rows = [Ranked(f.text, f.log_probability, f.length, f.coverage) for f in trace.finished]
    if not rows:
        return Shown(None, "No text was finished.", Table(["Translation"], []))
    last = trace.stop in ("limit", "none_alive")  # no other search would go on, either
    ranking = Ranking(
        rows,
        alpha=length_penalty,
        alive=None if last else trace.alive,
        limit=trace.limit,
        fixed=trace.stop == "width_finished",
        told=TOLD,
        labels=LABELS,
    )
    first = rows[0]
    said = TOLD["same"].format(first=first.text, score=minus(f"{ranking.score(first):.3f}"))
    headers = ["Translation", "Score", "Log-probability", "Pieces", "Coverage"]
    body = [
        [row.text, f"{ranking.score(row):.6f}", f"{row.log_probability:.6f}", str(row.length),
         f"{row.coverage:.6f}"]
        for row in rows
    ]  # fmt: skip
    return Shown(ranking, f"{said} {TOLD['sure']}", Table(headers, body), [TOLD["length"]])
