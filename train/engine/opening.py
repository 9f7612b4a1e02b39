"""A model opened by its name, or by the folder that a training wrote."""

from pathlib import Path

from seq_models import checkpoint
from seq_models.folder import Loaded, load_folder
from seq_models.manifest import fingerprints
from train.engine.lines import LeftOut, Pair, read_pairs


def open_model(name: str) -> Loaded:
    """A model by its name in the manifest, or by its folder, as a training script wrote it.

    Raises ValueError if there is neither, and DamagedWeights for files that are no model.
    """
    folder = Path(name)
    if name in checkpoint.names() or not folder.is_dir():
        return checkpoint.load(name)
    return open_folder(folder)


def is_reversed(loaded: Loaded) -> bool:
    """Whether a translator was trained with --reverse: from the target's language."""
    return bool((loaded.config.get("training") or {}).get("reverse"))


def pairs_for(loaded: Loaded, path: Path, left_out: LeftOut | None = None) -> list[Pair]:
    """The pairs of a file as a translator reads them, its own source first.

    Raises ValueError for a line that is no pair.
    """
    pairs = read_pairs(path, left_out)
    return [(target, source) for source, target in pairs] if is_reversed(loaded) else pairs


def open_folder(folder: Path) -> Loaded:
    """The model in a folder. Raises DamagedWeights for files that are no model."""
    return load_folder(folder.resolve().name, folder, fingerprints(folder), "bundled", None)
