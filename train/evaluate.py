"""Measure a model on a file: python -m train.evaluate NAME FILE [--beam N] prints one line of JSON.

NAME is a model of the manifest, or the folder that a training script wrote.

Translators (FILE holds source TAB target, read the other way round by one that was trained with
--reverse): BLEU and chrF. Language models (FILE holds text):
perplexity, and how often the right word is the likeliest or among the five likeliest.

Under `accelerate launch`, each process works on its share of the sentences; the first one prints.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from seq_models.language_model import LanguageModel
from seq_models.seq2seq import Seq2Seq
from train.engine.lines import LeftOut, numbered, read_lines
from train.engine.opening import open_model, pairs_for
from train.engine.script import count, finite, told_in_a_sentence
from train.engine.shards import leave, place
from train.measures.next_word import evaluate_language_model
from train.measures.translation import evaluate_translator


def evaluate(name: str, file: Path, beam: int, length_penalty: float) -> dict[str, Any]:
    """Measure the model `name` on `file`. Raises ValueError for a bad file."""
    loaded, left_out = open_model(name), LeftOut()
    if isinstance(loaded.model, LanguageModel):
        if any("\t" in line for _, _, line in numbered([file])):
            raise ValueError(f"{file} has pairs, and {name} reads one language")
        lines = read_lines(file, left_out)
        result = evaluate_language_model(loaded.model, loaded.tokenizer, lines)
    else:
        assert isinstance(loaded.model, Seq2Seq)
        pairs = pairs_for(loaded, file, left_out)
        result = evaluate_translator(loaded.model, loaded.tokenizer, pairs, beam, length_penalty)
    return result | ({"left_out": dict(left_out)} if left_out else {})


def main() -> None:
    """Read the arguments, print the line."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a model of weights/manifest.json, or a folder")
    arguments.add_argument("file", type=Path, help="text or source TAB target, plain or .gz")
    arguments.add_argument("--beam", type=count, default=1, help="hypotheses kept; 1 is greedy")
    arguments.add_argument("--length-penalty", type=finite, default=1.0)
    given = arguments.parse_args()
    rank, _ = place()  # before the model is loaded: each process has a device of its own
    with told_in_a_sentence():
        result = evaluate(given.name, given.file, given.beam, given.length_penalty)
    if rank == 0:
        print(json.dumps(result))
    leave()


if __name__ == "__main__":
    main()
