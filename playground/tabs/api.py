"""The same computations as named endpoints: the numbers behind every figure, as JSON."""

from typing import Any

import gradio as gr

from playground.explain import attention, heads, models, next_word, translation
from playground.tabs.parts import endpoint


def next_word_endpoint(text: str, model: str = "gru") -> dict[str, Any]:
    """What a language model expects after each word of an English text.

    Args:
        text: English words, at most 1,000 characters.
        model: "rnn" (plain) or "gru" (gated).

    Returns:
        model, tokens (as typed), known, surprisal_bits of each, perplexity, entropy_bits of the
        next word, and next: the likeliest words with their probabilities.
    """
    return endpoint(next_word.explain)(text, model)


def attend_endpoint(text: str) -> dict[str, Any]:
    """Translate French with the recurrent model and say where it looked for each word.

    Args:
        text: French, at most 1,000 characters.

    Returns:
        source and target tokens, weights (a row for each target token over the source tokens,
        summing to 1), probabilities, translation, log_probability (nats).
    """
    return endpoint(attention.explain)(text)


def heads_endpoint(text: str, stack: str = "encoder") -> dict[str, Any]:
    """The attention weights of every head of the Transformer translator.

    Args:
        text: French, at most 1,000 characters.
        stack: "encoder", "decoder" or "cross".

    Returns:
        queries, keys, weights [layer][head][query][key] (rows summing to 1), translation.
    """
    return endpoint(heads.explain)(text, stack)


def translate_endpoint(
    text: str, model: str = "transformer", beam_width: int = 4, length_penalty: float = 1.0
) -> dict[str, Any]:
    """Translate French to English and say how the search went.

    Args:
        text: French, at most 1,000 characters.
        model: "transformer" or "attention".
        beam_width: hypotheses kept, 1 (greedy) to 10.
        length_penalty: 0 to 2; scores are log-probability / length ** length_penalty.

    Returns:
        model, translation, tokens, probabilities, log_probability (nats), candidates (best first),
        greedy, and search: every candidate of every step.
    """
    return endpoint(translation.explain)(text, model, beam_width, length_penalty)


def models_endpoint() -> list[dict[str, Any]]:
    """Every model: name, source (hub, cache or bundled), revision, sha256, parameters, device."""
    return models.describe()


def build() -> None:
    """Name the endpoints."""
    gr.api(next_word_endpoint, api_name="next_word")
    gr.api(attend_endpoint, api_name="attend")
    gr.api(heads_endpoint, api_name="heads")
    gr.api(translate_endpoint, api_name="translate")
    gr.api(models_endpoint, api_name="models")
