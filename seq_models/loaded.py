"""A trained model and all that it needs: text in, a translation or the next words out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

import torch
from torch import Tensor, nn

from seq_models import END, START, UNKNOWN
from seq_models.beam import Beam
from seq_models.decode import FORBIDDEN, steps
from seq_models.language_model import LanguageModel
from seq_models.limits import whole
from seq_models.repair import Spelling
from seq_models.sample import sampler
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import SPACE, SPECIAL, Tokenizer
from seq_models.translate import looked, read, translate
from seq_models.typed import Typed, typed

Source = Literal["hub", "cache", "bundled"]
NEVER = (*FORBIDDEN, UNKNOWN)  # no text goes on with these
MOST_WORDS = 1_000


@dataclass(frozen=True)
class Loaded:
    """A trained model, ready to use and shared by all threads: nobody changes it."""

    name: str
    model: nn.Module  # in evaluation mode, single precision, without gradients
    tokenizer: Tokenizer
    config: dict[str, Any]
    source: Source  # hub: downloaded by this process; cache: by an earlier one
    revision: str | None  # the Hub's commit, None for a bundled copy
    sha256: str  # of model.safetensors
    parameters: int  # trained numbers, shared ones once
    device: str
    spelling: Spelling | None = None  # how its training text spells, if its folder has a table

    def read(self, text: str, as_typed: bool = False) -> Typed:
        """What the model reads of a typed text, see `typed`: repaired, or as it was typed.

        Raises ValueError, in a sentence, for a text with nothing that it can read.
        """
        return typed(self.tokenizer, text, self.spelling, as_typed)


class Translation(str):
    """A translation: a text, and beside it what was read and, if asked for, where it looked."""

    typed: Typed
    source: list[str]  # S pieces, ⟨end⟩ included
    target: list[str]  # T pieces, ⟨end⟩ included where it finished
    weights: Tensor | None  # (T, S), rows summing to 1; the mean over the last layer's heads
    # None where they were not asked for, and of a model without attention


class LoadedTranslator(Loaded):
    """A trained translator."""

    model: Seq2Seq

    @overload
    def translate(  # type: ignore[overload-overlap]
        self,
        text: str,
        width: int = ...,
        length_penalty: float = ...,
        weights: bool = ...,
        as_typed: bool = ...,
    ) -> Translation: ...

    @overload
    def translate(
        self,
        text: Sequence[str],
        width: int = ...,
        length_penalty: float = ...,
        weights: bool = ...,
        as_typed: bool = ...,
    ) -> list[Translation]: ...

    def translate(
        self,
        text: str | Sequence[str],
        width: int = 4,
        length_penalty: float = 1.0,
        weights: bool = False,
        as_typed: bool = False,
    ) -> Translation | list[Translation]:
        """Translate a text, or each of several in one batch.

        width: of the beam; 1 is greedy. weights: with `Translation.weights`. as_typed: no repair.
        Raises ValueError, in a sentence, if there is nothing to read, or for settings that cannot
        be.
        """
        texts = [text] if isinstance(text, str) else list(text)
        readings = [self.read(each, as_typed) for each in texts]
        sources = [reading.read_as for reading in readings]
        found = translate(self.model, self.tokenizer, sources, width, length_penalty)
        told = [
            self._told(reading, search.hypotheses[0].tokens, weights)
            for reading, search in zip(readings, found, strict=True)
        ]
        return told[0] if isinstance(text, str) else told

    def _told(self, reading: Typed, tokens: Sequence[int], weights: bool) -> Translation:
        told = Translation(self.tokenizer.decode(tokens))
        source = self.tokenizer.encode(reading.read_as)
        told.typed = reading
        told.source = [self.tokenizer.piece(number) for number in [*source, END]]
        told.target = [self.tokenizer.piece(number) for number in tokens]
        told.weights = self._weights(reading.read_as, tokens) if weights else None
        return told

    def _weights(self, text: str, tokens: Sequence[int]) -> Tensor | None:
        return looked(read(self.model, self.tokenizer, text, tokens).decoder_weights)


class LoadedLanguageModel(Loaded):
    """A trained language model."""

    model: LanguageModel

    def next_words(
        self, text: str, count: int = 10, as_typed: bool = False
    ) -> list[tuple[str, float]]:
        """The `count` likeliest next words with their probabilities (0..1); marks are no words.

        Raises ValueError, in a sentence, for a text with nothing to read.
        """
        whole("count", count, 1, self.tokenizer.vocab_size)
        ids = self._ids(text, as_typed)
        with torch.inference_mode():
            memory, _ = self.model.network.read(self.model.embed(ids))
            chances = self.model.score(memory[:, -1:])[0, 0].float().softmax(dim=-1)  # (V,)
        order = chances.argsort(descending=True, stable=True).tolist()
        words = [number for number in order if number >= len(SPECIAL)][:count]
        piece = self.tokenizer.piece
        return [(piece(word).removeprefix(SPACE), chances[word].item()) for word in words]

    def write(
        self,
        text: str,
        words: int = 20,
        temperature: float = 0.8,
        top_k: int | None = 50,
        top_p: float = 0.95,
        seed: int = 0,
        as_typed: bool = False,
    ) -> str:
        """The text as it was read, and what the model writes after it.

        It writes until it ends or has `words` more tokens. The same seed writes the same.
        Raises ValueError, in a sentence, if there is nothing to read, or for rules that cannot be,
        see `sampler`.
        """
        rank = sampler(temperature, top_k, top_p, seed)
        beam = Beam(1, 0.0, whole("words", words, 1, MOST_WORDS))
        ids = self._ids(text, as_typed)
        with torch.inference_mode():
            _, state = self.model.network.read(self.model.embed(ids[:, :-1]))
        for _ in steps(self.model, state, ids[:, -1], [beam], rank, NEVER):
            pass
        tokens = beam.result().hypotheses[0].tokens
        read = self.read(text, as_typed).read_as
        return read + self.tokenizer.after(read, (token for token in tokens if token > UNKNOWN))

    def _ids(self, text: str, as_typed: bool) -> Tensor:
        """⟨start⟩ and the text's tokens (1, S)."""
        ids = self.tokenizer.encode(self.read(text, as_typed).read_as)
        return torch.tensor([[START, *ids]], device=self.device)


KINDS: dict[type[nn.Module], type[Loaded]] = {
    Seq2Seq: LoadedTranslator,
    LanguageModel: LoadedLanguageModel,
}
