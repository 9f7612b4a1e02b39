"""Measure a model on a file: python -m train.evaluate NAME FILE [--beam N] prints one line of JSON.

Translators (FILE holds source TAB target): BLEU and chrF by sacrebleu with its default settings,
on detokenised, cased text. Language models (FILE holds text): perplexity over all tokens; how often
the right word is the likeliest or among the five likeliest, over words (punctuation and the end
mark left out, an unknown word counts as a miss).
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sacrebleu
import torch

from seq_models import END, PAD, START, UNKNOWN, checkpoint
from seq_models.language_model import LanguageModel
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import translate
from train.data import by_length, pad, read_lines, read_pairs

ROWS = 64  # sentences decoded at once
TOKENS = 2_000  # about how many tokens a language model reads at once


def evaluate_translator(
    model: Seq2Seq,
    tokenizer: Tokenizer,
    pairs: Sequence[tuple[str, str]],
    beam: int = 1,
    length_penalty: float = 1.0,
) -> dict[str, Any]:
    """BLEU and chrF (0..100) of the model's translations of `pairs`, and the time it took."""
    started = time.monotonic()
    found = translations(model, tokenizer, [source for source, _ in pairs], beam, length_penalty)
    references = [[target for _, target in pairs]]
    return {
        "bleu": round(sacrebleu.corpus_bleu(found, references).score, 2),
        "chrf": round(sacrebleu.corpus_chrf(found, references).score, 2),
        "sentences": len(pairs),
        "seconds": round(time.monotonic() - started, 1),
    }


def translations(
    model: Seq2Seq, tokenizer: Tokenizer, sources: Sequence[str], beam: int, length_penalty: float
) -> list[str]:
    """The best translation of each source, in their order."""
    lengths = [len(ids) for ids in tokenizer.encode_many(sources)]
    found = [""] * len(sources)
    for group in by_length(lengths, ROWS):
        texts = [sources[index] for index in group]
        searches = translate(model, tokenizer, texts, beam, length_penalty)
        for index, search in zip(group, searches, strict=True):
            found[index] = tokenizer.decode(search.hypotheses[0].tokens)
    return found


def evaluate_language_model(
    model: LanguageModel, tokenizer: Tokenizer, lines: Sequence[str]
) -> dict[str, Any]:
    """Perplexity and hits (0..1) of the model on `lines`, each read from its start to its end."""
    device = next(model.parameters()).device
    texts = [tokenizer.tokens(line) for line in lines]
    rows = [[START, *(token.id for token in text), END] for text in texts]
    words = [[any(map(str.isalnum, token.text)) for token in text] + [False] for text in texts]
    nats = total = first = five = unknown = 0.0
    groups = list(by_length([len(row) for row in rows], rows=1))
    for group in budgeted([index for (index,) in groups], [len(row) for row in rows], TOKENS):
        ids = pad([rows[index] for index in group]).to(device)  # (B, S + 1)
        with torch.inference_mode():
            logits, _, _ = model(ids[:, :-1])
            log_probabilities = logits.float().log_softmax(dim=-1)  # (B, S, V)
        wanted = ids[:, 1:]
        found = log_probabilities.gather(-1, wanted.unsqueeze(-1))  # (B, S, 1)
        rank = (log_probabilities > found).sum(dim=-1)  # (B, S), 0 is the likeliest
        real = wanted != PAD
        flags = [words[index] for index in group]
        word = torch.zeros_like(real)
        for row, flag in enumerate(flags):
            word[row, : len(flag)] = torch.tensor(flag, device=device)
        known = word & (wanted != UNKNOWN)
        nats -= found.squeeze(-1)[real].double().sum().item()
        total += real.sum().item()
        first += (known & (rank < 1)).sum().item()
        five += (known & (rank < 5)).sum().item()
        unknown += (word & (wanted == UNKNOWN)).sum().item()
    count = sum(map(sum, words))
    return {
        "perplexity": round(math.exp(nats / total), 2),
        "top1": round(first / count, 4),
        "top5": round(five / count, 4),
        "words": count,
        "unknown": int(unknown),
    }


def budgeted(order: Sequence[int], lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Indices in their order, in groups of at most `tokens` cells when padded (or one alone)."""
    groups: list[list[int]] = []
    for index in order:
        if groups and lengths[index] * (len(groups[-1]) + 1) <= tokens:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def evaluate(name: str, file: Path, beam: int, length_penalty: float) -> dict[str, Any]:
    """Measure the bundled or pulled model `name` on `file`. Raises ValueError for a bad file."""
    loaded = checkpoint.load(name)
    if isinstance(loaded.model, LanguageModel):
        return evaluate_language_model(loaded.model, loaded.tokenizer, read_lines(file))
    assert isinstance(loaded.model, Seq2Seq)
    return evaluate_translator(
        loaded.model, loaded.tokenizer, read_pairs(file), beam, length_penalty
    )


def main() -> None:
    """Read the arguments, print the line."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a model of weights/manifest.json")
    arguments.add_argument("file", type=Path, help="text or source TAB target, plain or .gz")
    arguments.add_argument("--beam", type=int, default=1, help="hypotheses kept; 1 is greedy")
    arguments.add_argument("--length-penalty", type=float, default=1.0)
    given = arguments.parse_args()
    try:
        result = evaluate(given.name, given.file, given.beam, given.length_penalty)
    except (OSError, ValueError) as error:
        sys.exit(f"{given.file}: {error}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
