"""From scores to a choice, told: a line for each word, a column for each rule that it passes."""

import numpy as np

from playground.drawing import Bars, Drawing, Texts, bars, minus, percent
from playground.drawing.sentences import counted
from playground.instrument import Shown, Table
from playground.next_word.choose.explain import Trace

COLUMNS = ("probability", "temperature", "top k", "top p")
BAR = 86  # pixels, the longest bar
ROW = 24  # pixels


def figures(trace: Trace) -> dict[str, Shown]:
    """The likeliest words through the stages, and the one that the seed draws."""
    return {"stages": Shown(picture(trace), sentence(trace), table(trace), formula(trace))}


def shares(trace: Trace) -> list[np.ndarray]:
    """Every word's probability at each stage, in the order of `COLUMNS`."""
    after = trace.after_temperature, trace.after_top_k, trace.after_top_p
    return [trace.probabilities, *after]


def picture(trace: Trace) -> Drawing:
    """Bars on one scale; where a rule removed a word, its name."""
    largest = max(float(values.max()) for values in shares(trace))
    chosen = trace.chosen_place - 1 if trace.chosen_place <= len(trace.words) else None
    quiet = ["quiet" if rule else "" for rule in trace.removed_by]
    scores = Texts(
        [minus(f"{score:.2f}") for score in trace.logits],
        "score",
        titles=[f"score of {w}: {s:.6f}" for w, s in zip(trace.words, trace.logits, strict=True)],
    )
    stages = [
        stage(trace, name, values, largest)
        for name, values in zip(COLUMNS, shares(trace), strict=True)
    ]
    strong = () if chosen is None else (chosen,)
    return bars(
        trace.words, [scores, *stages], colours=quiet, strong=strong, framed=chosen, row=ROW
    )


def stage(trace: Trace, name: str, values: np.ndarray, largest: float) -> Bars:
    """One column: a bar for each word that is left, the rule's name for each that is not."""
    out = [bool(rule) and value == 0 for rule, value in zip(trace.removed_by, values, strict=True)]
    removed = [f"removed by {rule}" for rule in trace.removed_by]
    return Bars(
        [None if gone else float(value) for gone, value in zip(out, values, strict=True)],
        [rule if gone else percent(value)
         for gone, rule, value in zip(out, removed, values, strict=True)],
        name,
        label_colours=["negative" if gone else "" for gone in out],
        titles=[f"{word}, {name}: {value:.6f}"
                for word, value in zip(trace.words, values, strict=True)],
        largest=largest,
        length=BAR,
    )  # fmt: skip


def sentence(trace: Trace) -> str:
    """The word drawn with its probability and place, what each rule leaves, and the seed."""
    rules = trace.rules
    if rules.temperature == 0:
        return f"Temperature 0 leaves no chance: always the likeliest word, “{trace.chosen}”."
    return (
        f"Seed {rules.seed:,} draws “{trace.chosen}”, likeliest number {trace.chosen_place:,}, "
        f"which had {percent(trace.chosen_probability)} in the end. Top k = {rules.top_k:,} leaves "
        f"{counted(trace.kept_after_top_k, 'word')} of the vocabulary, top p = {rules.top_p:g} "
        f"then leaves {trace.kept_after_top_p:,}."
    )


def table(trace: Trace) -> Table:
    """Every word's score and probabilities, and each stage's entropy."""
    rows = zip(trace.words, trace.logits, *shares(trace), trace.removed_by, strict=True)
    body = [[word, *(f"{n:.6f}" for n in numbers), rule] for word, *numbers, rule in rows]
    entropies = [f"{bits:.6f}" for bits in trace.entropy_bits.values()]
    return Table(
        ["Word", "Score", *COLUMNS, "Removed by"],
        [*body, ["entropy, bits", "", *entropies, ""]],
    )


def formula(trace: Trace) -> list[str]:
    """The first word's way through the stages."""
    word, temperature = trace.words[0], trace.rules.temperature
    if temperature == 0:
        return ["temperature 0: P(likeliest) = 1", f"P({word}) = 1"]
    score = minus(f"{trace.logits[0]:.3f}")
    return [
        "P = softmax(score / temperature), over all words that may be written",
        f"P({word}): score {score}, alone {trace.probabilities[0]:.5f}, at temperature "
        f"{temperature:g}: exp({score} / {temperature:g}) / Σ = {trace.after_temperature[0]:.5f}",
        "top k keeps the k likeliest, top p the fewest that hold p; what is left is divided by its "
        "sum",
    ]
