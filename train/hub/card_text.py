"""What the models' cards say in words: what each kind is, its data, its limits."""

from collections.abc import Sequence
from typing import Any

import torch

from seq_models.models import build
from seq_models.stored import needs_eight_bits
from train.engine.lines import told
from train.engine.provenance import Provenance, sources_of
from train.engine.recipe import trainings

TRANSFORMER = "https://arxiv.org/abs/1706.03762"
KINDS = {  # architecture to title and description
    "transformer_translator": (
        "A Transformer that translates {source} to {target}",
        "An encoder and a decoder of post-norm Transformer blocks over one vocabulary of pieces "
        f"(Vaswani et al., 2017, {TRANSFORMER}).",
    ),
    "attention_translator": (
        "A recurrent network with additive attention that translates {source} to {target}",
        "A bidirectional GRU reads {source}, a GRU with additive attention writes {target} "
        "(Bahdanau et al., 2015, https://arxiv.org/abs/1409.0473).",
    ),
    "summary_translator": (
        "A recurrent network without attention that translates {source} to {target}",
        "A bidirectional GRU reads {source} into one vector, a GRU that is given it before each "
        "word writes {target} (Cho et al., 2014, https://arxiv.org/abs/1406.1078).",
    ),
    "language_model": (
        "A recurrent network that predicts the next {target} word",
        "One recurrent layer ({cell}) over words and punctuation, its output tied to its word "
        "vectors ({cited}; Press and Wolf, 2017, https://arxiv.org/abs/1608.05859).",
    ),
    "transformer_language_model": (
        "A Transformer that predicts the next {target} word",
        "Post-norm Transformer blocks in which no word sees a later one, over words and "
        f"punctuation, the output tied to the word vectors (Vaswani et al., 2017, {TRANSFORMER}; "
        "Press and Wolf, 2017, https://arxiv.org/abs/1608.05859).",
    ),
}
CELLS = {  # arguments.cell to its name and source
    "rnn": ("a plain RNN", "Elman, 1990, https://doi.org/10.1207/s15516709cog1402_1"),
    "gru": ("a GRU", "Cho et al., 2014, https://arxiv.org/abs/1406.1078"),
    "lstm": (
        "an LSTM",
        "Hochreiter and Schmidhuber, 1997, https://doi.org/10.1162/neco.1997.9.8.1735",
    ),
}
BACK_TRANSLATION = "(Sennrich et al., 2016, https://arxiv.org/abs/1511.06709)"
DISTILLATION = "(Kim and Rush, 2016, https://arxiv.org/abs/1606.07947)"
MADE = {
    "shown": "{pairs:,} short pairs of {source} words, in frames or put together by rule, and what "
    "dictionaries agree on that they are in {target}",
    "typed": "{pairs:,} pairs made from them and from frames as people type (in capitals, without "
    "accents, with a slip, with other names, numbers, dates and times)",
    "distilled": "{pairs:,} pairs whose {target} a better translator wrote from a person's "
    f"{{source}} {DISTILLATION}",
}
"""Pairs that `train.words`, `train.noise` and `train.distil` made, by their names in a training."""
MIXTURE = "(Wortsman et al., 2022, https://arxiv.org/abs/2109.01903)"
SAMPLING = "(Jean et al., 2015, https://aclanthology.org/P15-1001)"
TRANSLATION_LIMITS = (
    "Small and trained on {what}: long, technical or literary text comes out wrong, names may be "
    "changed, and what it has not seen it invents. Not for any use where a wrong translation does "
    "harm."
)
TEXT_LIMITS = (
    "Small and trained on {what}, {words:,} words: it knows little of the world, and any other "
    "word is ⟨unknown⟩ to it."
)
LITTLE = "little text"  # where nothing is known of the data
NOT_TOLD = "data of which nothing is told."


def translates(config: dict[str, Any]) -> bool:
    """Whether a `config.json` is a translator's. Raises ValueError for an unknown architecture."""
    if config["architecture"] not in KINDS:
        raise ValueError(f"there is no card for the architecture {config['architecture']!r}")
    return str(config["architecture"]).endswith("translator")


def kind(config: dict[str, Any], known: Sequence[Provenance]) -> tuple[str, str]:
    """The title and the description of a model."""
    cell, cited = CELLS.get(config["arguments"].get("cell"), ("", ""))
    names = list(languages(config, known).values())
    unnamed = ("one language", "another") if translates(config) else ("", "")
    source, target = (names[0], names[-1]) if names else unnamed
    title, what = (
        " ".join(each.format(cell=cell, cited=cited, source=source, target=target).split())
        for each in KINDS[config["architecture"]]
    )
    return title, what


def known_of(config: dict[str, Any], measurements: dict[str, Any]) -> list[Provenance]:
    """What is known of a model's data: what its trainings said, or else its measurement.

    The last training comes first: its languages are the model's.
    """
    stages = reversed(trainings(config))
    told = [one for how in stages for one in how.get("provenance", [])]
    return told or list(measurements.get("provenance", []))


def languages(config: dict[str, Any], known: Sequence[Provenance]) -> dict[str, str]:
    """The languages that a model reads and writes, in this order: code to name."""
    found = list(known[0]["languages"].items()) if known else []
    turned = any(how.get("reverse") for how in trainings(config)[-1:])
    return dict(reversed(found) if turned else found)


