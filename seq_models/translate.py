"""Translation, text in and text out: tokenizer, model and decoding together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from seq_models import END, PAD, START, UNKNOWN
from seq_models.beam import MOST_LENGTH, Search, Stop
from seq_models.decode import FORBIDDEN, beam_search
from seq_models.decoder import DecoderWeights
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer

NEVER_WRITTEN = (*FORBIDDEN, UNKNOWN)


@dataclass(frozen=True)
class Reading:
    """What a model computes for one source and one target, in one parallel pass."""

    log_probabilities: list[float]  # of each target token, given those before it (nats)
    encoder_weights: Any  # the encoder's, batch of one; empty for a recurrent one
    decoder_weights: Any  # the decoder's, batch of one; row t wrote target token t


def limit(source_length: int) -> int:
    """The most tokens that a translation of so many source tokens may have."""
    return min(2 * source_length + 10, MOST_LENGTH)


def translate(
    model: Seq2Seq,
    tokenizer: Tokenizer,
    texts: str | Sequence[str],
    width: int = 1,
    length_penalty: float = 1.0,
    stop: Stop = "nothing_alive_can_win",
) -> list[Search]:
    """Search a translation for each text, all in one batch; width 1 is greedy.

    A single text is a batch of one. No translation has ⟨unknown⟩ in it, and of those that read the
    same a search keeps the best. stop: when a search is over, see `Beam`.
    Raises ValueError for a text without any token, and for settings that no search can have.
    """
    sources = [source_ids(tokenizer, t) for t in ([texts] if isinstance(texts, str) else texts)]
    if not sources:
        return []
    device = next(model.parameters()).device
    longest = max(map(len, sources))
    padded = [source + [PAD] * (longest - len(source)) for source in sources]
    with torch.inference_mode():
        state = model.start(torch.tensor(padded, device=device))
    limits = [limit(len(source)) for source in sources]
    return beam_search(
        model,
        state,
        limits,
        device,
        width,
        length_penalty,
        least=1,
        forbidden=NEVER_WRITTEN,
        stop=stop,
        text_of=tokenizer.decode,
    )


def read(model: Seq2Seq, tokenizer: Tokenizer, text: str, target: Sequence[int]) -> Reading:
    """Read the text and a target (⟨end⟩ included) again in parallel, keeping what was computed."""
    device = next(model.parameters()).device
    source = torch.tensor([source_ids(tokenizer, text)], device=device)
    given = torch.tensor([[START, *target[:-1]]], device=device)
    wanted = torch.tensor(target, device=device)
    with torch.inference_mode():
        logits, encoder_weights, decoder_weights = model.look(source, given)
        log_probabilities = logits[0].float().log_softmax(dim=-1)  # (T, V)
        chosen = log_probabilities.gather(1, wanted.unsqueeze(1)).squeeze(1)  # (T,)
    return Reading(chosen.tolist(), encoder_weights, decoder_weights)


def looked(decoder_weights: Any) -> Tensor | None:
    """Where a decoder looked, the first row of the batch: (T, S), rows summing to 1.

    The mean over the last layer's heads; None of a decoder without attention.
    """
    if not len(decoder_weights):
        return None
    if isinstance(decoder_weights, DecoderWeights):
        return decoder_weights.cross[-1][0].mean(dim=0)
    additive: Tensor = decoder_weights[0]
    return additive


def source_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    """The source as the encoder reads it, ⟨end⟩ included. Raises ValueError for an empty one."""
    ids = tokenizer.encode(text)
    if not ids:
        raise ValueError(f"{text!r} has no words to translate")
    return [*ids, END]
