"""A training's end is rehearsed at its beginning: what could not be written then fails now."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from torch import nn

from seq_models.folder import write_folder
from seq_models.replacing import replace_text
from seq_models.tokenizer import Tokenizer

CHECKPOINT = 4 * 4  # bytes of a checkpoint for each parameter: itself, two moments, the sum
AT_ONCE = 2  # checkpoints that stand side by side while a new one is written


def write_json(path: Path, value: object) -> None:
    """Write readable JSON."""
    replace_text(path, json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def rehearse(
    out: Path, checkpoint: Path, config: dict[str, Any], model: nn.Module, tokenizer: Tokenizer
) -> None:
    """Write the folder once before the training, and throw it away.

    Raises ValueError or OSError for what would stop the writing of the folder, or of a checkpoint
    beside it, hours later.
    """
    if out.exists() and not out.is_dir():
        raise ValueError(f"--out: {out} is a file; name a folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    for folder in (out.parent, out):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise ValueError(f"--out: nothing can be written in {folder}; name another folder")
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as rehearsal:
        write_folder(Path(rehearsal), config, model, tokenizer)
    more = AT_ONCE - checkpoint.exists()
    wanted = sum(p.numel() for p in model.parameters()) * CHECKPOINT * more
    free = shutil.disk_usage(out.parent).free
    if free < wanted:
        raise ValueError(
            f"--out: {free / 1e6:,.0f} MB are free beside {out}, and the checkpoints of this "
            f"training take up to {wanted / 1e6:,.0f} MB; make room or name another folder"
        )
