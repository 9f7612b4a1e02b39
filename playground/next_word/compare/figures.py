"""Every model on one sentence, told: its likeliest words, and its memory curve."""

from playground import charts
from playground.drawing import Drawing, Word, beside, brief, percent, probability_bars, stacked
from playground.drawing.sentences import real
from playground.instrument import Shown, Table
from playground.next_word.compare.explain import Trace
from playground.reading.models import LANGUAGE_MODELS

LONGEST = 110  # pixels of the longest bar
NAME = 26  # pixels of a model's name
Curve = list[tuple[int | None, float]]


def figures(trace: Trace) -> dict[str, Shown]:
    """Every model's likeliest words, and its memory curve."""
    measured = {label(name): curve for name, curve in trace.curves.items()}
    return {
        "four": Shown(
            side_by_side(trace),
            f"{expectations(trace)}{marks(trace)}",
            words_table(trace),
            ["P(next word | words so far) = softmax(E fc(h[t]) + b)"],
        ),
        "curves": Shown(
            charts.memory_curves(measured) if measured else None,
            gains(measured),
            curves_table(measured),
            ["perplexity = 2^(mean surprisal), each word read from the last k words alone"],
        ),
    }


def label(name: str) -> str:
    """What people call a model."""
    return LANGUAGE_MODELS[name].label


def side_by_side(trace: Trace) -> Drawing:
    """Every model's words and probabilities under its name, all on one scale."""
    found = {}
    for name, one in trace.models.items():
        best = real(one.next_words)
        found[name] = [one.next_words[place] for place in best], one.next_probabilities[best]
    largest = max(float(shares.max()) for _, shares in found.values())
    drawn = []
    for name, (words, shares) in found.items():
        title = Drawing(0, NAME, [Word(4, NAME / 2, label(name), strong=True)])
        bars = probability_bars(words, shares, length=LONGEST, largest=largest)
        drawn.append(stacked([title, bars], gap=0))
    return beside(drawn)


def expectations(trace: Trace) -> str:
    """Each model's likeliest word with its probability, and its perplexity."""
    texts = []
    for name, one in trace.models.items():
        best = real(one.next_words)[0]
        texts.append(
            f"{label(name)} expects “{one.next_words[best]}” "
            f"({percent(one.next_probabilities[best])}; perplexity so far {brief(one.perplexity)})"
        )
    return "; ".join(texts) + "."


def marks(trace: Trace) -> str:
    """What ⟨marks⟩ hold that are among the likeliest of some model: sentences, or ""."""
    held: dict[str, list[str]] = {}
    for name, one in trace.models.items():
        for word, share in zip(one.next_words, one.next_probabilities, strict=True):
            if word.startswith("⟨"):
                held.setdefault(word, []).append(f"{percent(share)} ({label(name)})")
    return "".join(f" {mark} holds {', '.join(shares)}." for mark, shares in held.items())


def words_table(trace: Trace) -> Table:
    """Every model's likeliest entries of the vocabulary, marks too."""
    rows = [
        [label(name), word, percent(probability), f"{probability:.8f}"]
        for name, one in trace.models.items()
        for word, probability in zip(one.next_words, one.next_probabilities.tolist(), strict=True)
    ]
    return Table(["Model", "Word", "Probability", "Exact"], rows)


def gains(measured: dict[str, Curve]) -> str:
    """What each model gains from all words over one, and where it is best if that is elsewhere."""
    if not measured:
        return "The memory curves have not been measured for these weights yet."
    texts = []
    for name, curve in measured.items():
        (first, worst), (last, final) = curve[0], curve[-1]
        texts.append(
            f"{name}: {brief(worst)} with {first} word of context, {brief(final)} with "
            f"{'all' if last is None else last}{turning(curve)}"
        )
    return f"Perplexity on test text, {'; '.join(texts)}."


def turning(curve: Curve) -> str:
    """Where a model is best, if more words make it worse again."""
    context, least = min(curve, key=lambda point: point[1])
    return "" if least == curve[-1][1] else f" (best, {brief(least)}, with {context})"


def curves_table(measured: dict[str, Curve]) -> Table:
    """Every measured point."""
    rows = [
        [name, "all" if context is None else str(context), f"{perplexity:g}"]
        for name, curve in measured.items()
        for context, perplexity in curve
    ]
    return Table(["Model", "Words of context", "Perplexity"], rows)
