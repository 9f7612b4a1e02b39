"""What both translators share: the pairs, the tokenizer of both languages, the loss."""

import argparse
import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from seq_models import START
from seq_models.tokenizer import Tokenizer, train_pieces
from train.engine.batches import EDGES
from train.engine.cross_entropy import cross_entropy
from train.engine.data import Example, joined, pair_examples
from train.engine.film import Film
from train.engine.lines import LONG, LeftOut, Pair, find, pairs_of, read_pairs
from train.engine.r_drop import r_drop_loss, recorded
from train.engine.recipe import Recipe
from train.engine.sampled_softmax import Sampling, sampled, scoring
from train.engine.script import (
    QUICK_LINES,
    QUICK_VOCABULARY,
    Flags,
    amount,
    parser,
    run,
    share,
    tokenizer_for,
)
from train.engine.shards import SHARDS, dealt, own_shards, place, together
from train.engine.subwords import Subwords

VOCABULARY = 8_000  # pieces, shared by both languages
SAMPLING = Sampling(frequent=6_000, drawn=2_000)  # of more pieces than the usual ones
JOINED = 10_000  # longer pairs made of several, so that a paragraph can be translated
COPIES = 2  # of each pair with BPE-dropout, beside the pair itself
JOINED_MOST = 4  # sentences in one of them
ADDED = ("more", "shown", "typed", "tagged", "distilled")  # flags that name files with more pairs
SEED = 1
Sizes = dict[str, Any]
"""The arguments of a model's builder, but for its vocabulary."""


def translator_parser(description: str | None) -> argparse.ArgumentParser:
    """The flags of a translator's script."""
    flags = parser(description)
    flags.add_argument("--more", type=Path, nargs="+", default=[], help="files with more pairs")
    flags.add_argument(
        "--shown", type=Path, nargs="+", default=[], help="pairs of train.words, train.phrases"
    )
    flags.add_argument("--typed", type=Path, nargs="+", default=[], help="pairs of train.noise")
    flags.add_argument(
        "--tagged", type=Path, nargs="+", default=[], help="pairs whose source a machine wrote"
    )
    flags.add_argument(
        "--distilled", type=Path, nargs="+", default=[], help="pairs whose target a machine wrote"
    )
    flags.add_argument("--reverse", action="store_true", help="learn target to source")
    flags.add_argument(
        "--bpe-dropout", type=share, default=0.0, help="share of joins left out in two copies more"
    )
    flags.add_argument(
        "--r-drop", type=amount, default=0.0, help="how much it costs to answer twice differently"
    )
    flags.add_argument("--film", action="store_true", help="record how it learns, in film.json")
    flags.add_argument("--dropout", type=share, help="instead of the model's share")
    return flags


@dataclass(frozen=True)
class Choices:
    """What a person chose of the pairs, and whether the training is filmed.

    added: files with more pairs: "more", "shown" (by `train.words` and `train.phrases`),
    "typed" (by `train.noise`), "distilled" (by `train.distil`) and "tagged", see `shard_examples`.
    bpe_dropout: with it, each pair stands there twice more, its source in other pieces, see
    `Subwords`. r_drop: the weight of the disagreement of two answers, see `train.engine.r_drop`.
    filmed: with `valid` of the data, see `train.engine.film`.
    """

    added: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    reverse: bool = False
    bpe_dropout: float = 0.0
    r_drop: float = 0.0
    filmed: bool = False

    @classmethod
    def of(cls, given: argparse.Namespace) -> "Choices":
        """Those among a script's flags."""
        added = {name: getattr(given, name) for name in ADDED}
        return cls(added, given.reverse, given.bpe_dropout, given.r_drop, given.film)


def sizes_of(given: argparse.Namespace, full: Mapping[str, Any], quick: Mapping[str, Any]) -> Sizes:
    """The sizes to train with: `full`, or `quick` with --quick, and the dropout that was given."""
    dropout = {} if given.dropout is None else {"dropout": given.dropout}
    return {**(quick if given.quick else full), **dropout}


@dataclass(frozen=True)
class Material:
    """What a translator is trained on."""

    tokenizer: Tokenizer
    examples: dict[int, list[Example]]  # of each shard of this process
    record: dict[str, Any]  # what config.json tells of it


def train_translator(
    flags: Flags,
    architecture: str,
    arguments: dict[str, Any],
    recipe: Recipe,
    smoothing: float,
    choices: Choices,
) -> None:
    """Train one translator on the pairs in `flags.data`.

    smoothing: the share (0..1) of a target's probability that the loss spreads over all tokens:
    C. Szegedy et al., 2016, section 7, https://arxiv.org/abs/1512.00567
    """
    if choices.filmed and choices.reverse:
        raise ValueError("--film shows French sentences: leave it out with --reverse")
    if choices.filmed and place()[1] > 1:
        raise ValueError("--film is for one process: please train without accelerate launch")
    found = material(flags, choices)

    vocabulary = found.tokenizer.vocab_size

    def loss(model: nn.Module, fields: tuple[Tensor, ...]) -> Tensor:
        source, target = fields
        return translation_loss(model, source, target, smoothing, choices.r_drop, vocabulary)

    arguments = {"vocab_size": vocabulary, **arguments}
    config = {"architecture": architecture, "arguments": arguments}
    valid = read_pairs(find(flags.data, "valid.tsv")) if choices.filmed else []

    def film(chosen: Recipe) -> Film:
        return Film(flags.out, found.tokenizer, valid, chosen.steps, flags.resume)

    run(
        flags, config, found.tokenizer, found.examples, loss, recipe,
        {**found.record, **recorded(choices.r_drop), **SAMPLING.record(vocabulary)},
        film if choices.filmed else None,
    )  # fmt: skip


