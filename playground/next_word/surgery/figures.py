"""Memory surgery, told: the likeliest words before and after, back to back."""

from playground.drawing import back_to_back, brief, pick_row, stacked
from playground.drawing.numbers import change
from playground.drawing.sentences import likeliest, marked, real
from playground.instrument import Shown, Table
from playground.next_word.surgery.explain import Trace

SHOWN = 10  # words
DONE = {
    "reset": "Memory emptied before “{word}”",
    "zero": "Unit {unit} at zero since “{word}”",
    "freeze": "Unit {unit} frozen since “{word}”",
}


def figures(trace: Trace) -> dict[str, Shown]:
    """The likeliest words before and after the operation."""
    best = likeliest(trace.next_words, trace.before.probabilities, trace.after.probabilities, SHOWN)
    words = [token.strip() for token in trace.tokens]
    keys = [str(place) for place in range(1, len(words) + 1)]
    picture = stacked(
        [
            pick_row("at", words, keys, trace.word - 1),
            back_to_back(
                [trace.next_words[place] for place in best],
                trace.before.probabilities[best],
                trace.after.probabilities[best],
                trace.change_bits[best],
            ),
        ]
    )
    return {"surgery": Shown(picture, sentence(trace), table(trace), formula(trace))}


def sentence(trace: Trace) -> str:
    """What the operation does to the next word and to the rest of the text."""
    word = trace.tokens[trace.word - 1].strip()
    before, after = trace.before, trace.after
    rest = "It can touch no word of the text, only what comes next."
    if before.perplexity is not None and after.perplexity is not None:
        old, new = before.perplexity, after.perplexity
        rest = f"Perplexity of the words it may touch: {brief(old)} before, {brief(new)} after."
    return (
        f"{DONE[trace.operation].format(word=word, unit=trace.unit)}: the prediction moves by "
        f"{brief(trace.divergence_bits, 2)} bits (KL divergence); its entropy goes from "
        f"{before.entropy_bits:.1f} to {after.entropy_bits:.1f} bits. {rest}"
        f"{marked(trace.next_words, before.probabilities, after.probabilities)}"
    )


def table(trace: Trace) -> Table:
    """Every next word's probabilities and its change."""
    shares = trace.before.probabilities, trace.after.probabilities, trace.change_bits
    rows = zip(trace.next_words, *(share.tolist() for share in shares), strict=True)
    return Table(
        ["Next word", "Before", "After", "Change, bits"],
        [[word, f"{old:.8f}", f"{new:.8f}", f"{bits:+.6f}"] for word, old, new, bits in rows],
    )


def formula(trace: Trace) -> list[str]:
    """The first word's change, and the divergence."""
    first = real(trace.next_words)[0]
    old, new = float(trace.before.probabilities[first]), float(trace.after.probabilities[first])
    bits = change(float(trace.change_bits[first]), 4)
    return [
        "change = log2 P(word | after) − log2 P(word | before)",
        f"{trace.next_words[first]}: log2 {new:.6g} − log2 {old:.6g} = {bits} bits",
        f"KL = Σ P(before) log2 (P(before) / P(after)) = {trace.divergence_bits:.4f} bits",
    ]
