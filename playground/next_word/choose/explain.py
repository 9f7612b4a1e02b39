"""From scores to a choice: what temperature, top-k and top-p leave of the next word, and a draw.

    softmax(logits) -> sharper or flatter -> the k likeliest -> the fewest that hold p -> one word

A. Holtzman et al., 2020, sections 3.1 to 3.3, https://arxiv.org/abs/1904.09751
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from playground.next_word.choose import SEED, TEMPERATURE, TOP_K, TOP_P
from playground.next_word.shared import MODEL
from playground.reading.plain import fields
from playground.reading.text import MOST_TOKENS
from playground.reading.words import NEVER, Opened, entropy_bits, opened, word_of
from playground.settings import AS_TYPED
from seq_models import UNKNOWN
from seq_models.beam import Beam
from seq_models.decode import steps
from seq_models.sample import COLDEST, Rank, reshape, sampler

STAGES = ("model", "temperature", "top_k", "top_p")
COUNT = 12  # words told


@dataclass(frozen=True)
class Rules:
    """How a word is drawn."""

    temperature: float  # 0..5; 0 always takes the likeliest
    top_k: int  # from 1
    top_p: float  # above 0, at most 1
    seed: int

    def rank(self) -> Rank | None:
        """What decoding ranks by; None: by probability."""
        if self.temperature == 0:
            return None
        return sampler(self.temperature, self.top_k, self.top_p, self.seed)


@dataclass(frozen=True)
class Trace:
    """The choice of one next word, and C of its likeliest candidates, likeliest first."""

    model: str
    rules: Rules
    tokens: list[str]  # as typed
    words: list[str]  # C; ⟨unknown⟩ is none of them: it is never written
    logits: np.ndarray  # (C,), the scores
    probabilities: np.ndarray  # (C,), 0..1, of the whole vocabulary
    never_written: float  # 0..1, what ⟨unknown⟩ and its like hold; shared out with temperature
    after_temperature: np.ndarray  # (C,), 0..1
    after_top_k: np.ndarray  # (C,), 0..1, 0 where removed
    after_top_p: np.ndarray  # (C,), 0..1, 0 where removed
    removed_by: list[str]  # C, "top-k", "top-p" or ""
    kept_after_top_k: int  # words of the whole vocabulary
    kept_after_top_p: int
    entropy_bits: dict[str, float]  # over the whole vocabulary, at each of `STAGES`
    chosen: str  # what this seed draws
    chosen_probability: float  # of being drawn, 0..1
    chosen_place: int  # among all that may be written, 1 the likeliest
    notes: Sequence[str] = ()  # what a person is told of how the text was read

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    temperature: float = TEMPERATURE.default,
    top_k: int = TOP_K.default,
    top_p: float = TOP_P.default,
    seed: int = SEED.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """How temperature, top-k and top-p turn a model's scores into one next word.

    Args:
        text: English words, at most 1,000 characters and 160 words or pieces.
        model: "rnn", "gru", "lstm" or "transformer".
        temperature: 0 (always the likeliest word) to 5.
        top_k: how many of the likeliest words are kept, from 1.
        top_p: above 0, at most 1; of those, the fewest that hold this much probability are kept.
        seed: the same seed draws the same word.
        as_typed: true mends neither capitals nor accents.

    Returns:
        rules, words (the twelve likeliest that may be written) with their logits, probabilities,
        after_temperature, after_top_k, after_top_p and removed_by; kept_after_top_k and
        kept_after_top_p (of the whole vocabulary), entropy_bits at each stage, chosen with its
        probability and place.
        Where the text was mended, notes say how it was read.

    Raises ValueError, in a sentence, for bad text or a rule that cannot be.
    """
    rules = checked(temperature, top_k, top_p, seed)
    reading = opened(text, model, as_typed)
    state, last = before_last(reading)
    with torch.inference_mode():
        logits, _, _ = reading.network.step(last, state)
        stages = reshaped(logits[0].float().log_softmax(dim=-1), rules)  # (4, V)
    beam = Beam(width=1, length_penalty=0.0, limit=1)
    next(steps(reading.network, state, last, [beam], rules.rank(), NEVER))
    (chosen,) = beam.result().hypotheses[0].tokens
    return told(reading, model, rules, logits[0].cpu().double().numpy(), stages, chosen)


def reshaped(given: Tensor, rules: Rules) -> Tensor:
    """Log-probabilities (4, V) at each of `STAGES`, from the model's (V,)."""
    allowed = given.index_fill(0, torch.tensor(NEVER, device=given.device), float("-inf"))
    if rules.temperature == 0:
        sure = torch.full_like(given, float("-inf"))
        sure[allowed.argmax()] = 0.0
        return torch.stack([given, sure, sure, sure]).cpu().double()
    settings = [(None, 1.0), (rules.top_k, 1.0), (rules.top_k, rules.top_p)]
    rest = [reshape(allowed[None], rules.temperature, k, p)[0] for k, p in settings]
    return torch.stack([given, *rest]).cpu().double()


