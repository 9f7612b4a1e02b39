"""Interactive translation: a person gives the beginning, the model completes it.

    P(rest | beginning, source), greedily: the beginning is read as if the model had written it

G. Foster, P. Isabelle, P. Plamondon, 1997, https://doi.org/10.1023/A:1007999327580
R. Knowles and P. Koehn, 2016, https://aclanthology.org/2016.amta-researchers.9
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from playground.reading.plain import fields
from playground.reading.text import target_labels, tokens_of
from playground.reading.translating import (
    as_printed,
    device_of,
    distributions,
    french,
    refuse_unwritable,
    wanted_tokens,
)
from playground.settings import within
from playground.translation.shared import AS_TYPED, MODEL
from playground.translation.steer import AT, BEGINNING, REFERENCE, TAKEN, WORD
from seq_models import END, PAD, START
from seq_models.beam import Beam
from seq_models.decode import steps
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import NEVER_WRITTEN, limit, source_ids

COUNT = 8  # alternatives
JOINING = ("'", "-")  # signs within a word
ROUNDS = 40  # words that a person would have to type at most


class Asked(NamedTuple):
    """A sentence before a translator."""

    network: Seq2Seq
    tokenizer: Tokenizer
    ids: list[int]  # the source, ⟨end⟩ included


@dataclass(frozen=True)
class Alternative:
    """A word that could stand at a place."""

    word: str
    here: bool  # whether it is what stands there
    probability: float  # 0..1, given the words before
    beginning: str  # the translation up to and with it


@dataclass(frozen=True)
class Saved:
    """A person who types a word wherever the model goes wrong."""

    typed: int  # characters, a space after each word counted
    characters: int  # of the wanted translation, counted alike
    rounds: list[str]  # what the model proposed, first to last
    reached: bool  # the last one begins with what was wanted; otherwise the rest counts as typed
    beyond: str  # what it says after that: taken away again


@dataclass(frozen=True)
class Trace:
    """A translation of T tokens, of which the first were given."""

    target: list[str]  # T, ⟨end⟩ included where it finished
    given: int  # how many of them the beginning has
    beginning: str  # what was given, a typed word with all before it
    probabilities: np.ndarray  # (T,), 0..1, each given those before it; of given ones, too
    translation: str
    finished: bool  # False: cut at the limit of its length, so a beginning alone
    log_probability: float  # nats
    free: str  # what the model writes with nothing given
    free_log_probability: float  # nats
    at: int  # 1..T, the place that is asked about
    alternatives: list[Alternative]  # likeliest first
    ending: float  # 0..1, that the translation ends there instead
    saved: Saved | None  # None without a wanted translation
    notes: tuple[str, ...] = ()  # what was repaired and left out of what was typed

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    model: str = MODEL.default,
    beginning: str = BEGINNING.default,
    at: int = AT.default,
    reference: str = REFERENCE.default,
    word: str = WORD.default,
    taken: str = TAKEN.default,
    as_typed: bool = AS_TYPED.default,
) -> Trace:
    """Complete a translation from a given beginning, and say what else could stand at a place.

    Args:
        text: French, at most 1,000 characters and 160 words or pieces.
        model: "transformer" or "attention".
        beginning: English words that the translation begins with; empty leaves the model free. The
            last one may be unfinished, unless a space stands after it.
        at: which token of the translation is asked about, from 1.
        reference: the translation that is wanted; empty counts no keystrokes.
        word: stands at that place instead, all before it being given; empty changes nothing.
        taken: the same as beginning, if its last word is taken as it stands.
        as_typed: true reads the text without repairing capitals, accents and marks.

    Returns:
        target tokens with probabilities, given (how many of them the beginning has), beginning (a
        typed word with all before it), translation, finished (whether it found an end),
        log_probability (nats), free (the model's own) with its log-probability, at, alternatives
        (word, here: whether it stands there, probability, beginning), ending (the
        probability that it ends there), and saved: characters typed by a person who types the next
        word wherever the model goes wrong, characters in all, each proposal, whether the last one
        begins with the wanted translation (after 40 the rest counts as typed), and what it says
        beyond that.

    Raises ValueError, in a sentence, for bad text or settings.
    """
    network, tokenizer, text, _, told = french(model, text, as_typed)
    asked = Asked(network, tokenizer, source_ids(tokenizer, text))
    beginning = BEGINNING.check(beginning)
    given = begun(asked, beginning, taken=TAKEN.check(taken) == beginning)
    tokens = completed(asked, given)
    if WORD.check(word).strip():
        beginning = in_place(tokenizer, tokens[: within(AT, at, len(tokens))], word.strip())
        given = begun(asked, beginning)
        tokens = completed(asked, given)
        at = min(at, len(tokens))
    free = completed(asked, begun(asked, "")) if given.tokens else tokens
    said = distributions(network, asked.ids, tokens)  # (T, V)
    chosen = said.gather(1, torch.tensor(tokens).unsqueeze(1)).squeeze(1)  # (T,)
    own = distributions(network, asked.ids, free).gather(1, torch.tensor(free).unsqueeze(1))
    place = within(AT, at, len(tokens))
    wanted = REFERENCE.check(reference).strip()
    return Trace(
        target=target_labels(tokenizer, tokens),
        given=len(given.tokens),
        beginning=beginning,
        probabilities=chosen.exp().numpy(),
        translation=tokenizer.decode(tokens),
        finished=tokens[-1:] == [END],
        log_probability=float(chosen.sum()),
        free=tokenizer.decode(free),
        free_log_probability=float(own.sum()),
        at=place,
        alternatives=alternatives(tokenizer, tokens[:place], said[place - 1]),
        ending=float(said[place - 1, END].exp()),
        saved=saved(asked, wanted) if wanted else None,
        notes=told,
    )


def in_place(tokenizer: Tokenizer, tokens: Sequence[int], word: str) -> str:
    """All before the last of some tokens, a word in its place, and the space that ends that.

    It is a word apart, unless it stands for a piece that goes on with the one before.
    """
    *before, last = tokens
    goes = word[:1] in JOINING or (word[:1].isalnum() and not tokenizer.starts_word(last))
    return as_printed(f"{tokenizer.decode(before)}{'' if goes else ' '}{word}".lstrip()) + " "


class Begun(NamedTuple):
    """A given beginning, read by the decoder."""

    tokens: list[int]
    state: Any  # before the last of them is read
    ended: bool  # whether its last word is


def begun(asked: Asked, words: str, taken: bool = False) -> Begun:
    """Read a beginning; its last word is completed, unless it is ended by a space, or taken.

    Raises ValueError, in a sentence, for bad text.
    """
    tokenizer, ended = asked.tokenizer, words != words.rstrip()
    words = as_printed(words) + " " * ended
    if not words.strip() or ended or taken:
        tokens = cut(asked, words)
        return Begun(tokens, forced(asked, tokens)[1], ended)
    refuse_unwritable(tokenizer, words)
    whole = words[: len(words) - len(words.split()[-1])]
    last = len(tokenizer.encode(whole))
    word = [token.id for token in tokens_of(tokenizer, words)][last:]
    fixed, rest = unfinished(tokenizer, cut(asked, whole), word)
    said, state = forced(asked, [*fixed, PAD])  # the state after all that is fixed
    allowed = torch.tensor([piece.startswith(rest) for piece in pieces(tokenizer)])
    best = said.masked_fill(~allowed.to(said.device), -torch.inf).argmax()
    return Begun([*fixed, int(best)], state, False)


def cut(asked: Asked, words: str) -> list[int]:
    """A beginning in the pieces that the model finds likeliest."""
    return wanted_tokens(*asked, words, whole=False) if words.strip() else []


def unfinished(
    tokenizer: Tokenizer, before: Sequence[int], word: Sequence[int]
) -> tuple[list[int], str]:
    """The tokens that stand, and the rest of an unfinished word, which one token can go on from.

    That is its last piece; or more of it, as long as some token begins so.
    """
    rest, known = "", pieces(tokenizer)
    for count in reversed(range(len(word))):
        longer = known[word[count]] + rest
        if rest and not any(piece.startswith(longer) for piece in known):
            return [*before, *word[: count + 1]], rest
        rest = longer
    return [*before], rest


@lru_cache(maxsize=4)
def pieces(tokenizer: Tokenizer) -> tuple[str, ...]:
    """The whole vocabulary as it is written, what no text has being empty."""
    return tuple("" if number in NEVER_WRITTEN or number == END else piece
                 for number, piece in enumerate(tokenizer.pieces))  # fmt: skip


def forced(asked: Asked, tokens: Sequence[int]) -> tuple[Tensor, Any]:
    """The decoder made to read all tokens but the last: what it expects (V,), its state."""
    device = device_of(asked.network)
    with torch.inference_mode():
        state = asked.network.start(torch.tensor([asked.ids], device=device))
        said = torch.empty(0)
        for token in [START, *tokens][:-1]:
            logits, state, _ = asked.network.step(torch.tensor([token], device=device), state)
            said = logits[0]
    return said, state


def completed(asked: Asked, beginning: Begun) -> list[int]:
    """A beginning and what greedy decoding adds to it; to an ended word no more letters."""
    given = beginning.tokens
    beam = Beam(1, 0.0, max(1, limit(len(asked.ids)) - len(given)))
    last = torch.tensor([*[START, *given][-1:]], device=device_of(asked.network))
    apart = torch.tensor([not beginning.ended or not goes_on(piece)
                          for piece in pieces(asked.tokenizer)])  # fmt: skip

    def rank(log_probabilities: Tensor) -> Tensor:
        if beam.steps or not given:
            return log_probabilities
        return log_probabilities.masked_fill(~apart.to(log_probabilities.device), -torch.inf)

    least = 0 if given else 1
    for _ in steps(
        asked.network, beginning.state, last, [beam], rank, forbidden=NEVER_WRITTEN, least=least
    ):
        pass
    return [*given, *beam.result().hypotheses[0].tokens]


def goes_on(piece: str) -> bool:
    """Whether a piece goes on with the word before it."""
    return piece[:1].isalnum() or piece[:1] in JOINING


def alternatives(tokenizer: Tokenizer, tokens: Sequence[int], said: Tensor) -> list[Alternative]:
    """The likeliest words in the last one's place, from log-probabilities (V,), marks left out."""
    *before, here = tokens
    allowed = said.index_fill(0, torch.tensor([*NEVER_WRITTEN, END]), -torch.inf)
    best = allowed.topk(COUNT).indices.tolist()
    return [
        Alternative(
            word=target_labels(tokenizer, [token])[0],
            here=token == here,
            probability=float(said[token].exp()),
            beginning=tokenizer.decode([*before, token]),
        )
        for token in best
    ]


def saved(asked: Asked, wanted: str) -> Saved:
    """What a person types who accepts all that is right and types the first word that is not."""
    tokens = wanted_tokens(*asked, wanted)
    words, known = asked.tokenizer.decode(tokens).split(), 0
    lengths = [len(word) + 1 for word in words]
    typed = 0
    rounds: list[str] = []
    while len(rounds) < ROUNDS:
        beginning = begun(asked, "".join(f"{word} " for word in words[:known]))
        proposal = asked.tokenizer.decode(completed(asked, beginning))
        rounds.append(proposal)
        right = max(known, agreeing(proposal.split(), words))
        if right == len(words):
            beyond = " ".join(proposal.split()[right:])
            return Saved(typed, sum(lengths), rounds, reached=True, beyond=beyond)
        typed += lengths[right]
        known = right + 1
    return Saved(typed + sum(lengths[known:]), sum(lengths), rounds, reached=False, beyond="")


def agreeing(proposed: Sequence[str], wanted: Sequence[str]) -> int:
    """How many words two texts have in common at their beginning."""
    pairs = zip(proposed, wanted, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b),
                min(len(proposed), len(wanted)))  # fmt: skip
