"""Our Transformer beside PyTorch's own, after the same minutes of training, by what they translate.

python -m benchmarks.quality --data DIR --minutes N trains the Transformer translator and
`torch_translator`, N minutes each, one after the other, and translates valid greedily with both.
The last line is JSON: the BLEU of each, and how far each came.

What is the same: sizes, tokenizer, batches and their order, loss, optimizer, seed, bf16, decoding.
What is counted: the time from the first step to the last, the first steps' warm-up included; each
model has a process of its own, so that it finds nothing warmed up. Reading the data, building the
model and translating are not counted. The learning rate is the recipe's, with the share of the
minutes that have passed in place of the share of the steps, so that a slower model, too, comes to
its end. Neither averages its last states. Each begins as its layers begin: with --same-start, both
as ours do.
"""

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch

from benchmarks.timed_training import train_for
from benchmarks.torch_translator import as_torchs, torch_translator
from seq_models.device import best_device
from seq_models.models import transformer_translator
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer, train_pieces
from train.engine.batches import EDGES, Batches
from train.engine.data import Example, pair_examples
from train.engine.lines import find, read_pairs
from train.engine.recipe import Recipe
from train.engine.script import QUICK_LINES, QUICK_VOCABULARY
from train.engine.translator import VOCABULARY
from train.measures.translation import evaluate_translator
from train.transformer_translator import QUICK_SIZES, RECIPE, SIZES

NAMES = ("ours", "torch")
QUICK_TOKENS = 256  # a batch's size


@dataclass(frozen=True)
class Contest:
    """All that both models are given."""

    tokenizer: Tokenizer
    examples: list[Example]
    valid: list[tuple[str, str]]
    sizes: dict[str, Any]
    recipe: Recipe
    seconds: float  # of training
    same_start: bool


def contest(given: argparse.Namespace) -> Contest:
    """Read the data and train the tokenizer. Raises OSError or ValueError for bad data."""
    pairs = read_pairs(find(given.data, "train.tsv"))
    valid = read_pairs(find(given.data, "valid.tsv"))[: given.sentences]
    sizes, recipe, vocabulary = SIZES, RECIPE, VOCABULARY
    if given.quick:
        pairs, vocabulary = pairs[:QUICK_LINES], QUICK_VOCABULARY
        sizes, recipe = QUICK_SIZES, replace(RECIPE, tokens=QUICK_TOKENS)
    tokenizer = train_pieces((side for pair in pairs for side in pair), vocabulary)
    examples = pair_examples(tokenizer, pairs)
    examples = [example for example in examples if max(map(len, example)) <= EDGES[-1]]
    sizes = {"vocab_size": tokenizer.vocab_size, **sizes}
    return Contest(tokenizer, examples, valid, sizes, recipe, given.minutes * 60, given.same_start)


def build(name: str, sizes: dict[str, Any], seed: int, same_start: bool) -> Seq2Seq:
    """The untrained model of that name; with same_start, PyTorch's has our parameters."""
    torch.manual_seed(seed)
    if name == "ours":
        return transformer_translator(**sizes)
    model = torch_translator(**sizes)
    if same_start:
        model.load_state_dict(as_torchs(build("ours", sizes, seed, False).state_dict()))
    return model


def result(name: str, given: Contest) -> dict[str, Any]:
    """Train and measure one model: BLEU (0..100), parameters, steps, target tokens a second."""
    recipe = given.recipe
    model = build(name, given.sizes, recipe.seed, given.same_start).to(best_device())
    parameters = sum(parameter.numel() for parameter in model.parameters())
    print(f"{name}: {parameters:,} parameters", flush=True)
    batches = Batches(given.examples, recipe.tokens, recipe.seed)
    trained = train_for(given.seconds, model, batches, recipe)
    bleu = evaluate_translator(model, given.tokenizer, given.valid)["bleu"]
    print(f"{name}: BLEU {bleu}, {trained}", flush=True)
    return {"bleu": bleu, "parameters": parameters, **trained}


def main() -> None:
    """Read the flags, let each model have its process, print the line."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    flags.add_argument("--data", type=Path, required=True, help="folder with train and valid")
    flags.add_argument("--minutes", type=float, required=True, help="of training, for each model")
    flags.add_argument("--sentences", type=int, help="translate only so many of valid")
    flags.add_argument("--order", choices=("ours-first", "torch-first"), default="ours-first")
    flags.add_argument("--same-start", action="store_true", help="both begin with our parameters")
    flags.add_argument("--quick", action="store_true", help="tiny models and a few lines")
    given = flags.parse_args()
    if given.minutes <= 0 or (given.sentences is not None and given.sentences < 1):
        flags.error("--minutes and --sentences must be above 0")
    try:
        shared = contest(given)
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    spawn, found = get_context("spawn"), {}
    for name in NAMES if given.order == "ours-first" else reversed(NAMES):
        with ProcessPoolExecutor(1, spawn) as process:
            found[name] = process.submit(result, name, shared).result()
    scores = {f"{name}_bleu": found[name]["bleu"] for name in NAMES}
    further = {f"{n}_{key}": found[n][key] for n in NAMES for key in found[n] if key != "bleu"}
    print(json.dumps({**scores, "minutes": given.minutes, **further}))


if __name__ == "__main__":
    main()
