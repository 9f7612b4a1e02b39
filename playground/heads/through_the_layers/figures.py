"""Through the layers, told: lenses, where vectors come from, how far they move, one word's way."""

from itertools import pairwise

import numpy as np

from playground.drawing import HALF, Bars, Texts, bars, lines, matrix, percent, stacked
from playground.drawing.matrix import matrix_table
from playground.drawing.numbers import rounded
from playground.drawing.sentences import continued, marked
from playground.heads.shared import LANGUAGES
from playground.heads.through_the_layers.explain import Expected, Layers, Trace
from playground.instrument import Shown, Table

NARROW = 100  # pixels of the longest bar
WIDE = 1100  # pixels of a matrix of all words of both sides
PARTS = {"attention": "attention", "cross-attention": "cross", "feed-forward": "feed-fwd"}


def figures(trace: Trace) -> dict[str, Shown]:
    """The lens that fits the stack, the moves, the origins, one word's way."""
    first: dict[str, Shown] = {}
    if trace.layers is not None:
        first["layers"] = early(trace.layers)
    if trace.expected is not None:
        first["layers"] = answer(trace, trace.expected)
        first["layers-expected"] = expected(trace, trace.expected)
    first["layers-moves"] = moves(trace)
    if trace.read_words:
        first["layers-shares"] = shares(trace)
    return first | {
        "layers-sources": sources(trace),
        "layers-word": way(trace),
    }


def bits(value: float) -> str:
    """Bits with one decimal."""
    return rounded(value, 1)


def early(layers: Layers) -> Shown:
    """What would be written of each layer."""
    names = [f"layer {layer}" for layer in range(1, len(layers.written) + 1)]
    picture = lines(layers.written, names, chosen=len(names) - 1, letters="target")
    last = layers.written[-1]
    others = [n for n, written in enumerate(layers.written, start=1) if written != last]
    first = max(others, default=0) + 1  # from there on it stays
    begins = f"From layer {first} on" if first < len(names) else "Only from the last layer"
    if first == len(names) and last in layers.written[:-1]:
        begins = "From the last layer again"
    old, new = bits(layers.bits[0]), bits(layers.bits[-1])
    rises = {after > before for before, after in pairwise(layers.bits) if after != before}
    moves = "goes" if len(rises) > 1 else "grows" if True in rises else "falls"
    way = f"{moves} from {old} to {new} bits"
    if old == new:
        level = len({*map(bits, layers.bits)}) == 1
        way = f"is {new} bits from each" if level else f"begins and ends at {new} bits"
    said = (
        f"Read from layer 1 the decoder would write “{layers.written[0]}”. {begins} it writes "
        f"“{last}”, whose log-probability {way}."
    )
    both = zip(names, layers.written, layers.bits, strict=True)
    body = [[name, written, f"{value:.6f}"] for name, written, value in both]
    headers = ["Read from", "Written", "log2 P(translation)"]
    return Shown(picture, said, Table(headers, body), ["written[i] = decode(encoder layer i)"])


def answer(trace: Trace, expected: Expected) -> Shown:
    """What each layer expects after the last word."""
    depth = len(expected.words)
    said = [row[-1] for row in expected.words]
    names = ["the words alone", *(f"layer {layer}" for layer in range(1, depth))]
    picture = lines([f"{trace.words[-1]} {word}" for word in said], names, chosen=depth - 1,
                    letters="target")  # fmt: skip
    chance, rank = expected.probabilities[:, -1], expected.ranks[:, -1]
    told = (
        f"After “{trace.words[-1]}” the likeliest word is “{said[-1]}” "
        f"({percent(chance[-1])}).{likelier(expected, -1)} "
        + (f"After layer 1 it stood at place {rank[1]}, with {percent(chance[1])}."
           if depth > 2 else "")
    ).strip()  # fmt: skip
    body = [[name, word, f"{p:.6f}", str(place)]
            for name, word, p, place in zip(names, said, chance, rank, strict=True)]  # fmt: skip
    headers = ["Read off after", "Expects", f"P({said[-1]})", "Its place"]
    return Shown(picture, told, Table(headers, body), ["P = softmax(E fc(x[layer]) + b)"])


def likelier(expected: Expected, at: int) -> str:
    """What a ⟨mark⟩ holds that is likelier there than the likeliest word."""
    found = expected.likelier(at)
    return marked([*found], np.array([*found.values()]))


def expected(trace: Trace, expected: Expected) -> Shown:
    """The probability that each layer gives the word that the last one has."""
    depth, at = len(expected.words), trace.word - 1
    rows = ["words", *(f"layer {layer}" for layer in range(1, depth))]
    grid = matrix(
        expected.probabilities, rows, trace.words, letters=("", "target"),
        row_key=lambda _: "", column_key=lambda column: str(column + 1),
        cell_key=lambda _, column: str(column + 1),
    )  # fmt: skip
    last = expected.words[-1][at]
    chosen = bars(
        [f"{row}: {word}" for row, word in zip(rows, [w[at] for w in expected.words], strict=True)],
        [
            Bars(expected.probabilities[:, at], [percent(p) for p in expected.probabilities[:, at]],
                 f"P(“{last}”)", largest=1.0),
            Texts([str(place) for place in expected.ranks[:, at]], "its place"),
        ],
        most=28,
    )  # fmt: skip
    told = ", then ".join(f"{percent(p)} (place {place})" for p, place in zip(
        expected.probabilities[:, at], expected.ranks[:, at], strict=True))  # fmt: skip
    said = (
        f"After “{trace.words[at]}” the last layer's likeliest word is “{last}”; layer by layer: "
        f"{told}.{likelier(expected, at)}"
    )
    body = [
        [row, word, expected.words[layer][t], f"{expected.probabilities[layer, t]:.6f}",
         str(expected.ranks[layer, t])]
        for layer, row in enumerate(rows)
        for t, word in enumerate(trace.words)
    ]  # fmt: skip
    headers = ["Layer", "After", "Likeliest there", "P(the last layer's word)", "Its place"]
    return Shown(stacked([grid, chosen]), said, Table(headers, body),
                 ["P = softmax(E fc(x[layer]) + b)"])  # fmt: skip


