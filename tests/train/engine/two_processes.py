"""One process's part of the work of two: python -m tests.train.engine.two_processes FOLDER.

It reads the files in FOLDER as the training scripts do, measures tiny models, and trains one. What
it kept, measured and learned goes to FOLDER/RANK.json, the gradient of each step and the trained
parameters to FOLDER/learned.safetensors. Full precision, so that a sum in another order stays
within 1e-5; nothing else differs from real work.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import safetensors.torch
from accelerate import Accelerator
from torch import Tensor, nn

from seq_models.tokenizer import Tokenizer
from seq_models.training import update
from tests.tiny import model
from tests.train.engine import test_loop
from tests.train.measures import test_next_word, test_translation
from train import next_word, transformer_translator
from train.engine import loop, shards, translator
from train.engine.recipe import Recipe
from train.measures.next_word import evaluate_language_model
from train.measures.translation import evaluate_translator

RECIPE = Recipe(steps=3, warmup=1, peak=1e-3, tokens=64, save_every=100, clip=1e9, accumulate=2)


def kept(main: Any, module: Any, examples: str, flags: list[str]) -> dict[str, Any]:
    """What a script keeps of a file, up to the training: its lines, its tokenizer, its shards."""
    found: dict[str, Any] = {"lines": [], "trained": 0}
    make, trainer = getattr(module, examples), "train_words"
    if not hasattr(module, trainer):
        trainer = "train_pieces"
    learn = getattr(module, trainer)

    def spy(tokenizer: Tokenizer, lines: Sequence[Any], *rest: Any) -> Any:
        found["lines"] += lines
        return make(tokenizer, lines, *rest)

    def count(*arguments: Any) -> Tokenizer:
        found["trained"] += 1
        return learn(*arguments)

    def run(_: Any, config: Any, tokenizer: Tokenizer, shards: dict[int, Any], *rest: Any) -> None:
        found["tokens"] = [tokenizer.piece(number) for number in range(tokenizer.vocab_size)]
        found["shards"] = list(shards)
        found["record"] = rest[2] if len(rest) > 2 else {}

    with (
        patch.object(module, examples, spy),
        patch.object(module, trainer, count),
        patch.object(module, "run", run),
        patch.object(sys, "argv", ["script", "--out", "nowhere", *flags]),
    ):
        main()
    return found


def learned() -> dict[str, Tensor]:
    """Train the tiny language model of `test_loop`: each step's loss and gradients, the end."""
    written: dict[str, Tensor] = {}
    steps = iter(range(RECIPE.steps))

    def spy(network: nn.Module, losses: Iterable[Tensor], *rest: Any) -> None:
        values: list[Tensor] = []

        def seen() -> Iterator[Tensor]:
            for value in losses:
                values.append(value.detach())
                yield value

        update(network, seen(), *rest)
        step, world = next(steps), shards.place()[1]
        written[f"{step}/loss"] = sum(shards.together(sum(values))) / world  # type: ignore
        for name, parameter in network.named_parameters():
            assert parameter.grad is not None
            written[f"{step}/{name.removeprefix('module.')}"] = parameter.grad.clone()

    plain = Accelerator(mixed_precision="no", cpu=True)
    with patch.object(loop, "update", spy), patch.object(loop, "Accelerator", lambda **_: plain):
        trained, _ = loop.train(
            test_loop.network(dropout=0.0),
            test_loop.batches(),
            test_loop.loss,
            RECIPE,
            Path("nowhere"),
            resume=False,
        )
    return written | {f"end/{name}": p.detach().clone() for name, p in trained.named_parameters()}


def main(folder: Path) -> None:
    """Do it all, and write what came of it."""
    rank, _ = shards.place()
    data = ["--data", str(folder)]
    more = ["--more", str(folder / "more.tsv")]
    found: dict[str, Any] = {
        "text": kept(next_word.main, next_word, "text_examples", [*data, "--cell", "rnn"]),
        "pairs": kept(transformer_translator.main, translator, "pair_examples", [*data, *more]),
        "translator": evaluate_translator(
            model("attention"), test_translation.PIECES, test_translation.PAIRS[:3]
        ),
        "language_model": evaluate_language_model(
            model("gru"), test_next_word.WORDS, test_next_word.LINES
        ),
    }
    (folder / f"{rank}.json").write_text(json.dumps(found), encoding="utf-8")
    gradients = learned()
    if rank == 0:
        safetensors.torch.save_file(gradients, folder / "learned.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
