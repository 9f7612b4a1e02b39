"""A model opened by its name, or by the folder that a training wrote."""

from pathlib import Path

from seq_models import checkpoint
from seq_models.folder import Loaded, load_folder
from seq_models.manifest import fingerprints


def open_model(name: str) -> Loaded:
    """A model by its name in the manifest, or by its folder, as a training script wrote it.

    Raises ValueError if there is neither, and DamagedWeights for files that are no model.
    """
    folder = Path(name)
    if name in checkpoint.names() or not folder.is_dir():
        return checkpoint.load(name)
    return open_folder(folder)


def open_folder(folder: Path) -> Loaded:
    """The model in a folder. Raises DamagedWeights for files that are no model."""
    return load_folder(folder.resolve().name, folder, fingerprints(folder), "bundled", None)
