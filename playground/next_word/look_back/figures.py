"""Looking back, told: for each word of the text two signed bars, one for each way of asking."""

import numpy as np

from playground.drawing import Bars, Drawing, bars, percent, pick_row, stacked
from playground.drawing.numbers import change, rounded
from playground.instrument import Shown, Table
from playground.next_word.look_back.explain import Trace

WAYS = ("gradient × input", "left out")
BAR = 130  # pixels of the longest bar


def figures(trace: Trace) -> dict[str, Shown]:
    """What each word did for the prediction, asked in two ways."""
    return {"back": Shown(picture(trace), sentence(trace), table(trace), formula(trace))}


def picture(trace: Trace) -> Drawing:
    """The words to look back from, and under them the text from top to bottom with its bars."""
    offered = trace.likeliest
    here = offered.index(trace.word) if trace.word in offered else None
    values = np.stack([trace.gradient, trace.left_out])
    largest = float(np.abs(values).max()) or 1.0
    words = [token.strip() for token in trace.tokens]
    columns = [
        Bars(
            value,
            [change(number) for number in value],
            way,
            titles=[f"{word}, {way}: {n:+.6f} bits" for word, n in zip(words, value, strict=True)],
            largest=largest,
            length=BAR,
            signed=True,
        )
        for way, value in zip(WAYS, values, strict=True)
    ]
    return stacked([pick_row("back from", offered, offered, here), bars(words, columns)])


def sentence(trace: Trace) -> str:
    """The strongest word by each way of asking, and whether the two agree."""
    words = [token.strip() for token in trace.tokens]
    told = (
        f"“{trace.word}” has {percent(trace.probability)}. By gradient × input "
        f"{most(words, trace.gradient)}; by leaving out, {most(words, trace.left_out)}."
    )
    correlation, apart = trace.rank_correlation, trace.disagreement
    if correlation is None:
        return told
    spearman = rounded(correlation, 2)
    if spearman == "0.00":
        return f"{told} The two rankings have nothing in common (Spearman {spearman})."
    verb = "agree" if correlation > 0.5 else "hardly agree" if correlation > 0 else "disagree"
    how = "most" if verb == "disagree" else "least"
    about = f", {how} about “{words[apart]}”" if apart is not None and spearman != "1.00" else ""
    return f"{told} The two rankings {verb} (Spearman {spearman}){about}."


def most(words: list[str], values: np.ndarray) -> str:
    """Which word counts most, for the next word or against it; several that count alike."""
    tenths = np.abs(values).round(1)
    (places,) = np.nonzero(tenths == tenths.max())
    if not tenths.any():
        return "no word counts"
    found = f"({change(values[places[0]])} bits{', against it' if values[places[0]] < 0 else ''})"
    if len(places) > 1:
        return f"{len(places)} words count most alike, among them “{words[places[0]]}” {found}"
    return f"“{words[places[0]]}” counts most {found}"


def table(trace: Trace) -> Table:
    """Both values of every word."""
    rows = zip(trace.tokens, trace.gradient.tolist(), trace.left_out.tolist(), strict=True)
    return Table(
        ["Word", *(f"{way}, bits" for way in WAYS)],
        [[token.strip(), f"{one:+.6f}", f"{other:+.6f}"] for token, one, other in rows],
    )


def formula(trace: Trace) -> list[str]:
    """Both values of the last word."""
    last = f"{trace.tokens[-1].strip()} → {trace.word}"
    steep, missed = (change(way[-1], 4) for way in (trace.gradient, trace.left_out))
    return [
        "gradient × input = (d log2 P / d x) · x",
        f"{last}: {steep} bits",
        "left out = log2 P(word | text) − log2 P(word | text without it)",
        f"{last}: {missed} bits",
    ]
