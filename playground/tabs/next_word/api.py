"""The Next word tab's computations as named endpoints: the numbers behind every figure, as JSON."""

from collections.abc import Callable
from typing import Any

from playground.explain import choice, guess, next_word
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
        "guess_turn": guess_turn_endpoint,
        "guess_score": guess_score_endpoint,
    }
