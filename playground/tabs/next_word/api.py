"""The Next word tab's computations as named endpoints: the numbers behind every figure, as JSON."""

from collections.abc import Callable
from typing import Any

from playground.explain import choice, four, guess, inside, look_back, next_word, surgery
from playground.tabs.parts import endpoint


def next_word_endpoint(text: str, model: str = "gru") -> dict[str, Any]:
    """What a language model expects after each word of an English text.

    Args:
        text: English words, at most 1,000 characters.
        model: "rnn" (plain), "gru" (gated), "lstm" or, where it is bundled, "transformer".

    Returns:
        model, tokens (as typed), known, surprisal_bits of each, perplexity, end_bits (surprisal of
        the end after the text), perplexity_ended (with the end counted), entropy_bits of the next
        word, and next: the likeliest words with their probabilities.
    """
    return endpoint(next_word.explain)(text, model)


def choose_endpoint(
    text: str,
    model: str = "gru",
    temperature: float = 0.8,
    top_k: int = 50,
    top_p: float = 0.95,
    seed: int = 1,
) -> dict[str, Any]:
    """How temperature, top-k and top-p turn a model's scores into one next word.

    Args:
        text: English words, at most 1,000 characters.
        model: "rnn", "gru", "lstm" or, where it is bundled, "transformer".
        temperature: 0 (always the likeliest word) to 5.
        top_k: how many of the likeliest words are kept, from 1.
        top_p: above 0, at most 1; of those, the fewest that hold this much probability are kept.
        seed: the same seed draws the same word.

    Returns:
        rules, words (the twelve likeliest that may be written) with their logits, probabilities,
        after_temperature, after_top_k, after_top_p and removed_by; kept_after_top_k and
        kept_after_top_p (of the whole vocabulary), entropy_bits at each stage, chosen with its
        probability and place.
    """
    return endpoint(choice.explain)(text, model, temperature, top_k, top_p, seed)


def inside_endpoint(
    text: str,
    model: str = "gru",
    sort: str = "change",
    unit: int | None = None,
    nearest: bool = False,
) -> dict[str, Any]:
    """The units of a model's memory after each word, and the gates that keep or overwrite it.

    Args:
        text: English words, at most 1,000 characters.
        model: "rnn", "gru", "lstm" or, where it is bundled, "transformer".
        sort: "change", "strength" or "number": which units come first.
        unit: the one to follow; none, or -1, follows the first.
        nearest: true follows the first for a unit that the model does not have.

    Returns:
        tokens, order (the first sixty units), units (how many), unit, its values and gates at each
        word, mean_gates over all units, kept (the mean share of memory kept; null without gates).
    """
    return endpoint(inside.explain)(text, model, sort, unit, nearest)


def look_back_endpoint(text: str, model: str = "gru", word: str = "") -> dict[str, Any]:
    """Which words of a text the prediction of the next one rests on, asked in two ways.

    Args:
        text: English words, at most 1,000 characters.
        model: "rnn", "gru", "lstm" or, where it is bundled, "transformer".
        word: the predicted word, of the vocabulary; empty for the likeliest.

    Returns:
        tokens, word, probability, gradient (gradient times input) and left_out (what leaving the
        token out takes away), both in bits and signed, rank_correlation (Spearman's) and
        disagreement (the token whose two ranks are furthest apart, from 0).
    """
    return endpoint(look_back.explain)(text, model, word)


def surgery_endpoint(
    text: str,
    model: str = "gru",
    operation: str = "reset",
    word: int = 1,
    unit: int = 0,
    nearest: bool = False,
) -> dict[str, Any]:
    """What a model expects when its memory is emptied, or one unit of it held.

    Args:
        text: English words, at most 1,000 characters.
        model: "rnn", "gru", "lstm" or, where it is bundled, "transformer" (reset only).
        operation: "reset" (before the word), "zero" or "freeze" (a unit, from the word's end on).
        word: which token of the text, from 1.
        unit: which unit, from 0; not used by a reset.
        nearest: true takes the last word or unit for one beyond it.

    Returns:
        tokens, next_words (the ten likeliest of each reading), before and after (probabilities of
        those, entropy_bits, surprisal_bits of each token, perplexity of the rest), change_bits,
        divergence_bits.
    """
    return endpoint(surgery.explain)(text, model, operation, word, unit, nearest)


def four_endpoint(text: str) -> dict[str, Any]:
    """What every language model expects after each word of an English text.

    Args:
        text: English words, at most 1,000 characters.

    Returns:
        models (each the answer of next_word, by short name) and memory_curves (perplexity on test
        text by words of context, null for all of them, of those models that were measured).
    """
    return endpoint(four.explain)(text)


def guess_turn_endpoint(
    passage: str = "1", position: int = 0, tries: list[str] | None = None
) -> dict[str, Any]:
    """One hidden word of Shannon's guessing game.

    Args:
        passage: "1" to "5", or a text of your own.
        position: which hidden word, from 0.
        tries: the guesses made for it so far.

    Returns:
        position, count (hidden words), text up to it, choices (the right one and four likely wrong
        ones), tries, found, and the answer once it is found (empty before).
    """
    return endpoint(guess.turn)(passage, position, tries or [])


def guess_score_endpoint(passage: str, guesses: list[list[str]]) -> dict[str, Any]:
    """The score of a person and of every model on the first hidden words of a passage.

    Args:
        passage: "1" to "5", or a text of your own.
        guesses: for each hidden word the guesses in order, until the right one.

    Returns:
        text, words, person and models (by short name), each with guess_numbers, accuracy,
        mean_guess_number, bound_bits (Shannon's upper bound) and surprisal_bits (models only).
    """
    return endpoint(guess.score)(passage, guesses)


def endpoints() -> dict[str, Callable[..., Any]]:
    """Each endpoint's name and the typed function that answers it."""
    return {
        "next_word": next_word_endpoint,
        "choose": choose_endpoint,
        "inside": inside_endpoint,
        "look_back": look_back_endpoint,
        "surgery": surgery_endpoint,
        "four": four_endpoint,
        "guess_turn": guess_turn_endpoint,
        "guess_score": guess_score_endpoint,
    }