def told(
    reading: Opened, model: str, rules: Rules, logits: np.ndarray, stages: Tensor, chosen: int
) -> Trace:
    """The trace of a choice, from logits (V,), log-probabilities (4, V) and the token drawn."""
    order = [n for n in stages[0].argsort(descending=True, stable=True).tolist() if n not in NEVER]
    best = order[:COUNT]
    shares = stages.exp().numpy()  # (4, V)
    after_top_k, after_top_p = (stages[2:] > float("-inf")).numpy()  # (V,) each
    return Trace(
        model=model,
        rules=rules,
        tokens=[token.text for token in reading.tokens],
        words=[word_of(reading.tokenizer, number) for number in best],
        logits=logits[best],
        probabilities=shares[0, best],
        never_written=float(shares[0, list(NEVER)].sum()),
        after_temperature=shares[1, best],
        after_top_k=shares[2, best],
        after_top_p=shares[3, best],
        removed_by=removers(after_top_k[best], after_top_p[best], rules),
        kept_after_top_k=int(after_top_k.sum()),
        kept_after_top_p=int(after_top_p.sum()),
        entropy_bits=dict(zip(STAGES, map(entropy_bits, stages), strict=True)),
        chosen=word_of(reading.tokenizer, chosen),
        chosen_probability=float(shares[3, chosen]),
        chosen_place=order.index(chosen) + 1,
        notes=reading.notes,
    )


def removers(after_top_k: np.ndarray, after_top_p: np.ndarray, rules: Rules) -> list[str]:
    """Which rule removed each word, given who is left after each; at temperature 0 none did."""
    if rules.temperature == 0:
        return [""] * len(after_top_k)
    left = zip(after_top_k.tolist(), after_top_p.tolist(), strict=True)
    return ["" if last else "top-p" if first else "top-k" for first, last in left]


def continue_text(
    text: str,
    model: str = MODEL.default,
    words: int = 20,
    temperature: float = TEMPERATURE.default,
    top_k: int = TOP_K.default,
    top_p: float = TOP_P.default,
    seed: int = SEED.default,
    as_typed: bool = AS_TYPED.default,
) -> Iterator[str]:
    """What the model writes after the text, yielded again longer by each word.

    temperature 0 always takes the likeliest word. Raises ValueError as `explain` does.
    """
    rules = checked(temperature, top_k, top_p, seed)
    reading = opened(text, model, as_typed)
    state, last = before_last(reading)
    beam = Beam(width=1, length_penalty=0.0, limit=min(words, MOST_TOKENS))
    text = text.rstrip()
    for _ in steps(reading.network, state, last, [beam], rules.rank(), NEVER):
        tokens = beam.result().hypotheses[0].tokens
        yield reading.tokenizer.after(text, (number for number in tokens if number > UNKNOWN))


def checked(temperature: float, top_k: int, top_p: float, seed: int) -> Rules:
    """The rules that a person set. Raises ValueError, in a sentence, for what cannot be.

    A temperature that single precision cannot tell from 0 is 0.
    """
    warm = TEMPERATURE.check(temperature) >= COLDEST
    return Rules(
        temperature=temperature if warm else 0.0,
        top_k=TOP_K.check(top_k),
        top_p=TOP_P.check(top_p),
        seed=SEED.check(seed),
    )


def before_last(reading: Opened) -> tuple[Any, Tensor]:
    """The state before the text's last token, and that token (1,): what decoding goes on from."""
    with torch.inference_mode():
        _, _, state = reading.network(reading.ids[:, :-1])
    return state, reading.ids[:, -1]