def translation_loss(
    model: nn.Module,
    source: Tensor,
    target: Tensor,
    smoothing: float,
    disagreement: float,
    vocabulary: int,
) -> Tensor:
    """The sum of the losses (nats) of a target's tokens (B, T), given a source (B, S).

    disagreement: the weight of `r_drop_loss`. vocabulary: how many pieces there are; of many only
    a sample is scored, and the smoothing is over those.
    """
    if not SAMPLING.applies(vocabulary):
        whole = partial(cross_entropy, smoothing=smoothing)
        return r_drop_loss(model, source, target, whole, disagreement)
    found = sampled(target[:, 1:].flatten(), vocabulary, SAMPLING)

    def loss(logits: Tensor, wanted: Tensor) -> Tensor:
        return cross_entropy(logits, torch.searchsorted(found.among, wanted), smoothing)

    return r_drop_loss(scoring(model, found), source, target, loss, disagreement)


def material(flags: Flags, choices: Choices) -> Material:
    """The pairs in `flags.data` as examples, with their tokenizer."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    added, reverse = choices.added, choices.reverse
    tagged = added.get("tagged", ())
    paths = [find(flags.data, "train.tsv"), *itertools.chain.from_iterable(added.values())]
    most = QUICK_LINES if flags.quick else None  # lines
    left_out = LeftOut()
    lines = dealt(itertools.islice(pairs_of(paths, left_out), most), own_shards())
    vocabulary = QUICK_VOCABULARY if flags.quick else VOCABULARY
    sides = (side for _, pair in itertools.islice(pairs_of(paths), most) for side in pair)
    tokenizer = tokenizer_for(flags, lambda: train_pieces(sides, vocabulary))
    examples = {}
    for shard, own in lines.items():
        by_people = [turned(pair, reverse) for path, pair in own if path not in tagged]
        by_machine = [turned(pair, reverse) for path, pair in own if path in tagged]
        own_examples = shard_examples(tokenizer, by_people, by_machine, shard, left_out)
        others = in_other_pieces(tokenizer, by_people, choices.bpe_dropout, shard)
        examples[shard] = own_examples + others
    left_out[LONG] = sum(together(left_out[LONG]))
    record: dict[str, Any] = {"lines": count_of(paths[:1], lines)}
    record |= {name: count_of(files, lines) for name, files in added.items()}
    record = {name: count for name, count in record.items() if count}
    record |= {"left_out": dict(+left_out)} if +left_out else {}
    record |= {"reverse": True} if reverse else {}
    record |= {"bpe_dropout": choices.bpe_dropout} if choices.bpe_dropout else {}
    return Material(tokenizer, examples, record)


def count_of(files: Sequence[Path], lines: Mapping[int, Sequence[tuple[Path, Pair]]]) -> int:
    """How many pairs of all processes are of these files, given each shard's of this one."""
    return sum(together(sum(path in files for own in lines.values() for path, _ in own)))


def turned(pair: Pair, reverse: bool) -> Pair:
    """A pair, the other way round with `reverse`."""
    source, target = pair
    return (target, source) if reverse else (source, target)


def shard_examples(
    tokenizer: Tokenizer,
    by_people: Sequence[Pair],
    by_machine: Sequence[Pair],
    shard: int,
    left_out: LeftOut,
) -> list[Example]:
    """The examples of a shard's pairs and of some longer ones, but for those too long.

    by_machine: pairs whose source a machine wrote. ⟨start⟩ stands before it, and before no other
    source, so that a model can tell invented words from a person's:
    I. Caswell, C. Chelba, D. Grangier, 2019, section 3, https://arxiv.org/abs/1906.06442
    left_out: where each pair that is too long is counted.
    """
    people = pair_examples(tokenizer, by_people)
    machine = [([START, *x], y) for x, y in pair_examples(tokenizer, by_machine)]
    count = min(JOINED // SHARDS, len(by_people) // 10)
    longer = joined(by_people, count, JOINED_MOST, SEED * 1_009 + shard)
    left_out[LONG] += sum(not fits(example) for example in [*people, *machine])
    examples = [*people, *pair_examples(tokenizer, longer), *machine]
    return [example for example in examples if fits(example)]


def in_other_pieces(
    tokenizer: Tokenizer, pairs: Sequence[Pair], share: float, shard: int
) -> list[Example]:
    """Some more examples of each of a shard's pairs, their sources with BPE-dropout, if any."""
    if not share:
        return []
    subwords = Subwords(tokenizer, share, SEED * 1_009 + shard)
    found = pair_examples(tokenizer, [*pairs] * COPIES, subwords)
    return [example for example in found if fits(example)]


def fits(example: Example) -> bool:
    """Whether no side of an example is too long for a batch."""
    return max(map(len, example)) <= EDGES[-1]
