"""Memory surgery, told: the likeliest words before and after, back to back."""

from playground.instrument import Shown, Table
from playground.next_word.surgery.explain import Trace
from playground.plots.before_after import before_after
from playground.plots.figure import minus

SHOWN = 10  # words
DONE = {
    "reset": "Memory emptied before “{word}”",
    "zero": "Unit {unit} at zero since “{word}”",
    "freeze": "Unit {unit} frozen since “{word}”",
}


def figures(trace: Trace) -> dict[str, Shown]:
    """The likeliest words before and after the operation."""
    before, after = trace.before, trace.after
    words = [token.strip() for token in trace.tokens]
    picture = before_after(
        trace.next_words[:SHOWN],
        before.probabilities[:SHOWN],
        after.probabilities[:SHOWN],
        trace.change_bits[:SHOWN],
        words,
        trace.word,
    )
    return {"surgery": Shown(picture, sentence(trace), table(trace), formula(trace))}


def sentence(trace: Trace) -> str:
    """What the operation does to the next word and to the rest of the text."""
    word = trace.tokens[trace.word - 1].strip()
    before, after = trace.before, trace.after
    told = (
        f"{DONE[trace.operation].format(word=word, unit=trace.unit)}: the prediction moves by "
        f"{trace.divergence_bits:.2g} bits (KL divergence); its entropy goes from "
        f"{before.entropy_bits:.1f} to {after.entropy_bits:.1f} bits."
    )
    if before.perplexity is None or after.perplexity is None:
        return f"{told} No word of the text is read after it."
    return (
        f"{told} Perplexity of the rest: {before.perplexity:.3g} before, {after.perplexity:.3g} "
        "after."
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
    old, new = float(trace.before.probabilities[0]), float(trace.after.probabilities[0])
    change = minus(f"{float(trace.change_bits[0]):+.4f}")
    return [
        "change = log2 P(word | after) − log2 P(word | before)",
        f"{trace.next_words[0]}: log2 {new:.6g} − log2 {old:.6g} = {change} bits",
        f"KL = Σ P(before) log2 (P(before) / P(after)) = {trace.divergence_bits:.4f} bits",
    ]
