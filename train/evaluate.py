"""Measure a model on a file: python -m train.evaluate NAME FILE [--beam N] prints one line of JSON.

NAME is a model of the manifest, or the folder that a training script wrote.

Translators (FILE holds source TAB target): BLEU and chrF by sacrebleu with its default settings,
on detokenised, cased text. Language models (FILE holds text): perplexity over all tokens; how often
the right word is the likeliest or among the five likeliest, over words (punctuation and the end
mark left out; an unknown word counts as a miss, and ⟨unknown⟩ is never offered as a word).

Under `accelerate launch`, each process works on its share of the sentences; the first one prints.
"""

import argparse
import json
import math
import operator
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import sacrebleu
import torch
from torch import Tensor

from seq_models import END, START, UNKNOWN, checkpoint
from seq_models.beam import Search
from seq_models.folder import Loaded, load_folder
from seq_models.language_model import LanguageModel
from seq_models.manifest import fingerprints
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Token, Tokenizer
from seq_models.translate import translate
from train.data import by_length, read_lines, read_pairs
from train.script import told_in_a_sentence
from train.shards import leave, merged, place, share, together

ROWS = 64  # sentences decoded at once


def evaluate_translator(
    model: Seq2Seq,
    tokenizer: Tokenizer,
    pairs: Sequence[tuple[str, str]],
    beam: int = 1,
    length_penalty: float = 1.0,
) -> dict[str, Any]:
    """BLEU and chrF (0..100) of the model's translations of `pairs`, and the time it took."""
    started = time.monotonic()
    sources = [source for source, _ in pairs]
    found = translations(model, tokenizer, sources, beam, length_penalty)
    return {
        **scores(found, [target for _, target in pairs]),
        "sentences": len(pairs),
        "seconds": round(time.monotonic() - started, 1),
    }


def scores(found: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """BLEU and chrF (0..100) of translations."""
    return {
        "bleu": round(sacrebleu.corpus_bleu(found, [wanted]).score, 2),
        "chrf": round(sacrebleu.corpus_chrf(found, [wanted]).score, 2),
    }


def translations(
    model: Seq2Seq, tokenizer: Tokenizer, sources: Sequence[str], beam: int, length_penalty: float
) -> list[str]:
    """The best translation of each source, in their order; each process works on its share."""
    own = share(sources)
    lengths = [len(ids) for ids in tokenizer.encode_many(own)]
    found = [""] * len(own)
    for group in by_length(lengths, ROWS):
        texts = [own[index] for index in group]
        searches = translate(model, tokenizer, texts, beam, length_penalty)
        for index, search in zip(group, searches, strict=True):
            found[index] = detokenized(tokenizer, search)
    return merged(together(found))


def detokenized(tokenizer: Tokenizer, search: Search) -> str:
    """The best translation of a search, as text."""
    return tokenizer.decode(search.hypotheses[0].tokens)


@dataclass
class Tally:
    """What a language model got right so far."""

    nats: float = 0.0
    tokens: int = 0
    words: int = 0
    unknown: int = 0
    first: int = 0
    five: int = 0

    def add(self, nats: Tensor, rank: Tensor, text: Sequence[Token]) -> None:
        """Count a text: surprisals nats (S + 1,) with ⟨end⟩'s, and ranks (S + 1,), 0 the best."""
        self.nats += nats.double().sum().item()
        self.tokens += len(nats)
        for token, ahead in zip(text, rank.tolist(), strict=False):
            self.words += token.is_word
            self.unknown += token.is_word and not token.known
            self.first += token.is_word and token.known and ahead < 1
            self.five += token.is_word and token.known and ahead < 5

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(operator.add, astuple(self), astuple(other)))

    def to_json(self) -> dict[str, Any]:
        """The measures that evaluation prints."""
        return {
            "perplexity": round(math.exp(self.nats / self.tokens), 2),
            "top1": round(self.first / max(1, self.words), 4),
            "top5": round(self.five / max(1, self.words), 4),
            "words": self.words,
            "unknown": self.unknown,
        }


def evaluate_language_model(
    model: LanguageModel, tokenizer: Tokenizer, lines: Sequence[str]
) -> dict[str, Any]:
    """Perplexity and hits (0..1) of the model on `lines`, each read from its start to its end."""
    device = next(model.parameters()).device
    tally = Tally()
    for line in share(lines):
        text = tokenizer.tokens(line)
        ids = torch.tensor([START, *(token.id for token in text), END], device=device)
        with torch.inference_mode():
            logits, _, _ = model(ids[None, :-1])
            log_probabilities = logits[0].float().log_softmax(dim=-1)  # (S + 1, V)
        tally.add(*judged(log_probabilities, ids[1:]), text)
    return sum(together(tally), Tally()).to_json()


def judged(log_probabilities: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """The surprisal (N,) of each wanted token and its rank (N,), given log-probabilities (N, V).

    A rank counts the likelier tokens, without ⟨unknown⟩, which is no word that could be offered.
    """
    found = log_probabilities.gather(1, wanted.unsqueeze(1))  # (N, 1)
    likelier = log_probabilities > found  # (N, V)
    likelier[:, UNKNOWN] = False
    return -found.squeeze(1), likelier.sum(dim=1)


def found(name: str) -> Loaded:
    """A model by its name in the manifest, or by its folder, as a training script wrote it.

    Raises ValueError if there is neither, and DamagedWeights for files that are no model.
    """
    folder = Path(name)
    if name in checkpoint.names() or not folder.is_dir():
        return checkpoint.load(name)
    return load_folder(folder.name, folder, fingerprints(folder), "bundled", None)


def evaluate(name: str, file: Path, beam: int, length_penalty: float) -> dict[str, Any]:
    """Measure the model `name` on `file`. Raises ValueError for a bad file."""
    loaded = found(name)
    if isinstance(loaded.model, LanguageModel):
        return evaluate_language_model(loaded.model, loaded.tokenizer, read_lines(file))
    assert isinstance(loaded.model, Seq2Seq)
    return evaluate_translator(
        loaded.model, loaded.tokenizer, read_pairs(file), beam, length_penalty
    )


def main() -> None:
    """Read the arguments, print the line."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a model of weights/manifest.json, or a folder")
    arguments.add_argument("file", type=Path, help="text or source TAB target, plain or .gz")
    arguments.add_argument("--beam", type=int, default=1, help="hypotheses kept; 1 is greedy")
    arguments.add_argument("--length-penalty", type=float, default=1.0)
    given = arguments.parse_args()
    rank, _ = place()  # before the model is loaded: each process has a device of its own
    with told_in_a_sentence():
        result = evaluate(given.name, given.file, given.beam, given.length_penalty)
    if rank == 0:
        print(json.dumps(result))
    leave()


if __name__ == "__main__":
    main()
