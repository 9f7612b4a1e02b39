"""The next word, told: how surprising each word was, the likeliest next ones, the texts tried."""

import math

import numpy as np

from playground import drawing
from playground.drawing import Drawing, boxes, brief, percent, pick_row, probability_bars, stacked
from playground.drawing.numbers import MOST, added
from playground.drawing.sentences import counted, marked, real
from playground.instrument import Shown, Table
from playground.next_word.predict.explain import Trace
from playground.next_word.predict.tree import Tree, grown, parsed

MOST_BITS = 16.0  # the surprisal whose box is fullest
WIDE = 560  # pixels that a line of words takes at most
BACK = "← one word back"


def figures(trace: Trace, tree: str, picked: str) -> dict[str, Shown]:
    """The surprise of each word, the likeliest next ones, and the texts tried."""
    return {
        "surprise": surprise(trace),
        "next": likeliest(trace),
        "branches": branches(trace, *grown(parsed(tree), "".join(trace.tokens), picked)),
    }


def kept(trace: Trace, tree: str, picked: str) -> dict[str, str]:
    """The tree with this text in it."""
    return {"tree": grown(parsed(tree), "".join(trace.tokens), picked)[0].to_json()}


def surprise(trace: Trace) -> Shown:
    """Each word by its surprisal; words outside the vocabulary framed."""
    bits, words = trace.surprisal_bits, [token.strip() or "␣" for token in trace.tokens]
    strange = [place for place, known in enumerate(trace.known) if not known]
    picture = boxes(
        words,
        bits / MOST_BITS,
        [f"{b:.1f}{'' if known else '?'}" for b, known in zip(bits, trace.known, strict=True)],
        titles=[
            f"{word}: {b:.6f} bits" + ("" if known else ", as for any word outside the vocabulary")
            for word, b, known in zip(words, bits, trace.known, strict=True)
        ],
        colours=["accent" if known else "neutral" for known in trace.known],
        framed=strange,
        width=WIDE,
    )
    rows = zip(words, bits.tolist(), trace.known, strict=True)
    body = [[word, f"{b:.6f}", "yes" if known else "no"] for word, b, known in rows]
    end = ["⟨end⟩, if it ended here", f"{trace.end_bits:.6f}", "yes"]
    table = Table(["Word", "Surprisal, bits", "In the vocabulary"], [*body, end])
    return Shown(picture, surprising(words, trace), table, perplexity(trace))


def surprising(words: list[str], trace: Trace) -> str:
    """The most surprising known word, the perplexities, and what an unknown word is."""
    told = (
        f"Perplexity {brief(trace.perplexity)} so far, {brief(trace.perplexity_ended)} if the text "
        "ended here."
    )
    if any(trace.known):
        place = int(np.where(trace.known, trace.surprisal_bits, -1).argmax())
        bits = trace.surprisal_bits[place]
        told = f"Most surprising: “{words[place]}”, {bits:.1f} bits. {told}"
    strange = [f"“{word}”" for word, known in zip(words, trace.known, strict=True) if not known]
    if strange:
        told += (
            f" Framed in grey, with “?”: {', '.join(dict.fromkeys(strange))}, not in the "
            "vocabulary, read as ⟨unknown⟩; its bits are those of any such word."
        )
    return told


def perplexity(trace: Trace) -> list[str]:
    """Perplexity from surprisals, without and with the end."""
    bits = trace.surprisal_bits
    total, count = float(bits.sum()), len(bits)
    return [
        "surprisal(word) = −log2 P(word | words before)",
        "perplexity = 2^(mean surprisal)",
        f"2^(({added(bits.tolist(), 2)}) / {count}) = 2^{total / count:.4f} = "
        f"{trace.perplexity:.2f}",
        f"with ⟨end⟩: 2^(({total:.2f} + {trace.end_bits:.2f}) / {count + 1}) = "
        f"{trace.perplexity_ended:.2f}",
    ]


def likeliest(trace: Trace) -> Shown:
    """The likeliest next words; picking one tells the text with it."""
    best = real(trace.next_words)
    words = [trace.next_words[place] for place in best]
    probabilities = trace.next_probabilities[best]
    picture = probability_bars(words, probabilities, [trace.continuations[p] for p in best])
    told = [f"“{w}” {percent(p)}" for w, p in zip(words[:3], probabilities[:3], strict=True)]
    sentence = (
        f"Likeliest next: {', '.join(told)}. Entropy {trace.entropy_bits:.1f} bits: as open as "
        f"a choice between {brief(trace.equally_likely)} equally likely words. Choose a word to "
        "add it." + marked(trace.next_words, trace.next_probabilities)
    )
    marks = [place for place in range(len(trace.next_words)) if place not in best]
    shares = [(trace.next_words[p], float(trace.next_probabilities[p])) for p in [*best, *marks]]
    body = [[word, percent(share), f"{share:.8f}"] for word, share in shares]
    table = Table(["Word", "Probability", "Exact"], body)
    return Shown(picture, sentence, table, entropy(words, probabilities, trace))


def entropy(words: list[str], probabilities: np.ndarray, trace: Trace) -> list[str]:
    """The entropy of the next word."""
    terms = [-p * math.log2(p) if p else 0.0 for p in probabilities[:MOST].tolist()]
    return [
        "entropy = Σ −P(word) log2 P(word), over the whole vocabulary",
        f"{added(terms, 2)} + … = {trace.entropy_bits:.2f} bits, first term: {words[0]}",
        f"2^{trace.entropy_bits:.2f} = {trace.equally_likely:.1f} equally likely words",
    ]


def branches(trace: Trace, tried: Tree, here: int) -> Shown:
    """The texts tried, as a tree to return to; and the text without its last word."""
    texts = tried.texts
    nodes = drawing.tree(tried.parents, tried.words(), titles=texts, keys=texts, chosen=here)
    count = counted(len(texts), "text")
    sentence = f"{count} in this tree; you are at “{texts[here]}”. Choose one to return to it."
    body = [[str(number), text] for number, text in enumerate(texts, start=1)]
    return Shown(with_a_step_back(nodes, trace.tokens), sentence, Table(["", "Text"], body))


def with_a_step_back(nodes: Drawing, tokens: list[str]) -> Drawing:
    """A tree under a mark whose key is the text without its last token, if it has others."""
    shorter = "".join(tokens[:-1]).rstrip()
    return stacked([pick_row("", [BACK], [shorter]), nodes]) if shorter else nodes
