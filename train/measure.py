"""Measure all that the page tells about a model: python -m train.measure NAME --data DIR.

Writes measurements.json into weights/NAME, with the SHA-256 of the parameters that it measured, and
the model's card from it; of a Transformer heads.safetensors too, what its heads read on average.
DIR holds test.tsv or test.txt, plain or .gz, and valid.tsv or valid.txt, whose sentences are shown
as examples of what a head does, if it is there; for a translator from French
to English hansards-alignment stands in DIR or beside it. Its links and the everyday sentences are
left out for a translator whose data, as its provenance says, is of other languages. With --only
search, heads or everyday it measures that alone, and enters it beside the rest.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from torch import Tensor

from seq_models import END, START, head_means, manifest
from seq_models.causal import CausalTransformer
from seq_models.checkpoint import WEIGHTS
from seq_models.encoder import Encoder
from seq_models.folder import Loaded, load_folder
from seq_models.language_model import LanguageModel
from seq_models.scaled import ScaledHeads
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import read, translate
from train import card
from train.engine.data import by_length
from train.engine.lines import find, read_lines
from train.engine.opening import pairs_for
from train.engine.provenance import Provenance, provenance_of
from train.engine.script import told_in_a_sentence
from train.engine.shards import leave, place
from train.engine.writing import write_json
from train.hub.card_text import languages
from train.measures.alignment import READINGS, error_rates, read_gold
from train.measures.context import memory_curve, perplexity, surprisals
from train.measures.everyday import measure_everyday
from train.measures.head_examples import (
    disagreements,
    examples,
    read_alone,
    short,
    translated,
)
from train.measures.heads import (
    Place,
    described,
    habits_of,
    means,
    network_stack,
    translator_texts,
    without_each,
)
from train.measures.next_word import evaluate_language_model
from train.measures.search import by_width, exact_rates
from train.measures.translation import scores, translations

FILE = "measurements.json"
MEANS = "head means"  # under this name they are handed on, in a file of their own they are kept
BEAMS = range(1, 5)
BANDS = ((1, 4), (5, 6), (7, 9), (10, 14), (15, 1000))  # words of the source
BAND_BEAM = 4
SOME = 500  # texts for what is measured text by text
MANY = 500  # texts for what is measured once a head
SHORT = 400  # texts among which examples of a head are looked for
FEW = 60  # of them, those on which both ways to remove a head are compared
ROWS = 64  # sentences decoded at once
HANSARDS = "hansards-alignment"
ONLY = ("search", "heads", "everyday")  # what can be measured alone
LANGUAGES = ["fr", "en"]  # of the links and of the everyday sentences

Text = TypeVar("Text")
Pairs = Sequence[tuple[str, str]]


def measure_translator(model: Seq2Seq, tokenizer: Tokenizer, pairs: Pairs) -> dict[str, Any]:
    """All that is measured of a translator of any languages, on pairs, but for its heads."""
    found = {beam: translations(model, tokenizer, sources(pairs), beam, 1.0) for beam in BEAMS}
    decoding = [{"beam": beam, **scores(found[beam], wanted(pairs))} for beam in BEAMS]
    measured: dict[str, Any] = {
        "kind": "translator",
        "test": {
            "sentences": len(pairs),
            "decoding": decoding,
            "by_length": by_source_length(pairs, found[BAND_BEAM]),
            "agreement": agreement(model, tokenizer, sources(spread(pairs, SOME))),
        },
    }
    return measured


def measure_language_model(
    model: LanguageModel, tokenizer: Tokenizer, lines: Sequence[str]
) -> dict[str, Any]:
    """All that is measured of a language model, but for its heads."""
    measured: dict[str, Any] = {
        "kind": "language_model",
        "test": evaluate_language_model(model, tokenizer, lines),
        "memory_curve": memory_curve(model, tokenizer, lines),
    }
    return measured


def by_source_length(pairs: Pairs, found: Sequence[str]) -> list[dict[str, Any]]:
    """BLEU and chrF for short to long sources; a band that no source falls into is left out."""
    entries = []
    for shortest, longest in BANDS:
        rows = [n for n, (s, _) in enumerate(pairs) if shortest <= len(s.split()) <= longest]
        if rows:
            scored = scores([found[n] for n in rows], [pairs[n][1] for n in rows])
            band = {"shortest": shortest, "longest": longest, "sentences": len(rows)}
            entries.append({**band, "beam": BAND_BEAM, **scored})
    return entries


def agreement(model: Seq2Seq, tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, Any]:
    """How far log-probabilities (nats) found step by step are from those of one parallel pass."""
    lengths = [len(ids) for ids in tokenizer.encode_many(texts)]
    differences: list[float] = []
    for group in by_length(lengths, ROWS):
        searches = translate(model, tokenizer, [texts[index] for index in group])
        for index, search in zip(group, searches, strict=True):
            best = search.hypotheses[0]
            parallel = read(model, tokenizer, texts[index], best.tokens).log_probabilities
            both = zip(best.log_probabilities, parallel, strict=True)
            differences += [abs(one - other) for one, other in both]
    return {
        "sentences": len(texts),
        "tokens": len(differences),
        "largest_difference_nats": float(f"{max(differences):.2g}"),
    }


def alignment(model: Seq2Seq, tokenizer: Tokenizer, hansards: Path) -> dict[str, Any]:
    """The alignment error rate of every layer and head, and the best of them."""
    pairs = read_gold(hansards / "enfr.src-tgt", hansards / "enfr.gold")
    rates = error_rates(model, tokenizer, pairs)
    heads = [
        {"layer": layer + 1, "head": head + 1, **{n: round(rate, 4) for n, rate in each.items()}}
        for (layer, head), each in rates.items()
    ]
    choices = [(head, name) for head in heads for name in READINGS]
    best, reading = min(choices, key=lambda choice: choice[0][choice[1]])
    named = {"layer": best["layer"], "head": best["head"], "reading": reading}
    return {"pairs": len(pairs), "heads": heads, "best": {**named, "error_rate": best[reading]}}


def translator_heads(
    model: Seq2Seq, tokenizer: Tokenizer, pairs: Pairs, shown: Sequence[str]
) -> dict[str, Any]:
    """Every head: its habits, examples of them, and the BLEU (greedy) that is lost without it.

    With what each reads on average, and where zero and that disagree.
    """
    some = spread(pairs, MANY)
    blocks = {"encoder": model.encoder, "decoder": model.decoder, "cross": model.decoder}
    layers = {part: each.blocks() for part, each in blocks.items()}
    sizes = {part: (len(each), each[0].attention.heads) for part, each in layers.items()}

    def measure(scale: dict[str, Tensor]) -> float:
        scaled = ScaledHeads(model, scale)
        return scores(translations(scaled, tokenizer, sources(some), 1, 1.0), wanted(some))["bleu"]

    whole = scores(translations(model, tokenizer, sources(some), 1, 1.0), wanted(some))["bleu"]
    cost = {place: whole - without for place, without in without_each(sizes, measure)}
    sums = habits_of(tokenizer, translator_texts(model, tokenizer, spread(pairs, SOME)))
    habits = {place: each.mean() for place, each in sums.items()}
    texts = translated(model, tokenizer, spread(shown, SHORT))
    return {
        "heads": described(habits, cost, "bleu", examples(tokenizer, texts, habits)),
        "disagreements": disagreements(model, spread(texts, FEW), means(sums)),
        MEANS: means(sums),
    }


def language_model_heads(
    model: LanguageModel, tokenizer: Tokenizer, lines: Sequence[str], shown: Sequence[str]
) -> dict[str, Any]:
    """As `translator_heads`, with the growth of perplexity for the BLEU that is lost."""
    some = spread(lines, MANY)
    texts = [[START, *ids, END] for ids in tokenizer.encode_many(some)]
    blocks = model.network.blocks() if isinstance(model.network, CausalTransformer) else []
    sizes = {"network": (len(blocks), blocks[0].attention.heads)}

    def measure(scale: Tensor | None) -> float:
        nats = surprisals(model, texts, scale)
        return perplexity(sum(each.sum().item() for each in nats), nats)

    whole = measure(None)
    device = next(model.parameters()).device
    without = without_each(sizes, lambda scale: measure(scale["network"].to(device)))
    cost: dict[Place, float] = {place: found - whole for place, found in without}
    sums = habits_of(tokenizer, (network_stack(model, tokenizer.encode(line)) for line in some))
    habits = {place: each.mean() for place, each in sums.items()}
    read = read_alone(model, tokenizer, spread(shown, SHORT))
    return {
        "heads": described(habits, cost, "perplexity", examples(tokenizer, read, habits)),
        "disagreements": disagreements(model, spread(read, FEW), means(sums)),
        MEANS: means(sums),
    }


def sources(pairs: Pairs) -> list[str]:
    """The texts to translate."""
    return [source for source, _ in pairs]


def wanted(pairs: Pairs) -> list[str]:
    """What people translated them to."""
    return [target for _, target in pairs]


def spread(texts: Sequence[Text], most: int) -> Sequence[Text]:
    """At most so many of the texts, evenly from the first to the last."""
    return texts[:: max(1, -(-len(texts) // most))]


def examples_in(loaded: Loaded, data: Path, name: str, language: str) -> list[str]:
    """Those texts of a file of sentences or pairs in `data` that may be examples, see `short`.

    None if the file is not there.
    """
    try:
        path = find(data, name)
    except FileNotFoundError:
        return []
    texts = read_lines(path) if name.endswith(".txt") else sources(pairs_for(loaded, path))
    return short(texts, language)


def measure(loaded: Loaded, data: Path, known: Sequence[Provenance]) -> dict[str, Any]:
    """All that is measured of a model; known: where its data came from.

    Raises FileNotFoundError for a folder without its test.
    """
    if isinstance(loaded.model, LanguageModel):
        lines = read_lines(find(data, "test.txt"))
        measured = measure_language_model(loaded.model, loaded.tokenizer, lines)
        return measured | heads(loaded, data, known)
    assert isinstance(loaded.model, Seq2Seq)
    of_class = codes_of(loaded, known) == LANGUAGES
    gold = hansards(data) if of_class else None
    pairs = pairs_for(loaded, find(data, "test.tsv"))
    measured = measure_translator(loaded.model, loaded.tokenizer, pairs)
    measured |= heads(loaded, data, known)
    measured["search"] = search(loaded, data)
    if gold is not None:
        measured["alignment"] = alignment(loaded.model, loaded.tokenizer, gold)
    if of_class:
        measured["everyday"] = everyday(loaded)
    return measured


def codes_of(loaded: Loaded, known: Sequence[Provenance]) -> list[str]:
    """The languages of a translator, source and target, as its data says."""
    return [*languages(loaded.config, known)] or LANGUAGES


def heads(loaded: Loaded, data: Path, known: Sequence[Provenance]) -> dict[str, Any]:
    """What the heads of a Transformer do; nothing of any other model."""
    model, tokenizer = loaded.model, loaded.tokenizer
    if isinstance(model, LanguageModel):
        if not isinstance(model.network, CausalTransformer):
            return {}
        lines = read_lines(find(data, "test.txt"))
        return language_model_heads(
            model, tokenizer, lines, examples_in(loaded, data, "valid.txt", "en")
        )
    assert isinstance(model, Seq2Seq)
    if not isinstance(model.encoder, Encoder):
        return {}
    shown = examples_in(loaded, data, "valid.tsv", codes_of(loaded, known)[0])
    return translator_heads(model, tokenizer, pairs_for(loaded, find(data, "test.tsv")), shown)


def search(loaded: Loaded, data: Path) -> dict[str, Any]:
    """What beam search misses, and what a wider beam brings, on some of the test's pairs.

    What is found text by text is noted in the folder for temporary files, under the parameters'
    SHA-256, and not measured again.
    """
    model, tokenizer = loaded.model, loaded.tokenizer
    if not isinstance(model, Seq2Seq):
        raise ValueError(f"{loaded.name} is no translator; there is no search to measure")
    some = spread(pairs_for(loaded, find(data, "test.tsv")), SOME)
    notes = Path(tempfile.gettempdir()) / f"search-{loaded.sha256}"
    return {
        "exact": exact_rates(model, tokenizer, sources(some), notes),
        "by_width": by_width(model, tokenizer, some, notes),
    }


def before(loaded: Loaded) -> dict[str, Any]:
    """What was measured of these parameters before, of which texts, and how.

    Raises ValueError if it was of others.
    """
    path = WEIGHTS / loaded.name / FILE
    measured: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if measured["sha256"] != loaded.sha256:
        raise ValueError(f"{path} is of other parameters: measure them without --only first")
    return measured


def one_part(name: str, loaded: Loaded, data: Path, known: Sequence[Provenance]) -> dict[str, Any]:
    """One of `ONLY`. Raises ValueError for everyday sentences and a model that translates none."""
    if name == "heads":
        return heads(loaded, data, known)
    if name == "everyday":
        if not isinstance(loaded.model, Seq2Seq) or codes_of(loaded, known) != LANGUAGES:
            raise ValueError(f"{loaded.name} does not translate French into English")
        return {"everyday": everyday(loaded)}
    return {"search": search(loaded, data)}


def hansards(data: Path) -> Path | None:
    """The folder of links, in `data` or beside it; without one a sentence says what is left out."""
    for folder in (data / HANSARDS, data.parent / HANSARDS):
        if folder.is_dir():
            return folder
    print(f"there is no {HANSARDS} in {data} or beside it: how well it aligns is not measured")
    return None


def everyday(loaded: Loaded) -> dict[str, Any]:
    """How everyday sentences come out, read as the page reads what is typed."""
    model, tokenizer = loaded.model, loaded.tokenizer
    assert isinstance(model, Seq2Seq)

    def translate_read(texts: Sequence[str]) -> list[str]:
        read_as = [loaded.read(text).read_as for text in texts]
        return translations(model, tokenizer, read_as, BAND_BEAM, 1.0)

    return {"beam": BAND_BEAM, **measure_everyday(translate_read)}


def write(loaded: Loaded, data: Path, known: list[Provenance], measured: dict[str, Any]) -> None:
    """Write measurements.json and the card, bring the manifest up to date.

    data: the folder of texts; known: where they came from, for the card.
    """
    folder = WEIGHTS / loaded.name
    test = find(data, "test.txt" if measured["kind"] == "language_model" else "test.tsv")
    beam = "" if measured["kind"] == "language_model" else f" --beam {BAND_BEAM}"
    commands = [
        f"python -m train.evaluate {loaded.name} DATA/{data.name}/{test.name}{beam}",
        f"python -m train.measure {loaded.name} --data DATA/{data.name}",
    ]
    if MEANS in measured:
        head_means.write(folder, loaded.sha256, measured.pop(MEANS))
    said = {"sha256": loaded.sha256, "commands": commands, "provenance": known, **measured}
    write_json(folder / FILE, said)
    card.write(folder)
    manifest.update(WEIGHTS)
    print(f"{folder / FILE} and the card are written")


def main() -> None:
    """Measure, write measurements.json and the card, bring the manifest up to date."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a folder of weights/")
    arguments.add_argument("--data", type=Path, required=True, help="folder with test")
    arguments.add_argument(
        "--provenance", type=Path, nargs="+", default=[], help="instead of the one beside the data"
    )
    arguments.add_argument("--only", choices=ONLY, help="only this part, beside the rest")
    given = arguments.parse_args()
    folder = WEIGHTS / given.name
    rank, _ = place()  # before the model is loaded: each process has a device of its own
    with told_in_a_sentence():
        known = provenance_of(given.data, given.provenance)
        hashes = manifest.fingerprints(folder)
        loaded = load_folder(given.name, folder, hashes, "bundled", None)
        if given.only:
            measured = before(loaded) | one_part(given.only, loaded, given.data.resolve(), known)
        else:
            measured = measure(loaded, given.data.resolve(), known)
        if rank == 0:
            write(loaded, given.data.resolve(), known, measured)
    leave()


if __name__ == "__main__":
    main()
