"""What a language model expects after each word of a text, and the memory it expects it from.

surprisal(word) = -log2 P(word | words before),  perplexity = 2^(mean surprisal)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from playground.reading.words import continued, entropy_bits, normalised, opened, surprisal, word_of
from seq_models import END

COUNT = 10  # next words told


@dataclass(frozen=True)
class Expectation:
    """What the model computed for one text of S tokens."""

    model: str
    tokens: list[str]  # S, as typed: joined, they are the text
    known: list[bool]  # S
    surprisal_bits: np.ndarray  # (S,), -log2 of each token's probability before it was read
    next_words: list[str]  # the likeliest, likeliest first
    next_probabilities: np.ndarray  # theirs, 0..1
    continuations: list[str]  # the text with each of them added; "" for ⟨marks⟩, which are no text
    entropy_bits: float  # of the next word, over the whole vocabulary
    perplexity: float  # 2 to the mean surprisal; ⟨end⟩ is not in it, the text may go on
    end_bits: float  # surprisal of ⟨end⟩ after the text
    perplexity_ended: float  # with ⟨end⟩ counted as one more token: the text is over
    memory: np.ndarray  # (S, H) after each token; -1..1 in all but the Transformer
    notes: Sequence[str] = ()  # what a person is told of how the text was read

    @property
    def equally_likely(self) -> float:
        """How many equally likely words would leave the next one as open."""
        return float(2**self.entropy_bits)

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        pairs = zip(self.next_words, self.next_probabilities.tolist(), strict=True)
        return {
            "model": self.model,
            "tokens": self.tokens,
            "known": self.known,
            "surprisal_bits": self.surprisal_bits.tolist(),
            "perplexity": self.perplexity,
            "end_bits": self.end_bits,
            "perplexity_ended": self.perplexity_ended,
            "entropy_bits": self.entropy_bits,
            "equally_likely": self.equally_likely,
            "notes": list(self.notes),
            "next": [{"word": word, "probability": probability} for word, probability in pairs],
        }


def expect(text: str, model: str, as_typed: bool = False) -> Expectation:
    """Read the text with a language model, by its short name; mended, unless `as_typed`.

    Raises ValueError, in a sentence for a person, for bad text.
    """
    reading = opened(text, model, as_typed)
    network, tokenizer, tokens, ids, notes = reading
    with torch.inference_mode():
        logits, memory, _ = network(ids)
        log_probabilities = normalised(logits)
        after = log_probabilities[-1].exp()  # (V,)
        best = after.topk(COUNT)
        bits = surprisal(log_probabilities, [*(token.id for token in tokens), END])
        entropy = entropy_bits(log_probabilities[-1])
    return Expectation(
        model=model,
        tokens=[token.text for token in tokens],
        known=[token.known for token in tokens],
        surprisal_bits=bits[:-1],
        next_words=[word_of(tokenizer, number) for number in best.indices.tolist()],
        next_probabilities=best.values.cpu().double().numpy(),
        continuations=[
            continued(tokenizer, reading.text, number) for number in best.indices.tolist()
        ],
        entropy_bits=entropy,
        perplexity=float(2 ** bits[:-1].mean()),
        end_bits=float(bits[-1]),
        perplexity_ended=float(2 ** bits.mean()),
        memory=memory[0, 1:].float().cpu().numpy(),
        notes=notes,
    )
