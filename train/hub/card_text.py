"""What the models' cards say in words: what each kind is, its data, its limits."""

from collections.abc import Sequence
from typing import Any

from train.engine.recipe import trainings

TRANSFORMER = "https://arxiv.org/abs/1706.03762"
KINDS = {  # architecture to title and description
    "transformer_translator": (
        "A Transformer that translates French to English",
        "An encoder and a decoder of post-norm Transformer blocks over one vocabulary of pieces "
        f"(Vaswani et al., 2017, {TRANSFORMER}).",
    ),
    "attention_translator": (
        "A recurrent network with additive attention that translates French to English",
        "A bidirectional GRU reads French, a GRU with additive attention writes English "
        "(Bahdanau et al., 2015, https://arxiv.org/abs/1409.0473).",
    ),
    "language_model": (
        "A recurrent network that predicts the next English word",
        "One recurrent layer ({cell}) over words and punctuation, its output tied to its word "
        "vectors ({source}; Press and Wolf, 2017, https://arxiv.org/abs/1608.05859).",
    ),
    "transformer_language_model": (
        "A Transformer that predicts the next English word",
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
TRANSLATION_DATA = (
    "{pairs} pairs of everyday French and English sentences and 10,000 pairs made by joining two "
    "to four of them{more}. Source: Tatoeba (https://tatoeba.org), CC BY 2.0 FR, through "
    "manythings.org/anki and pivots through Tatoeba's other languages; sentences with violence, "
    "sex, drugs or slurs were left out and the name Tom was replaced by other names."
)
TEXT_DATA = (
    "534,974 lines of English: everyday sentences from Tatoeba (https://tatoeba.org, "
    "CC BY 2.0 FR), short stories from African Storybook (https://www.africanstorybook.org, CC BY) "
    "and fairy tales from Project Gutenberg (public domain, through FairytaleQA); sentences with "
    "violence, sex, drugs or slurs were left out and the name Tom was replaced by other names."
)
PAIRS_SINCE = {  # whether the last trainings had pairs as people type: sentence pairs
    False: "172,416",
    True: "194,146 (172,416 in the first trainings)",
}
BACK_TRANSLATION = "(Sennrich et al., 2016, https://arxiv.org/abs/1511.06709)"
TRANSLATION_LIMITS = (
    "Small and trained on short everyday sentences: long, technical or literary text comes out "
    "wrong, names may be changed, and what it has not seen it invents. Not for any use where a "
    "wrong translation does harm."
)
TEXT_LIMITS = (
    "Small and trained on short everyday sentences and children's stories, 12,000 words: it knows "
    "little of the world, and any other word is ⟨unknown⟩ to it."
)


def translates(config: dict[str, Any]) -> bool:
    """Whether a `config.json` is a translator's. Raises ValueError for an unknown architecture."""
    if config["architecture"] not in KINDS:
        raise ValueError(f"there is no card for the architecture {config['architecture']!r}")
    return str(config["architecture"]).endswith("translator")


def kind(config: dict[str, Any]) -> tuple[str, str]:
    """The title and the description of a model."""
    title, what = KINDS[config["architecture"]]
    cell = config["arguments"].get("cell")
    if cell is not None:
        name, source = CELLS[cell]
        what = what.format(cell=name, source=source)
    return title, what


def data(config: dict[str, Any]) -> str:
    """What a model was trained on."""
    if not translates(config):
        return TEXT_DATA
    stages = trainings(config)
    more = [pairs for how in stages if (pairs := how.get("more", 0) + how.get("tagged", 0))]
    typed = max((how.get("typed", 0) for how in stages), default=0)
    return TRANSLATION_DATA.format(
        pairs=PAIRS_SINCE[typed > 0], more=as_typed(typed) + back_translated(more)
    )


def as_typed(pairs: int) -> str:
    """The pairs that `train.noise` made."""
    if not pairs:
        return ""
    return (
        f", {pairs:,} pairs made from them and from frames as people type (in capitals, without "
        "accents, with a slip, with other names, numbers, dates and times)"
    )


def back_translated(more: Sequence[int]) -> str:
    """The pairs whose French a machine wrote: how many each training that had any had."""
    if not more:
        return ""
    *first, last = [f"{pairs:,}" for pairs in more]
    which = f"in one training after another {', '.join(first)} and {last}" if first else last
    return (
        f", and {which} pairs whose French a machine wrote from a person's English "
        f"{BACK_TRANSLATION}"
    )


def limits(config: dict[str, Any]) -> str:
    """What a model is not for."""
    return TRANSLATION_LIMITS if translates(config) else TEXT_LIMITS


def training(config: dict[str, Any]) -> str:
    """How a model was trained, "" if its `config.json` does not say."""
    stages = trainings(config)
    if not stages:
        return ""
    told = "; then, from those parameters, ".join(map(stage, stages))
    return f"{told}. AdamW, bf16, seed {stages[-1]['seed']}; stored in half precision."


def stage(how: dict[str, Any]) -> str:
    """One training, in words."""
    if not how:
        return "a training of which nothing is known"
    examples = f" on {how['examples']:,} examples" if "examples" in how else ""
    mean = f", the mean of its last {how['average']} states" if how.get("average", 1) > 1 else ""
    steps = f"{how['stopped']:,} of {how['steps']:,}" if "stopped" in how else f"{how['steps']:,}"
    return (
        f"{steps} steps of about {how['tokens']:,} tokens a field{examples}, learning "
        f"rate rising to {how['peak']:g} over {how['warmup']} steps and falling linearly to zero"
        f"{mean}"
    )