def shares(trace: Trace) -> Shown:
    """How much of the decoder's vectors comes from the source."""
    source, words = trace.source_shares, trace.read_words
    own = trace.stack != "encoder"
    picture = bars(
        words,
        [Bars(source, [percent(one) for one in source], "from the source", "source",
              largest=1.0, length=NARROW),
         Bars(1 - source, [percent(one) for one in 1 - source], "from the words before",
              "target", largest=1.0, length=NARROW)],
        framed=trace.word - 1 if own else None, colours="target",
    )  # fmt: skip
    most, least = int(source.argmax()), int(source.argmin())
    said = (
        f"Most comes from the source when it has read “{words[most]}” ({percent(source[most])}), "
        f"least after “{words[least]}” ({percent(source[least])})."
    )
    if own:
        said = (
            f"When it has read “{words[trace.word - 1]}”, {percent(source[trace.word - 1])} of the "
            f"decoder's vector comes from the source and the rest from the words before. {said}"
        )
    body = [[word, f"{one:.4f}", f"{1 - one:.4f}"] for word, one in zip(words, source, strict=True)]
    headers = ["Read", "From the source", "From the words before"]
    return Shown(picture, said, Table(headers, body), ["from the source = Σ share[t][source word]"])


def sources(trace: Trace) -> Shown:
    """From which words each vector comes."""
    at, rows = trace.word - 1, LANGUAGES[trace.stack][0]
    picture = matrix(
        trace.origins, trace.words, trace.origin_words,
        letters=(rows, "" if trace.stack in ("decoder", "cross") else rows),
        chosen=at, fade=False, row_key=lambda row: str(row + 1), width=WIDE,
    )  # fmt: skip
    best = int(trace.origins[at].argmax())
    said = (
        f"The largest share of “{trace.words[at]}” in the last layer, "
        f"{percent(trace.origins[at, best])}, comes from “{trace.origin_words[best]}”."
    )
    table = Table(*matrix_table(trace.origins, trace.words, trace.origin_words))
    return Shown(picture, said, table,
                 ["share[t][s] = max(0, |y[t]|₁ − |y[t] − part[t][s]|₁) / their sum, by layer; "
                  "layers multiplied"])  # fmt: skip


def moves(trace: Trace) -> Shown:
    """How far each part moves each word."""
    values = np.stack([step.moved for step in trace.steps], axis=1)  # (T, parts)
    columns = [f"{step.layer} {PARTS[step.part]}" for step in trace.steps]
    picture = matrix(
        values, trace.words, columns, letters=(LANGUAGES[trace.stack][0], ""),
        largest=float(values.max()) or 1.0, chosen=trace.word - 1,
        fade=False, row_key=lambda row: str(row + 1), width=HALF,
    )  # fmt: skip
    row, column = divmod(int(values.argmax()), len(columns))
    most = trace.steps[column]
    said = (
        f"The {most.part} of layer {most.layer} moves “{trace.words[row]}” farthest, by "
        f"{values[row, column]:.1f}.{continued(trace.words)}"
    )
    return Shown(picture, said, Table(*matrix_table(values, trace.words, columns)),
                 ["moved = |norm(x + part(x)) − x|"])  # fmt: skip


def way(trace: Trace) -> Shown:
    """The lengths of one word's vector at each part."""
    at = trace.word - 1
    names = [f"{step.layer} {step.part}" for step in trace.steps]
    kinds = {"before": "what stays", "added": "what is added", "summed": "their sum",
             "after": "after the norm"}  # fmt: skip
    each = {kind: [float(getattr(step, kind)[at]) for step in trace.steps] for kind in kinds}
    largest = max(max(values) for values in each.values())
    columns = [
        Bars(values, [f"{one:.2f}" for one in values], kinds[kind],
             "accent" if kind == "added" else "neutral", largest=largest, length=100)
        for kind, values in each.items()
    ]  # fmt: skip
    most = int(np.argmax(each["added"]))
    step = trace.steps[most]
    longest = f"{each['added'][most]:.2f}"
    alike = [f"the {one.part} of layer {one.layer}"
             for one, added in zip(trace.steps, each["added"], strict=True)
             if f"{added:.2f}" == longest]  # fmt: skip
    said = f"To “{trace.words[at]}” {' and '.join(alike)} " + (
        f"adds most: a vector of length {longest} to one of {each['before'][most]:.2f}."
        if len(alike) == 1
        else f"add most: vectors of length {longest}."
    )
    body = [[name, *(f"{each[kind][n]:.6f}" for kind in kinds), f"{trace.steps[n].moved[at]:.6f}"]
            for n, name in enumerate(names)]  # fmt: skip
    told = (
        f"layer {step.layer}, {step.part}: |x| = {each['before'][most]:.2f}, |part(x)| = "
        f"{each['added'][most]:.2f}, |x + part(x)| = {each['summed'][most]:.2f}, |norm(…)| = "
        f"{each['after'][most]:.2f}"
    )
    headers = ["Part", *(text.capitalize() for text in kinds.values()), "Moved"]
    return Shown(bars(names, columns, most=20), said, Table(headers, body), [told])
