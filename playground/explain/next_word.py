"""What a language model expects after each word of a text, and the memory it expects it from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.explain.models import sound
from playground.explain.text import one_of, tokens_of
from seq_models import END, START
from seq_models.language_model import LanguageModel
from seq_models.tokenizer import SPACE, SPECIAL, Token, Tokenizer

MODELS = {name: f"next-word-{name}" for name in ("rnn", "gru", "lstm", "transformer")}
PARTS = (LanguageModel.forward, LanguageModel.score)  # what computes this tab's first figures
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
    continuations: list[str]  # the text with each of them added; "" for ⟨marks⟩, which are no text
    entropy_bits: float  # of the next word, over the whole vocabulary
    perplexity: float  # 2 to the mean surprisal; ⟨end⟩ is not in it, the text may go on
    end_bits: float  # surprisal of ⟨end⟩ after the text
    perplexity_ended: float  # with ⟨end⟩ counted as one more token: the text is over
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
            "end_bits": self.end_bits,
            "perplexity_ended": self.perplexity_ended,
            "entropy_bits": self.entropy_bits,
            "next": [{"word": word, "probability": probability} for word, probability in pairs],
        }


def explain(text: str, model: str = "gru") -> Trace:
    """Read the text with the model "rnn", "gru", "lstm" or "transformer".

    Raises ValueError, in a sentence for a person, for bad text.
    """
    network, tokenizer, tokens, ids = opened(text, model)
    with torch.inference_mode():
        logits, memory, _ = network(ids)
        log_probabilities = normalised(logits)
        after = log_probabilities[-1].exp()  # (V,)
        best = after.topk(COUNT)
        bits = surprisal(log_probabilities, [*(token.id for token in tokens), END])
        entropy = entropy_bits(log_probabilities[-1])
    return Trace(
        model=model,
        tokens=[token.text for token in tokens],
        known=[token.known for token in tokens],
        surprisal_bits=bits[:-1],
        next_words=[word_of(tokenizer, number) for number in best.indices.tolist()],
        next_probabilities=best.values.cpu().double().numpy(),
        continuations=[continued(tokenizer, text, number) for number in best.indices.tolist()],
        entropy_bits=entropy,
        perplexity=float(2 ** bits[:-1].mean()),
        end_bits=float(bits[-1]),
        perplexity_ended=float(2 ** bits.mean()),
        memory=memory[0, 1:].float().cpu().numpy(),
    )


class Opened(NamedTuple):
    """A text of S tokens before a model."""

    network: LanguageModel
    tokenizer: Tokenizer
    tokens: list[Token]  # S
    ids: Tensor  # (1, S + 1), ⟨start⟩ and the tokens


def opened(text: str, model: str) -> Opened:
    """A text and the model that will read it. Raises ValueError, in a sentence, for bad ones."""
    network, tokenizer = load(model)
    tokens = tokens_of(tokenizer, text)
    device = next(network.parameters()).device
    ids = torch.tensor([[START, *(token.id for token in tokens)]], device=device)
    return Opened(network, tokenizer, tokens, ids)


def step_back(text: str, model: str = "gru") -> str:
    """The text without its last token; of a single one, that one stays. Raises as `explain`."""
    tokens = opened(text, model).tokens
    return "".join(token.text for token in tokens[:-1] or tokens).rstrip()


def normalised(logits: Tensor) -> Tensor:
    """Log-probabilities (N, V) of one text's logits (1, N, V)."""
    return logits[0].float().log_softmax(dim=-1)


def surprisal(log_probabilities: Tensor, wanted: Sequence[int]) -> np.ndarray:
    """-log2 of the probability of each wanted token (N,), given log-probabilities (N, V)."""
    chosen = torch.tensor(wanted, device=log_probabilities.device).unsqueeze(1)  # (N, 1)
    read = log_probabilities.gather(1, chosen).squeeze(1)
    return -read.cpu().double().numpy() / math.log(2)


def entropy_bits(log_probabilities: Tensor) -> float:
    """The entropy of one distribution (V,), in bits; what has probability 0 adds none."""
    return float(torch.special.entr(log_probabilities.cpu().double().exp()).sum()) / math.log(2)


def continued(tokenizer: Tokenizer, text: str, number: int) -> str:
    """The text with one more token; "" for a ⟨mark⟩."""
    if number < len(SPECIAL):
        return ""
    return text.rstrip() + tokenizer.piece(number).replace(SPACE, " ")


def word_of(tokenizer: Tokenizer, number: int) -> str:
    """An entry of the vocabulary as the figures name it."""
    return tokenizer.piece(number).removeprefix(SPACE)


def load(model: str) -> tuple[LanguageModel, Tokenizer]:
    """A language model by its short name. Raises ValueError for any other."""
    loaded = sound(MODELS[one_of(tuple(MODELS), model, "model")])
    assert isinstance(loaded.model, LanguageModel)
    return loaded.model, loaded.tokenizer
