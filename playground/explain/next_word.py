"""What a language model expects after each word of a text, and the memory it expects it from."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from playground.explain.models import sound
from playground.explain.text import MOST_TOKENS, between, one_of, tokens_of
from seq_models import START, UNKNOWN
from seq_models.beam import Beam
from seq_models.decode import FORBIDDEN, steps
from seq_models.language_model import LanguageModel
from seq_models.rnn import GatedRNN, SimpleRNN
from seq_models.sample import sampler
from seq_models.tokenizer import SPACE, Tokenizer

MODELS = {name: f"next-word-{name}" for name in ("rnn", "gru", "lstm")}
PARTS = (SimpleRNN, GatedRNN, LanguageModel)  # what computes this tab's figures
COUNT = 10  # next words told


@dataclass(frozen=True)
class Trace:
    """What the model computed for one text of S tokens."""

    model: str
    tokens: list[str]  # S, as typed: joined, they are the text
    known: list[bool]  # S
    surprisal_bits: np.ndarray  # (S,), -log2 of each token's probability before it was read
    next_words: list[str]  # the likeliest, likeliest first
    next_probabilities: np.ndarray  # theirs, 0..1
    entropy_bits: float  # of the next word, over the whole vocabulary
    perplexity: float  # 2 to the mean surprisal; ⟨end⟩ is not in it, the text may go on
    memory: np.ndarray  # (S, H) after each token; -1..1 in all but the Transformer

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        pairs = zip(self.next_words, self.next_probabilities.tolist(), strict=True)
        return {
            "model": self.model,
            "tokens": self.tokens,
            "known": self.known,
            "surprisal_bits": self.surprisal_bits.tolist(),
            "perplexity": self.perplexity,
            "entropy_bits": self.entropy_bits,
            "next": [{"word": word, "probability": probability} for word, probability in pairs],
        }


def explain(text: str, model: str = "gru") -> Trace:
    """Read the text with the model "rnn", "gru", "lstm" or "transformer".

    Raises ValueError, in a sentence for a person, for bad text.
    """
    network, tokenizer = load(model)
    tokens = tokens_of(tokenizer, text)
    device = next(network.parameters()).device
    ids = torch.tensor([[START, *(token.id for token in tokens)]], device=device)
    with torch.inference_mode():
        logits, memory, _ = network(ids)
        log_probabilities = logits[0].float().log_softmax(dim=-1)  # (S + 1, V)
        read = log_probabilities[:-1].gather(1, ids[0, 1:, None]).squeeze(1)  # (S,)
        after = log_probabilities[-1].exp()  # (V,)
        best = after.topk(COUNT)
        entropy = -(after * log_probabilities[-1]).sum().item() / math.log(2)
    surprisal = -read.cpu().double().numpy() / np.log(2)
    return Trace(
        model=model,
        tokens=[token.text for token in tokens],
        known=[token.known for token in tokens],
        surprisal_bits=surprisal,
        next_words=[tokenizer.piece(i).removeprefix(SPACE) for i in best.indices.tolist()],
        next_probabilities=best.values.cpu().double().numpy(),
        entropy_bits=entropy,
        perplexity=float(2 ** surprisal.mean()),
        memory=memory[0, 1:].float().cpu().numpy(),
    )


def continue_text(
    text: str,
    model: str = "gru",
    words: int = 20,
    temperature: float = 0.8,
    top_k: float = 50,
    top_p: float = 0.95,
    seed: float = 1,
) -> Iterator[str]:
    """What the model writes after the text, yielded again longer by each word.

    temperature 0 always takes the likeliest word. Raises ValueError as `explain` does.
    """
    between(0, 5, temperature, "temperature")
    top_k = int(between(1, 100_000, top_k, "top k", whole=True))
    between(0.001, 1, top_p, "top p")
    seed = int(between(0, 2**31 - 1, seed, "seed", whole=True))
    network, tokenizer = load(model)
    ids = [START, *(token.id for token in tokens_of(tokenizer, text))]
    device = next(network.parameters()).device
    with torch.inference_mode():
        _, _, state = network(torch.tensor([ids[:-1]], device=device))
    beam = Beam(width=1, length_penalty=0.0, limit=min(words, MOST_TOKENS))
    rank = sampler(temperature, top_k, top_p, seed) if temperature > 0 else None
    last = torch.tensor([ids[-1]], device=device)
    for _ in steps(network, state, last, [beam], rank, (*FORBIDDEN, UNKNOWN)):
        tokens = beam.result().hypotheses[0].tokens
        yield "".join(tokenizer.piece(i).replace(SPACE, " ") for i in tokens if i > UNKNOWN)


def load(model: str) -> tuple[LanguageModel, Tokenizer]:
    """A language model by its short name. Raises ValueError for any other."""
    loaded = sound(MODELS[one_of(tuple(MODELS), model, "model")])
    assert isinstance(loaded.model, LanguageModel)
    return loaded.model, loaded.tokenizer
