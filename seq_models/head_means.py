"""What each head of a model reads on average over a corpus, kept beside its parameters.

    mean[h] = mean over all rows t of a corpus of weights[h][t] V[h]

A head can be given this instead of its own output, see `seq_models.scaled`.
"""

from collections.abc import Mapping
from pathlib import Path

import safetensors.torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from seq_models.replacing import replace_bytes

FILE = "heads.safetensors"


def write(folder: Path, sha256: str, means: Mapping[str, Tensor]) -> None:
    """Write the means (layers, heads, D) of each stack into a model's folder.

    sha256: of the parameters that they were measured with.
    """
    kept = {stack: mean.float().contiguous() for stack, mean in means.items()}
    content = safetensors.torch.save(kept, metadata={"sha256": sha256})
    replace_bytes(folder / FILE, content)


def read(folder: Path, sha256: str) -> dict[str, Tensor]:
    """The means in a model's folder; none if they are not of the parameters with this SHA-256."""
    try:
        with safe_open(folder / FILE, framework="pt") as file:
            if (file.metadata() or {}).get("sha256") != sha256:
                return {}
            names = file.keys()
            return {stack: file.get_tensor(stack) for stack in names}
    except (OSError, SafetensorError):
        return {}
