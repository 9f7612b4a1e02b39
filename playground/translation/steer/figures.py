"""Steering, told: the translation, what else could stand at a place, the keystrokes saved."""

from playground.drawing import Bars, bars, boxes, lines, minus, percent, stacked
from playground.drawing.sentences import counted, cut
from playground.drawing.words import pick_row
from playground.instrument import Shown, Table
from playground.translation.steer.explain import Saved, Trace

FREE = "nothing given: the model alone"
END_MARK = "⟨end⟩"


def figures(trace: Trace) -> dict[str, Shown]:
    """The translation, the alternatives, and what was saved where that was asked."""
    shown = {"steered": steered(trace), "instead": instead(trace)}
    if trace.saved is not None:
        shown["keystrokes"] = keystrokes(trace.saved)
    return shown


def kept(trace: Trace) -> dict[str, str]:
    """A typed word is part of the beginning from now on."""
    return {"beginning": trace.beginning, "word": ""}


def steered(trace: Trace) -> Shown:
    """Each token with its probability; given ones in grey, the chosen place in a frame."""
    shares = trace.probabilities
    colours = ["neutral" if place < trace.given else "accent"
               for place in range(len(trace.target))]  # fmt: skip
    words = boxes(
        trace.target,
        shares,
        [percent(share) for share in shares],
        titles=[f"probability {share:.6f}" for share in shares.tolist()],
        keys=[f"at:{place}" for place in range(1, len(trace.target) + 1)],
        colours=colours,
        letters="target",
        framed=[trace.at - 1],
    )
    free = pick_row("or", [FREE], ["to:"], most=len(FREE))
    picture = stacked([words, free]) if trace.given else words
    body = [
        [word, "yes" if place < trace.given else "", f"{share:.8f}"]
        for place, (word, share) in enumerate(zip(trace.target, shares.tolist(), strict=True))
    ]
    table = Table(["Word", "Given", "Probability"], body)
    return Shown(picture, sentence(trace), table, formula(trace))


def sentence(trace: Trace) -> str:
    """What came out, beside what the model would have said alone."""
    said = (
        f"“{trace.translation}”, log-probability {minus(f'{trace.log_probability:.2f}')}."
        f"{cut(trace.finished)}"
    )
    if not trace.given:
        return f"{said} Nothing is given: greedy decoding. Pick a word to see what else was likely."
    given = "first piece, in grey, was" if trace.given == 1 else (
        f"first {trace.given} pieces, in grey, were"
    )  # fmt: skip
    return (
        f"{said} Alone it says “{trace.free}”, {minus(f'{trace.free_log_probability:.2f}')}; the "
        f"{given} given."
    )


def formula(trace: Trace) -> list[str]:
    """What is multiplied."""
    shares = " × ".join(f"{share:.3g}" for share in trace.probabilities[:8].tolist())
    more = " × …" if len(trace.target) > 8 else ""
    return [
        "P(translation | source) = Π P(word | words before, source), given words too",
        f"log ({shares}{more}) = {minus(f'{trace.log_probability:.4f}')}",
    ]


def instead(trace: Trace) -> Shown:
    """The likeliest words at the place that is asked about."""
    ones = trace.alternatives
    shares = [one.probability for one in ones]
    here = trace.target[trace.at - 1]
    picture = bars(
        [one.word for one in ones],
        [Bars(shares, [percent(share) for share in shares],
              titles=[f"{share:.8f}" for share in shares])],
        keys=[f"to:{one.beginning}" for one in ones],
        colours="target",
        strong=[place for place, one in enumerate(ones) if one.here],
    )  # fmt: skip
    likelier = trace.ending > trace.probabilities[trace.at - 1]  # to end than what stands there
    rank = next((place for place, one in enumerate(ones, 1 + likelier) if one.here), None)
    best = "is the end" if trace.ending > ones[0].probability else f"“{ones[0].word}”"
    ranked = f"its choice number {rank}" if rank else f"not among its first {len(ones)} choices"
    ends = f"That it ends there has {percent(trace.ending)}."
    said = (
        f"At place {trace.at} it ends; the likeliest word would be “{ones[0].word}”. {ends}"
        if here == END_MARK
        else f"At place {trace.at} stands “{here}”, {ranked}; likeliest {best}. {ends}"
    )
    body = [[one.word, f"{one.probability:.8f}", one.beginning] for one in ones]
    return Shown(picture, said, Table(["Word", "Probability", "Beginning with it"], body),
                 ["P(word | words before, source) = softmax of the decoder's scores"])  # fmt: skip


def keystrokes(saved: Saved) -> Shown:
    """Each proposal, and how much had to be typed."""
    share = 1 - saved.typed / max(1, saved.characters)
    names = [str(place) for place in range(1, len(saved.rounds) + 1)]
    said = (
        f"Who types the next word wherever the model goes wrong types {saved.typed} of "
        f"{saved.characters} characters, spaces included: {percent(share)} saved, in "
        f"{counted(len(saved.rounds), 'proposal')}."
    )
    if not saved.reached:
        said += " There it stopped; all that was still missing counts as typed."
    if saved.beyond:
        said += f" The last one goes on with “{saved.beyond}”, which is struck out."
    body = [[name, text] for name, text in zip(names, saved.rounds, strict=True)]
    return Shown(lines(saved.rounds, names, letters="target"), said,
                 Table(["", "Proposal"], body),
                 [f"saved = 1 − {saved.typed} / {saved.characters} = {share:.4f}"])  # fmt: skip
