"""Take a translator along: python -m train.export NAME --to marian DIR, or --to ctranslate2 DIR.

NAME is a Transformer translator of the manifest, or the folder that a training wrote. What is
written holds the same parameters and finds the same translations:

    marian        the library `transformers`: AutoModelForSeq2SeqLM and AutoTokenizer read DIR
    ctranslate2   CTranslate2, which decodes fastest: Translator reads DIR, AutoTokenizer its text

    tokenizer = AutoTokenizer.from_pretrained(DIR)
    model = AutoModelForSeq2SeqLM.from_pretrained(DIR)
    tokenizer.batch_decode(model.generate(**tokenizer(["Il pleut."], return_tensors="pt")))
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from seq_models.loaded import LoadedTranslator
from train.engine.opening import open_model
from train.engine.script import told_in_a_sentence
from train.formats.ctranslate import write_ctranslate2
from train.formats.marian import write_marian
from train.formats.translators import exportable

FORMATS: dict[str, Callable[[Path, LoadedTranslator], None]] = {
    "marian": write_marian,
    "ctranslate2": write_ctranslate2,
}


def export(name: str, to: str, folder: Path) -> None:
    """Write the model `name` to a folder, which must be new or empty.

    Raises ValueError for a model that cannot go there, or a folder with something in it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty")
    FORMATS[to](folder, exportable(open_model(name)))


def main() -> None:
    """Read the arguments, write the folder."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("name", help="a model of weights/manifest.json, or a folder")
    arguments.add_argument("--to", choices=FORMATS, required=True, help="who is to read it")
    arguments.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    given = arguments.parse_args()
    with told_in_a_sentence():
        export(given.name, given.to, given.folder)
    print(f"{given.folder}: {', '.join(sorted(path.name for path in given.folder.iterdir()))}")


if __name__ == "__main__":
    main()
