"""The Attention tab's computations as named endpoints: the numbers behind every figure."""

from collections.abc import Callable
from typing import Any

from playground.explain import alignment, attention, elsewhere, long, score
from playground.tabs.parts import endpoint


def attend_endpoint(text: str, merged: bool = False) -> dict[str, Any]:
    """Translate French with the recurrent model and say where it looked for each word.

    Args:
        text: French, at most 1,000 characters.
        merged: true joins the pieces of each word.

    Returns:
        source and target tokens, weights (a row for each target token over the source tokens,
        summing to 1), probabilities, translation, log_probability (nats).
    """
    return endpoint(attention.explain)(text, merged)


def score_endpoint(text: str, target: int = 1, source: int = 1) -> dict[str, Any]:
    """Take apart the additive attention scores from which one English token was written.

    Args:
        text: French, at most 1,000 characters.
        target: which token of the translation, from 1.
        source: which token of the text the told units are about, from 1.

    Returns:
        source and target tokens, both positions, scores and weights of each source token, units
        (the eight whose terms differ most: query, key, sum, tanh, v, term), rest (the sum of all
        other terms), terms (of those units for each source token), context.
    """
    return endpoint(score.explain)(text, target, source)


def elsewhere_endpoint(
    text: str,
    rule: str = "uniform",
    step: int = 1,
    weights: str = "1",
    seed: int = 1,
    nearest: bool = False,
) -> dict[str, Any]:
    """Translate French again with the attention replaced by a rule.

    Args:
        text: French, at most 1,000 characters.
        rule: "uniform", "last", "diagonal", "argmax", "shuffled" or "typed".
        step: for "typed", the token of the translation that is written with these weights, from 1.
        weights: for "typed", numbers with spaces between them, one for each source token.
        seed: for "shuffled".
        nearest: true takes the last step for one beyond the end.

    Returns:
        rule, source tokens, original and replaced (each with target tokens, weights, probabilities,
        translation, log_probability in nats, finished), forced_log_probability (of the original
        translation under the replaced attention), cost_bits, difference (word and "same",
        "removed" or "added").
    """
    return endpoint(elsewhere.explain)(text, rule, step, weights, seed, nearest)


def align_endpoint(text: str, merged: bool = False) -> dict[str, Any]:
    """Sum up where the recurrent model looked, and how well its attention aligns words.

    Args:
        text: French, at most 1,000 characters.
        merged: true joins the pieces of each word.

    Returns:
        source and target tokens, weights, coverage of each source token, entropy_bits of each
        target token, the words that are extreme in them, looked_at (tokens, typically), measured
        (for each measured model its alignment error rate with layer, head, reading and pairs).
    """
    return endpoint(alignment.explain)(text, merged)


def long_sentences_endpoint(text: str) -> dict[str, Any]:
    """Translate French with both models, and say how each does on sentences of each length.

    Args:
        text: French, at most 1,000 characters.

    Returns:
        words of the text, translations, log_probabilities (nats) and by_length (BLEU on test
        sentences from shortest to longest words), each by model.
    """
    return endpoint(long.explain)(text)


def endpoints() -> dict[str, Callable[..., Any]]:
    """Each endpoint's name and the typed function that answers it."""
    return {
        "attend": attend_endpoint,
        "score": score_endpoint,
        "elsewhere": elsewhere_endpoint,
        "align": align_endpoint,
        "long_sentences": long_sentences_endpoint,
    }
