"""The same computations as named endpoints: the numbers behind every figure, as JSON."""

from typing import Any

import gradio as gr

from playground.explain import heads, models, translation
from playground.tabs.attention.api import endpoints as attention
from playground.tabs.next_word.api import endpoints as next_word
from playground.tabs.parts import endpoint


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
    rest = {"heads": heads_endpoint, "translate": translate_endpoint, "models": models_endpoint}
    for name, function in {**next_word(), **attention(), **rest}.items():
        gr.api(function, api_name=name)
