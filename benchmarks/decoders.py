"""Those who decode in `benchmarks.decode`: ours, and others with the same parameters.

Each takes the numbers of source tokens, ⟨end⟩ included, and searches by the same rule: until
`width` texts are finished, at most `limit` tokens, never ⟨padding⟩, ⟨start⟩ or ⟨unknown⟩.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor

from seq_models import END, PAD, START, UNKNOWN
from seq_models.decode import beam_search
from seq_models.decoder import Decoder
from seq_models.loaded import LoadedTranslator
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPECIAL
from seq_models.translate import NEVER_WRITTEN, limit

Sources = Sequence[Sequence[int]]
CPU = torch.device("cpu")


class Past(NamedTuple):
    """All that a decoder without a cache remembers."""

    tokens: Tensor  # (B, T)
    enc_out: Tensor  # (B, S, E)
    source_mask: Tensor  # (B, S), True where there is a word


class Uncached(Seq2Seq):
    """Our translator, reading all that it has written again for every token."""

    def start(self, src: Tensor) -> Past:
        """As `Seq2Seq.start`."""
        enc_out, _ = self.encoder(src)
        nothing = torch.empty(len(src), 0, dtype=torch.long, device=src.device)
        return Past(nothing, enc_out, src != PAD)

    def step(self, tokens: Tensor, state: Past) -> tuple[Tensor, Past, Any]:
        """As `Seq2Seq.step`."""
        decoder: Decoder = self.decoder
        state = state._replace(tokens=torch.cat([state.tokens, tokens.unsqueeze(1)], dim=1))
        logits, weights = decoder(*state)
        return logits[:, -1], state, weights


class Ours:
    """The loop of `seq_models.decode`, with a model of ours."""

    def __init__(self, model: Seq2Seq) -> None:
        self.model = model

    def __call__(self, sources: Sources, width: int, length: int | None = None) -> list[list[int]]:
        """The best translation of each source; with `length`, of so many tokens."""
        limits = [length or limit(len(source)) for source in sources]
        with torch.inference_mode():
            state = self.model.start(padded(sources))
        searches = beam_search(
            self.model, state, limits, CPU, width,
            least=length or 1, forbidden=NEVER_WRITTEN, stop="width_finished",
        )  # fmt: skip
        return [list(search.hypotheses[0].tokens) for search in searches]


class Transformers:
    """`generate` of the library `transformers`, on a folder that `train.export` wrote."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModelForSeq2SeqLM

        self.model = AutoModelForSeq2SeqLM.from_pretrained(folder).eval()

    def __call__(self, sources: Sources, width: int) -> list[list[int]]:
        """The best translation of each source."""
        ids = padded(sources)
        rule = {"early_stopping": True, "length_penalty": 1.0} if width > 1 else {}
        most = max(limit(len(source)) for source in sources)
        with torch.inference_mode():
            found = self.model.generate(
                input_ids=ids, attention_mask=(ids != PAD).long(), num_beams=width,
                max_new_tokens=most, do_sample=False, **rule,
            )  # fmt: skip
        return [cut(row[1:]) for row in found.tolist()]


class CTranslate2:
    """CTranslate2 on a folder that `train.export` wrote. kind: "float32" or "int8"."""

    def __init__(self, folder: Path, loaded: LoadedTranslator, kind: str) -> None:
        import ctranslate2

        self.translator = ctranslate2.Translator(
            str(folder), compute_type=kind, inter_threads=1, intra_threads=1
        )
        size = loaded.tokenizer.vocab_size
        self.pieces = [*SPECIAL, *map(loaded.tokenizer.piece, range(len(SPECIAL), size))]
        self.numbers = {piece: number for number, piece in enumerate(self.pieces)}

    def __call__(self, sources: Sources, width: int) -> list[list[int]]:
        """The best translation of each source."""
        told = self.translator.translate_batch(
            [[self.pieces[number] for number in source] for source in sources],
            beam_size=width, max_decoding_length=max(limit(len(source)) for source in sources),
            min_decoding_length=1, return_end_token=True,
            suppress_sequences=[[SPECIAL[number]] for number in (PAD, START, UNKNOWN)],
        )  # fmt: skip
        return [[self.numbers[piece] for piece in one.hypotheses[0]] for one in told]


def padded(sources: Sources) -> Tensor:
    """Sources as one tensor (B, S)."""
    longest = max(map(len, sources))
    return torch.tensor([[*source, *[PAD] * (longest - len(source))] for source in sources])


def cut(tokens: list[int]) -> list[int]:
    """Up to the first ⟨end⟩."""
    return tokens[: tokens.index(END) + 1] if END in tokens else tokens
