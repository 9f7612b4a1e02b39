"""Write a model's card: python -m train.card NAME FILE measures the model on FILE and says so.

The card is the README.md in weights/NAME: what the model is, its data and licence, how it was
trained, its scores with the command that prints them, its limits. No score in it is typed by hand.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from seq_models import manifest
from seq_models.checkpoint import WEIGHTS
from train.evaluate import evaluate

KINDS = {
    "transformer_translator": (
        "A Transformer that translates French to English",
        "An encoder and a decoder of post-norm Transformer blocks over one vocabulary of pieces "
        "(Vaswani et al., 2017, https://arxiv.org/abs/1706.03762).",
    ),
    "attention_translator": (
        "A recurrent network with additive attention that translates French to English",
        "A bidirectional GRU reads French, a GRU with additive attention writes English "
        "(Bahdanau et al., 2015, https://arxiv.org/abs/1409.0473).",
    ),
    "language_model": (
        "A recurrent network that predicts the next English word",
        "One recurrent layer over words and punctuation, its output tied to its word vectors "
        "(Elman, 1990; Cho et al., 2014; Press and Wolf, 2017).",
    ),
}
TRANSLATION_DATA = (
    "172,416 pairs of everyday French and English sentences and 10,000 pairs made by joining two "
    "to four of them. Source: Tatoeba (https://tatoeba.org), CC BY 2.0 FR, through "
    "manythings.org/anki and pivots through Tatoeba's other languages; sentences with violence, "
    "sex, drugs or slurs were left out and the name Tom was replaced by other names."
)
TEXT_DATA = (
    "534,974 lines of English: everyday sentences from Tatoeba (https://tatoeba.org, "
    "CC BY 2.0 FR), short stories from African Storybook (https://www.africanstorybook.org, CC BY) "
    "and fairy tales from Project Gutenberg (public domain, through FairytaleQA); sentences with "
    "violence, sex, drugs or slurs were left out and the name Tom was replaced by other names."
)
TRANSLATION_LIMITS = (
    "Small and trained on short everyday sentences: long, technical or literary text comes out "
    "wrong, names may be changed, and what it has not seen it invents. Not for any use where a "
    "wrong translation does harm."
)
TEXT_LIMITS = (
    "Small and trained on short everyday sentences and children's stories, 12,000 words: it knows "
    "little of the world, and any other word is ⟨unknown⟩ to it."
)


def card(name: str, config: dict[str, Any], scores: dict[str, Any], command: str) -> str:
    """The text of a card."""
    architecture = config["architecture"]
    title, what = KINDS[architecture]
    translates = architecture != "language_model"
    training = config.get("training", {})
    steps = (
        f"{training['steps']:,} steps of about {training['tokens']:,} tokens a field, AdamW, "
        f"learning rate rising to {training['peak']:g} over {training['warmup']} steps and falling "
        f"linearly to zero, seed {training['seed']}, bf16; stored in half precision."
    )
    sizes = ", ".join(f"{key} {value}" for key, value in config["arguments"].items())
    table = "\n".join(f"| {key} | {value} |" for key, value in scores.items() if key != "seconds")
    return f"""---
license: apache-2.0
language:
{"- fr" + chr(10) if translates else ""}- en
pipeline_tag: {"translation" if translates else "text-generation"}
library_name: pytorch
---

# {name}

{title}, small enough to look into: a model of the Sequence Model Playground.

{what} Sizes: {sizes}.

## Data and licence

Trained on {TRANSLATION_DATA if translates else TEXT_DATA}
The parameters are under the Apache License 2.0; the sentences belong to their authors, whom the
licences above ask you to name.

## Training

{steps}

## Scores

    {command}

| measure | value |
|---|---|
{table}

## Limits

{TRANSLATION_LIMITS if translates else TEXT_LIMITS}
"""


def main() -> None:
    """Measure, write the card, bring the manifest up to date."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a model of weights/manifest.json")
    arguments.add_argument("file", type=Path, help="the file to measure on")
    arguments.add_argument("--beam", type=int, default=1, help="hypotheses kept; 1 is greedy")
    given = arguments.parse_args()
    manifest.update(WEIGHTS)
    folder = WEIGHTS / given.name
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    scores = evaluate(given.name, given.file, given.beam, length_penalty=1.0)
    beam = f" --beam {given.beam}" if given.beam > 1 else ""
    shown = Path(*given.file.parts[-2:])
    command = f"python -m train.evaluate {given.name} {shown}{beam}"
    text = card(given.name, config, scores, command)
    (folder / "README.md").write_text(text, encoding="utf-8")
    manifest.update(WEIGHTS)
    print(json.dumps(scores))


if __name__ == "__main__":
    main()
