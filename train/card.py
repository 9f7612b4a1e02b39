"""Write a model's card: python -m train.card NAME makes it from what was measured.

The card is the README.md in weights/NAME: what the model is, its data and licence, how it was
trained, its scores with the commands that print them, its limits. It is made from config.json and
measurements.json (python -m train.measure), so no score in it is typed by hand.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from seq_models import manifest
from seq_models.folder import CONFIG, PARAMETERS
from seq_models.manifest import WEIGHTS
from seq_models.replacing import replace_text
from train.engine.script import told_in_a_sentence
from train.hub.card_data import WORDS, card_data, shown_decoding, test_set, way
from train.hub.card_text import data, kind, known_of, limits, training

CARD, MEASUREMENTS = "README.md", "measurements.json"
READINGS = {  # where a head's look at the source was read off
    "same_row": "at the step that writes the word",
    "next_row": "at the step that reads the written word",
}


def write(folder: Path) -> None:
    """Write the card of the model in `folder`; the manifest is left as it is.

    Raises OSError for a missing file, and ValueError if the measurements are not of these
    parameters or lack what a card shows.
    """
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    measurements = json.loads((folder / MEASUREMENTS).read_text(encoding="utf-8"))
    if measurements.get("sha256") != manifest.fingerprint((folder / PARAMETERS).read_bytes()):
        raise ValueError(
            f"{folder / MEASUREMENTS} is of other parameters than {PARAMETERS}: "
            f"run python -m train.measure {folder.name}"
        )
    try:
        text = card(folder.name, config, measurements)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{folder / MEASUREMENTS} or {CONFIG} lacks {error}") from error
    replace_text(folder / CARD, text)


def card(name: str, config: dict[str, Any], measurements: dict[str, Any]) -> str:
    """The text of a card, from a model's `config.json` and `measurements.json`."""
    known = known_of(config, measurements)
    title, what = kind(config, known)
    sizes = ", ".join(f"{key} {value}" for key, value in config["arguments"].items())
    how = training(config)
    trained = f"## Training\n\n{how}\n\n" if how else ""
    return f"""---
{card_data(name, config, measurements, known).to_yaml()}
---

# {name}

{title}, small enough to look into: a model of the Sequence Model Playground.

{what} Sizes: {sizes}.

## Data and licence

Trained on {data(config, known)}

The parameters are under the Apache License 2.0; the sentences belong to their authors, whom the
licences above ask you to name.

{trained}## Scores

{commands(measurements)}

{scored(measurements)}

## Limits

{limits(config, known)}
"""


def commands(measurements: dict[str, Any]) -> str:
    """The commands that print the scores, as a block of code."""
    return "\n".join(f"    {line}" for line in measurements["commands"])


def scored(measurements: dict[str, Any]) -> str:
    """The scores, and on what."""
    own = test_set(measurements.get("provenance", []))["name"]
    if measurements["kind"] == "translator":
        return translation_scores(measurements, own)
    return word_scores(measurements["test"], own)


def translation_scores(measurements: dict[str, Any], own: str) -> str:
    """BLEU and chrF, and how well the best head aligns words."""
    test = measurements["test"]
    lines = [f"On {test['sentences']:,} pairs of {own}:", ""]
    lines += ["| decoding | BLEU | chrF |", "|---|---|---|"]
    lines += [f"| {way(d['beam'])} | {d['bleu']} | {d['chrf']} |" for d in shown_decoding(test)]
    everyday = measurements.get("everyday")
    if everyday:
        lines += ["", everyday_scores(everyday)]
    alignment = measurements.get("alignment")
    if alignment:
        best = alignment["best"]
        place = f"layer {best['layer']}, head {best['head']}, {READINGS[best['reading']]}"
        lines += [
            "",
            f"Alignment error rate of the attention head that aligns words best ({place}): "
            f"{best['error_rate']} on {alignment['pairs']:,} pairs aligned by hand "
            "(Mihalcea and Pedersen, 2003).",
        ]
    return "\n".join(lines)


def everyday_scores(everyday: dict[str, Any]) -> str:
    """How many everyday sentences come out as a teacher would have it."""
    clean, same, typed = (everyday[name] for name in ("clean", "clean_of_typed", "typed"))
    alone, capital = everyday["alone"], everyday["alone_capital"]
    return (
        f"Of {clean['sentences']} everyday sentences (`train/everyday.tsv`, in no training pair; "
        f"beam {everyday['beam']}) {clean['accepted']:.1%} come out as one of the answers that "
        f"stand beside them, with chrF {clean['chrf']}. Of {typed['sentences']} of them "
        f"{same['accepted']:.1%} do as they stand, and {typed['accepted']:.1%} in capitals, "
        "without accents or in small letters, read as the page reads them. Of "
        f"{alone['sentences']} words that stand alone (`train/alone.tsv`) {alone['accepted']:.1%} "
        f"come out right, and {capital['accepted']:.1%} of them with a capital."
    )


def word_scores(test: dict[str, Any], own: str) -> str:
    """Perplexity, and how often the right word was among the likeliest."""
    lines = [f"On {own}, {test['words']:,} words, of which"]
    lines += [f"{test['unknown']:,} are unknown to the model and count as misses:", ""]
    lines += ["| measure | value |", "|---|---|"]
    lines += [f"| {name} | {test[measure]} |" for measure, (_, name) in WORDS.items()]
    return "\n".join(lines)


def main() -> None:
    """Write the card, bring the manifest up to date."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a folder of weights/")
    given = arguments.parse_args()
    with told_in_a_sentence():
        write(WEIGHTS / given.name)
        manifest.update(WEIGHTS)


if __name__ == "__main__":
    main()
