"""Train the Transformer translator on one GPU in some minutes: python -m train.gpu.

    python -m train.gpu --prepare --data DATA/tatoeba-fr-en --out PREPARED
    python -m train.gpu --data PREPARED --out OUT --minutes 9

The first command needs no GPU: it writes one file of token numbers, under 64 MiB.

The first half minute tells how fast the device is; the number of steps follows from that, so that
the learning rate comes to zero when the time is up. OUT holds a whole model after every minute.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial

import torch
from torch import Tensor, nn

from seq_models import PAD
from seq_models.folder import TOKENIZER, fill, write_folder
from seq_models.models import build
from seq_models.tokenizer import Tokenizer
from seq_models.training import update
from train.engine.cross_entropy import cross_entropy
from train.engine.device import computing, precision, training_device
from train.engine.loop import prepare as set_step
from train.engine.loop import schedule
from train.engine.r_drop import r_drop_loss, recorded
from train.engine.recipe import Recipe
from train.engine.script import Flags, as_begun, flags_of, rate, told_in_a_sentence, trainings_of
from train.engine.state import Average
from train.engine.token_file import TokenFile, read_tokens, write_tokens
from train.engine.translator import ADDED, Choices, material, sizes_of, translator_parser
from train.engine.writing import rehearse
from train.transformer_translator import QUICK_SIZES, SIZES, SMOOTHING

TOKENS = "tokens.safetensors"
RECIPE = Recipe(steps=1_000_000, warmup=800, peak=2e-3, tokens=16_000, average=3, save_every=100)
LEARN = 30.0  # seconds until the number of steps is set
STATE = 60.0  # seconds from one state to the next
MINUTES = 9.0
LAST = 0.96  # share of the rest of the time that the steps are to take
SMOOTHED = partial(cross_entropy, smoothing=SMOOTHING)
IN_PREPARING = (*ADDED, "provenance", "reverse", "bpe_dropout", "dropout", "quick")
IN_TRAINING = ("r_drop", "minutes", "steps", "warmup", "peak", "tokens", "average")
NOWHERE = ("resume", "film", "accumulate")


def main() -> None:
    """Read the flags, prepare or train."""
    flags = translator_parser(__doc__)
    flags.add_argument("--prepare", action="store_true", help="write the token file")
    flags.add_argument("--minutes", type=rate, help="how long to train")
    given = flags.parse_args()
    with told_in_a_sentence():
        refuse_misplaced(given)
        (write_prepared if given.prepare else train_prepared)(flags_of(given), given)


def refuse_misplaced(given: argparse.Namespace) -> None:
    """Raise ValueError, in a sentence, for a flag that would change nothing."""
    data = dict.fromkeys(IN_PREPARING, "is a matter of the data: give it with --prepare")
    training = dict.fromkeys(IN_TRAINING, "is a matter of the training: give it without --prepare")
    nowhere = dict.fromkeys(NOWHERE, "is of no use on one GPU: leave it out")
    for name, why in {**(training if given.prepare else data), **nowhere}.items():
        if getattr(given, name):
            raise ValueError(f"--{name.replace('_', '-')} {why}")
    if given.steps and given.minutes:
        raise ValueError("--minutes would change nothing beside --steps: leave one of them out")


def write_prepared(flags: Flags, given: argparse.Namespace) -> None:
    """Write the token file and the tokenizer."""
    found = material(flags, Choices.of(given))
    sizes = {"vocab_size": found.tokenizer.vocab_size, **sizes_of(given, SIZES, QUICK_SIZES)}
    config = {"architecture": "transformer_translator", "arguments": sizes}
    config = as_begun(config, flags.init)
    record = found.record | ({"provenance": flags.provenance} if flags.provenance else {})
    flags.out.mkdir(parents=True, exist_ok=True)
    write_tokens(flags.out / TOKENS, found.examples, {"config": config, "record": record})
    found.tokenizer.save(flags.out / TOKENIZER)
    print(f"{flags.out / TOKENS}: {(flags.out / TOKENS).stat().st_size:,} bytes")


def train_prepared(flags: Flags, given: argparse.Namespace) -> None:
    """Train on the token file in `flags.data` and write the model's folder."""
    device = training_device()
    tokens = read_tokens(flags.data / TOKENS, device)
    tokenizer = Tokenizer.load(flags.data / TOKENIZER)
    config, record = tokens.told["config"], tokens.told["record"]
    recipe = replace(RECIPE, **flags.changes)
    recipe = replace(recipe, warmup=min(recipe.warmup, max(1, recipe.steps // 2)))
    torch.manual_seed(recipe.seed)
    model = build(config)
    if flags.init is not None:
        if flags.init.tokenizer.pieces != tokenizer.pieces:
            raise ValueError("--init has other pieces: give the same one that --prepare was given")
        fill(model, dict(flags.init.model.named_parameters()))
    before = {"before": trainings_of(flags.init)}

    def written(model: nn.Module, recipe: Recipe, done: int) -> None:
        data = {"examples": sum(map(len, tokens.lengths)), "precision": precision(device)}
        how = {**asdict(recipe), **data, **record, **recorded(given.r_drop), **before}
        how |= {"stopped": done, "average": 1} if done < recipe.steps else {}
        write_folder(flags.out, {**config, "training": how}, model, tokenizer)

    checkpoint = flags.out.with_name(f"{flags.out.name}.training.safetensors")
    rehearse(flags.out, checkpoint, config, model, tokenizer)
    seconds = None if "steps" in flags.changes else 60 * (given.minutes or MINUTES)
    model, recipe, done = train(model.to(device), tokens, recipe, given.r_drop, seconds, written)
    written(model, recipe, done)


def train(
    model: nn.Module,
    tokens: TokenFile,
    recipe: Recipe,
    r_drop: float,
    seconds: float | None,
    written: Callable[[nn.Module, Recipe, int], None],
) -> tuple[nn.Module, Recipe, int]:
    """Train in place, for `recipe.steps` or for so many seconds: the model, the recipe, the steps.

    r_drop: the weight of `train.engine.r_drop`.
    written: called once a minute with the model as it is, and how many steps are done.
    """
    device = tokens.tokens.device
    optimizer = torch.optim.AdamW(
        model.parameters(),
        betas=(0.9, recipe.beta2),
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    average, model, done = Average(), model.train(), 0
    started = told = time.monotonic()
    known = seconds is None
    for step, rows in enumerate(schedule(tokens.batches(recipe.tokens, recipe.seed), 0)):
        now = time.monotonic()
        if not known and seconds is not None and now - started >= min(LEARN, seconds / 4):
            recipe, known = fitted(recipe, step, now - started, seconds), True
            print(f"{step} steps in {now - started:.0f} s: {recipe.steps:,} steps", flush=True)
        if step >= recipe.steps or (seconds is not None and now - started >= seconds):
            break
        set_step(optimizer, recipe, step, 0)
        with computing(device):
            value = loss(model, tokens.batch(rows), r_drop)
        update(model, [value], optimizer, recipe.clip)
        if known and recipe.averages(step + 1):
            average.add(model)
        done = step + 1
        if now - told >= STATE:
            told = now
            print(f"step {step}, loss {value.item():.3f}", flush=True)
            written(model, recipe, done)
    if average.count > 1:
        average.put_into(model)
    return model.eval(), recipe, done


def loss(model: nn.Module, fields: tuple[Tensor, ...], r_drop: float) -> Tensor:
    """The mean loss (nats) of a target's token, smoothed; see `train.engine.r_drop`."""
    source, target = fields
    total = r_drop_loss(model, source, target, SMOOTHED, r_drop)
    return total / (target[:, 1:] != PAD).sum()


def fitted(recipe: Recipe, done: int, seconds: float, most: float) -> Recipe:
    """The recipe with as many steps as fit into `most` seconds, given that `done` took so long."""
    speed = max(1, done) / seconds  # steps a second
    steps = done + max(1, int((most - seconds) * speed * LAST))
    warmup = min(recipe.warmup, max(1, steps // 4))
    every = max(1, steps // 60)
    return replace(recipe, steps=steps, warmup=warmup, save_every=every)


if __name__ == "__main__":
    main()