def data(config: dict[str, Any], known: Sequence[Provenance]) -> str:
    """What a model was trained on."""
    if not known:
        return NOT_TOLD
    stages, first = trainings(config), known[0]
    lines = next((how["lines"] for how in reversed(stages) if "lines" in how), first.get("lines"))
    what = "pairs" if translates(config) else "lines"
    counted = f"{lines:,} {what} of {first['what']}" if lines else f"{what} of {first['what']}"
    names = list(languages(config, known).values())
    made = added(stages, names[0], names[-1]) if translates(config) else ""
    left_out = told(stages[-1].get("left_out", {})) if stages else ""
    gone = f" Left out of the last training: {left_out}." if left_out else ""
    changes = dict.fromkeys(one["changes"] for one in known if "changes" in one)
    changed = "".join(f" Before, {each}." for each in changes)
    return f"{counted}{made}.{gone}{changed}\n\n" + "\n".join(map(source_line, sources_of(known)))


def source_line(source: dict[str, str]) -> str:
    """A source with its address, licence and note."""
    where = f" ({source['url']})" if "url" in source else ""
    note = f": {source['note']}" if "note" in source else ""
    return f"- {source['name']}{where}, {source['licence']}{note}"


def added(stages: Sequence[dict[str, Any]], source: str, target: str) -> str:
    """The pairs that were made out of others. source, target: the languages' names."""
    text = ", longer pairs made by joining two to four of them"
    for name, kind in MADE.items():
        if pairs := max((how.get(name, 0) for how in stages), default=0):
            text += ", " + kind.format(pairs=pairs, source=source, target=target)
    more = [pairs for how in stages if (pairs := how.get("more", 0) + how.get("tagged", 0))]
    return text + back_translated(more, source, target)


def back_translated(more: Sequence[int], source: str, target: str) -> str:
    """The pairs whose source a machine wrote: how many each training that had any had."""
    if not more:
        return ""
    *first, last = [f"{pairs:,}" for pairs in more]
    which = f"in one training after another {', '.join(first)} and {last}" if first else last
    return (
        f", and {which} pairs whose {source} a machine wrote from a person's {target} "
        f"{BACK_TRANSLATION}"
    )


def limits(config: dict[str, Any], known: Sequence[Provenance]) -> str:
    """What a model is not for."""
    what = known[0]["what"] if known else LITTLE
    kind_of = TRANSLATION_LIMITS if translates(config) else TEXT_LIMITS
    return kind_of.format(what=what, words=config["arguments"]["vocab_size"])


def training(config: dict[str, Any]) -> str:
    """How a model was trained, "" if its `config.json` does not say."""
    stages = trainings(config)
    if not stages:
        return ""
    unit = "pieces" if translates(config) else "words"
    stages_told = "; then, from those parameters, ".join(stage(one, unit) for one in stages)
    numbers = " and ".join(dict.fromkeys(one.get("precision", "bf16") for one in stages))
    seed = stages[-1]["seed"]
    return f"{stages_told}. AdamW, {numbers}, seed {seed}; stored in {precision(config)}."


def precision(config: dict[str, Any]) -> str:
    """How a model's parameters are kept in its file, in words."""
    with torch.device("meta"):
        parameters = dict(build(config).named_parameters())
    if needs_eight_bits(parameters):
        return "eight bits, a scale for each row of a matrix"
    return "half precision"


def stage(how: dict[str, Any], unit: str) -> str:
    """One training, in words. unit: what the vocabulary is of, "words" or "pieces"."""
    if not how:
        return "a training of which nothing is known"
    examples = f" on {how['examples']:,} examples" if "examples" in how else ""
    states = min(how.get("average", 1), (how["steps"] - 1) // how.get("save_every", 1) + 1)
    mean = f", the mean of its last {states} states" if states > 1 else ""
    steps = f"{how['stopped']:,} of {how['steps']:,}" if "stopped" in how else f"{how['steps']:,}"
    twice = f", each answered twice (R-Drop, {how['r_drop']:g})" if how.get("r_drop") else ""
    words = scored(how.get("sampled"), unit)
    mixed = mixture(how.get("mixed"), how.get("trainings_mixed", 1))
    grown = made_larger(how.get("grown", {}), unit)
    return (
        f"{steps} steps of about {how['tokens']:,} tokens a field{examples}, learning "
        f"rate rising to {how['peak']:g} over {how['warmup']} steps and falling linearly to zero"
        f"{twice}{mean}{words}{mixed}{grown}"
    )


def mixture(share: float | None, count: int) -> str:
    """How much of what the last `count` trainings found was taken, if not all."""
    if share is None:
        return ""
    before = round(1 - share, 4)
    found, there = ("it", "") if count == 1 else (f"the last {count} trainings", " them")
    return (
        f", and of what {found} found {share:g}, with {before:g} of what was there before{there} "
        f"{MIXTURE}"
    )


def made_larger(sizes: dict[str, tuple[int, int]], unit: str) -> str:
    """What a model got after a training and before the next."""
    sizes = dict(sizes)
    words = sizes.pop("vocab_size", None) if unit == "pieces" else None
    told = [f"{size} from {old} to {new}" for size, (old, new) in sizes.items()]
    larger = f", then made larger without computing otherwise ({', '.join(told)})" if told else ""
    if words is None:
        return larger
    old, new = words
    return f"{larger}, then given {new - old:,} words as pieces of their own, beside the {old:,}"


def scored(sampled: dict[str, int] | None, unit: str) -> str:
    """Which words a training scored at each step, if not all."""
    if sampled is None:
        return ""
    return (
        f", at each step scoring the {sampled['frequent']:,} most frequent {unit}, those wanted, "
        f"and {sampled['drawn']:,} others that stand for the rest {SAMPLING}"
    )
