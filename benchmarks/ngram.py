"""A language model beside an n-gram of the same words: python -m benchmarks.ngram --data DIR.

Trains an interpolated Kneser-Ney model on train and measures it and NAME (default next-word-gru)
on test: same tokenizer, same lines, same measure. The last line is JSON. What is measured is
`train.evaluate`'s: perplexity over all tokens, top1 and top5 over words.

    P(w | h) = max(c(h w) - D, 0) / c(h) + D N(h .) / c(h) * P(w | h without its first word)

with counts of different contexts instead of occurrences below the highest order:
R. Kneser and H. Ney, 1995, https://doi.org/10.1109/ICASSP.1995.479394
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from seq_models import END, START, checkpoint
from seq_models.language_model import LanguageModel
from seq_models.loaded import Loaded
from seq_models.tokenizer import Tokenizer
from train.engine.lines import find, read_lines
from train.engine.script import told_in_a_sentence
from train.measures.next_word import Tally, evaluate_language_model, judged

ORDER = 4
DISCOUNT = 0.75

History = tuple[int, ...]


class KneserNey:
    """The n-gram model: a table for each history of up to ORDER - 1 words."""

    def __init__(self, texts: Sequence[Sequence[int]], vocab_size: int) -> None:
        """texts: each from ⟨start⟩ to ⟨end⟩."""
        self.vocab_size = vocab_size
        self.tables: dict[History, tuple[np.ndarray, np.ndarray, float]] = {}
        grams = Counter(
            tuple(text[max(0, i - ORDER + 1) : i + 1])
            for text in texts
            for i in range(1, len(text))
        )  # shorter ones only where the text begins
        for length in range(ORDER, 0, -1):
            followers: dict[History, dict[int, int]] = defaultdict(dict)
            for gram in [gram for gram in grams if len(gram) == length]:
                followers[gram[:-1]][gram[-1]] = grams.pop(gram)
                if length > 1:
                    grams[gram[1:]] += 1  # one more word that it follows
            for history, words in followers.items():
                self._add(history, words)

    def _add(self, history: History, words: dict[int, int]) -> None:
        counts = np.array(list(words.values()), dtype=np.float64)
        total = counts.sum()
        shares = (counts - DISCOUNT) / total
        self.tables[history] = np.array(list(words)), shares, DISCOUNT * len(words) / total

    def distribution(self, history: History) -> np.ndarray:
        """The probability (V,) of each next word after the history."""
        lower = (
            self.distribution(history[1:])
            if history
            else np.full(self.vocab_size, 1 / self.vocab_size)
        )
        if history not in self.tables:
            return lower
        words, shares, rest = self.tables[history]
        probabilities = rest * lower
        probabilities[words] += shares
        return probabilities


def evaluate_ngram(model: KneserNey, tokenizer: Tokenizer, lines: Sequence[str]) -> dict[str, Any]:
    """The same measures as `evaluate_language_model`."""
    tally = Tally()
    for line in lines:
        text = tokenizer.tokens(line)
        ids = [START, *(token.id for token in text), END]
        histories = [tuple(ids[max(0, i - ORDER + 1) : i]) for i in range(1, len(ids))]
        probabilities = np.stack([model.distribution(history) for history in histories])
        log_probabilities = torch.from_numpy(probabilities).log()  # (S + 1, V)
        tally.add(*judged(log_probabilities, torch.tensor(ids[1:])), text)
    return tally.to_json()


def main() -> None:
    """Train, measure, print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--data", type=Path, required=True, help="folder with train and test")
    arguments.add_argument("--name", default="next-word-gru", help="the model beside it")
    given = arguments.parse_args()
    with told_in_a_sentence():
        loaded = checkpoint.load(given.name)
        if not isinstance(loaded.model, LanguageModel):
            raise ValueError(f"{given.name} does not predict the next word")
        compare(loaded, given.data)


def compare(loaded: Loaded, data: Path) -> None:
    """Print both models' scores. Raises FileNotFoundError where there is no text."""
    assert isinstance(loaded.model, LanguageModel)
    tokenizer = loaded.tokenizer
    train = read_lines(find(data, "train.txt"))
    texts = [[START, *ids, END] for ids in tokenizer.encode_many(train)]
    ngram = KneserNey(texts, tokenizer.vocab_size)
    test = read_lines(find(data, "test.txt"))
    scores = {
        "ngram": evaluate_ngram(ngram, tokenizer, test),
        loaded.name: evaluate_language_model(loaded.model, tokenizer, test),
    }
    print(json.dumps(scores))


if __name__ == "__main__":
    main()
