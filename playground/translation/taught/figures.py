"""Teacher forcing, told: step by step along the reference, and the free run."""

from playground.drawing import Bars, Texts, bars, boxes, difference, minus, percent, stacked
from playground.drawing.sentences import counted, cut
from playground.instrument import Shown, Table
from playground.translation.taught.explain import Trace

LINE = "loss = −Σ log P(teacher's word | teacher's words before, source): what training lowers"


def figures(trace: Trace) -> dict[str, Shown]:
    """Led, and alone."""
    return {"taught": taught(trace), "alone": alone(trace)}


def taught(trace: Trace) -> Shown:
    """The teacher's words with the probability of each, and what the model would have said."""
    one = trace.led
    shares, theirs = one.probabilities.tolist(), one.favourite_probabilities.tolist()
    same = one.hits
    picture = bars(
        one.words,
        [
            Bars(shares, [percent(share) for share in shares], "the teacher's word", largest=1.0,
                 length=140, colours=["accent" if hit else "negative" for hit in same],
                 titles=[f"{share:.8f}" for share in shares]),
            Texts(["" if hit else word for word, hit in zip(one.favourites, same, strict=True)],
                  "it would say", anchor="start"),
            Texts(["" if hit else percent(share)
                   for share, hit in zip(theirs, same, strict=True)], "with"),
        ],
        colours="target",
    )  # fmt: skip
    wrong = next((place for place, hit in enumerate(same) if not hit), None)
    parted = ""
    if wrong is not None:
        parted = f" First at “{one.words[wrong]}” it would have said “{one.favourites[wrong]}”."
    said = (
        f"Led, it agrees with the teacher at {one.right} of {len(one.words)} places; the whole has "
        f"log-probability {minus(f'{one.log_probability:.2f}')}.{parted}"
    )
    rows = zip(one.words, shares, one.favourites, theirs, strict=True)
    body = [[word, f"{share:.8f}", other, f"{best:.8f}"] for word, share, other, best in rows]
    headers = ["Teacher's word", "Probability", "Its favourite", "Probability of that"]
    loss = -one.log_probability / len(one.words)
    return Shown(picture, said, Table(headers, body),
                 [LINE, f"{minus(f'{-one.log_probability:.4f}')} / {len(one.words)} = {loss:.4f} "
                        "nats a token"])  # fmt: skip


def alone(trace: Trace) -> Shown:
    """What it writes alone, and how that differs from the teacher's."""
    shares = trace.probabilities
    words = boxes(
        trace.words,
        shares,
        [percent(share) for share in shares],
        titles=[f"probability {share:.6f}" for share in shares.tolist()],
        letters="target",
    )
    picture = stacked([words, difference(trace.difference, ("alone", "teacher"))])
    marks = [mark for word, mark in trace.difference if any(map(str.isalnum, word))]
    said = (
        f"Alone it writes “{trace.translation}”, log-probability "
        f"{minus(f'{trace.log_probability:.2f}')}.{cut(trace.finished)} Of the teacher's "
        f"{counted(marks.count('same') + marks.count('added'), 'word')} it has "
        f"{marks.count('same')}."
    )
    body = [[word, f"{share:.8f}"] for word, share in zip(trace.words, shares, strict=True)]
    return Shown(picture, said, Table(["Word", "Probability"], body),
                 ["P(word | its own words before, source)"])  # fmt: skip
