"""Layers that read half as many bytes for the same numbers: a trained matrix, packed to decode.

    y = x W^T + b        W in half precision, x, b and every sum in single precision
    y = s (x Q^T) + b    where W was stored as whole numbers Q with one scale s for each row

A word at a time, a product of matrices is as fast as W comes out of memory. Parameters that were
stored so (`seq_models.stored`) lose nothing by it; any others stay as they are.
FBGEMM: D. Khudia et al., 2021, https://arxiv.org/abs/2101.05615
"""

import math
import warnings
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from seq_models.self_attention import SelfAttention
from seq_models.stored import LARGEST

PACK, PRODUCT = "fbgemm_pack_gemm_matrix_fp16", "fbgemm_linear_fp16_weight_fp32_activation"
EXISTS = (  # on processors of the kind x86, in the range of PyTorch that requirements.txt has
    "fbgemm" in torch.backends.quantized.supported_engines
    and hasattr(torch, PACK)
    and hasattr(torch, PRODUCT)
)

ROUNDING = 2.0**-22  # of a row's largest number: what single precision itself cannot tell apart


class Halved(NamedTuple):
    """A layer whose matrix is one that half precision has room for, its rows multiplied."""

    layer: nn.Linear
    matrix: Tensor  # (out_features, in_features)
    scale: Tensor  # (out_features,), all 1 if the matrix is the layer's own


class Packed:
    """The matrices of layers that read the same, below each other, packed to multiply with."""

    def __init__(self, *parts: Halved) -> None:
        # Looked up in the layers' own tables: `layer.weight` would cost a tenth of decoding.
        self._made_of: list[tuple[dict[str, Any], str, Tensor, int, int]] = [
            (layer._parameters, name, part, part._version, part.data_ptr())
            for layer, *_ in parts
            for name, part in (("weight", layer.weight), ("bias", layer.bias))
        ]
        self._bias = torch.cat([layer.bias.detach() for layer, *_ in parts])
        weight = torch.cat([part.matrix for part in parts])
        scale = torch.cat([part.scale for part in parts])
        self._scale = None if (scale == 1).all() else scale
        with warnings.catch_warnings():  # a later PyTorch will not have them: `EXISTS`
            warnings.simplefilter("ignore", UserWarning)
            self._matrix: Tensor = getattr(torch, PACK)(weight)
            self._product = getattr(torch, PRODUCT)
            self._product(weight.new_zeros(1, weight.size(1)), self._matrix, self._bias)
        self._added = self._bias if self._scale is None else torch.zeros_like(self._bias)

    def product(self, x: Tensor) -> Tensor | None:
        """All layers' outputs for x (..., in_features), side by side.

        None where it does not serve: a gradient is asked for, or something is no more what it was.
        (What is written into `weight.data`, past PyTorch's own count, cannot be seen; copy first.)
        """
        for there, name, part, version, place in self._made_of:
            if there.get(name) is not part or part._version != version or part.data_ptr() != place:
                return None
        if torch.is_grad_enabled() and self._wants_gradient(x):
            return None
        if not x.is_cpu or x.dtype != torch.float32 or x.dim() < 2:
            return None
        found: Tensor = self._product(x, self._matrix, self._added)
        return found if self._scale is None else torch.addcmul(self._bias, found, self._scale)

    def _wants_gradient(self, x: Tensor) -> bool:
        """Whether anything of the product does."""
        return x.requires_grad or any(part.requires_grad for _, _, part, *_ in self._made_of)

    def __deepcopy__(self, memory: Any) -> None:
        """A copied layer has parameters of its own, and goes without."""


class PackedLinear(nn.Linear):
    """An `nn.Linear` with a second copy of its matrix, in half precision."""

    def __init__(self, halved: Halved) -> None:
        """Share the parameters of a layer."""
        layer = halved.layer
        super().__init__(layer.in_features, layer.out_features, device="meta")
        self.weight, self.bias = layer.weight, layer.bias
        self.train(layer.training)
        self.packed: Packed | None = Packed(halved._replace(layer=self))

    def forward(self, x: Tensor) -> Tensor:
        """Transform x (..., in_features): (..., out_features)."""
        found = None if self.packed is None else self.packed.product(x)
        return super().forward(x) if found is None else found


def pack(model: nn.Module) -> None:
    """Pack every linear layer of a model that is on a processor which can, and loses nothing."""
    for part in list(model.modules()) if EXISTS else ():
        packed: dict[str, Halved] = {}
        for name, layer in part.named_children():
            if type(layer) is nn.Linear and (half := halved(layer)):
                one = PackedLinear(half)
                packed[name] = half._replace(layer=one)
                setattr(part, name, one)
        if isinstance(part, SelfAttention):
            three = [packed[name] for name in ("queries", "keys", "values") if name in packed]
            part.packed = Packed(*three) if len(three) == 3 else None


def halved(layer: nn.Linear) -> Halved | None:
    """A layer's matrix for half precision, None if that is not exact or cannot be packed."""
    weight = layer.weight.detach()
    if weight.device.type != "cpu" or weight.dtype != torch.float32 or layer.bias is None:
        return None
    half = weight.half().float()
    if torch.equal(half, weight):
        return Halved(layer, half, weight.new_ones(len(weight)))
    largest = torch.linalg.vector_norm(weight, math.inf, dim=1, keepdim=True)
    scale = (largest / LARGEST).clamp_min(torch.finfo(weight.dtype).tiny)
    whole = (weight / scale).round_()
    exact = ((whole * scale).sub_(weight).abs_() <= largest * ROUNDING).all()
    return Halved(layer, whole, scale.squeeze(1)) if exact else None
