"""Parameters in a file take half of their room, or a quarter: each matrix as whole numbers.

    half precision   W as float16
    eight bits       Q = round(W / s) in -127..127, one scale s = max |w| / 127 for each row of W

A matrix NAME in eight bits has its rows' scales beside it as NAME.scale; vectors stay in half
precision. Reading gives float32 in both cases.
B. Jacob et al., 2018, section 2.1, https://arxiv.org/abs/1712.05877
"""

from collections.abc import Mapping

import torch
from torch import Tensor

MOST_BYTES = 10_000_000  # of a file that a repository on the Hub takes without further ado
SCALE = ".scale"  # what a matrix's name has more in that of its scales
LARGEST = 127  # so that the numbers lie evenly around 0


def stored(parameters: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Parameters as a file keeps them: in half precision, in eight bits if that is too large."""
    if needs_eight_bits(parameters):
        return in_eight_bits(parameters)
    return {name: values.detach().half().contiguous() for name, values in parameters.items()}


def needs_eight_bits(parameters: Mapping[str, Tensor]) -> bool:
    """Whether in half precision they are too large for one file."""
    return 2 * sum(values.numel() for values in parameters.values()) >= MOST_BYTES


def in_eight_bits(parameters: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Each matrix as int8 with its rows' scales (rows,) float32, all else in half precision."""
    kept: dict[str, Tensor] = {}
    for name, values in parameters.items():
        if values.dim() != 2:
            kept[name] = values.detach().half().contiguous()
            continue
        values = values.detach().float()
        scale = values.abs().amax(1) / LARGEST  # (rows,)
        divisor = torch.where(scale > 0, scale, 1.0).unsqueeze(1)  # a row of zeros stays one
        kept[name] = (values / divisor).round().to(torch.int8)
        kept[name + SCALE] = scale
    return kept


def read(saved: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The parameters in float32. Raises ValueError for eight bits without their scales."""
    parameters: dict[str, Tensor] = {}
    for name, values in saved.items():
        matrix = saved.get(name.removesuffix(SCALE))
        if name.endswith(SCALE) and matrix is not None and matrix.dtype == torch.int8:
            continue
        if values.dtype != torch.int8:
            parameters[name] = values.float()
            continue
        scale = saved.get(name + SCALE)
        if scale is None or scale.shape != values.shape[:1]:
            found = "none" if scale is None else tuple(scale.shape)
            raise ValueError(f"{name} has scales {found}, not one for each of {len(values)} rows")
        parameters[name] = values.float() * scale.unsqueeze(1)
    return parameters
