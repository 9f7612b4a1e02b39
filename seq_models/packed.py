"""Layers that read half as many bytes for the same numbers: a trained matrix, packed to decode.

    y = x W^T + b,  W in half precision, x, b and every sum in single precision

A word at a time, a product of matrices is as fast as W comes out of memory. Parameters that were
stored in half precision lose nothing by it; any others stay as they are.
FBGEMM: D. Khudia et al., 2021, https://arxiv.org/abs/2101.05615
"""

import warnings
from typing import Any

import torch
from torch import Tensor, nn

PACK, PRODUCT = "fbgemm_pack_gemm_matrix_fp16", "fbgemm_linear_fp16_weight_fp32_activation"
EXISTS = (  # on processors of the kind x86, in the range of PyTorch that requirements.txt has
    "fbgemm" in torch.backends.quantized.supported_engines
    and hasattr(torch, PACK)
    and hasattr(torch, PRODUCT)
)


class PackedLinear(nn.Linear):
    """An `nn.Linear` with a second copy of its matrix, in half precision, as the processor reads.

    The copy serves where no gradient is asked for, as long as the parameters are what they were.
    """

    def __init__(self, layer: nn.Linear) -> None:
        """Share the parameters of a layer."""
        super().__init__(layer.in_features, layer.out_features, device="meta")
        self.weight, self.bias = layer.weight, layer.bias
        self.train(layer.training)
        with warnings.catch_warnings():  # a later PyTorch will not have them: `EXISTS`
            warnings.simplefilter("ignore", UserWarning)
            self._packed: Tensor | None = getattr(torch, PACK)(layer.weight.detach())
            self._product = getattr(torch, PRODUCT)
            self._product(layer.weight.new_zeros(1, layer.in_features), self._packed, layer.bias)
        self._version = layer.weight._version

    def forward(self, x: Tensor) -> Tensor:
        """Transform x (..., in_features): (..., out_features)."""
        packed, weight, bias = self._packed, self.weight, self.bias
        learns = torch.is_grad_enabled() and (x.requires_grad or weight.requires_grad)
        if packed is None or learns or weight._version != self._version:
            return nn.functional.linear(x, weight, bias)
        product: Tensor = self._product(x, packed, bias)
        return product

    def _apply(self, *given: Any, **named: Any) -> Any:
        """Parameters that go elsewhere, or to another precision, leave their copy behind."""
        self._packed = None
        return super()._apply(*given, **named)  # type: ignore[no-untyped-call]

    def __getstate__(self) -> dict[str, Any]:
        """Without the packed matrix: that cannot be copied."""
        return self.__dict__ | {"_packed": None}


def pack(model: nn.Module) -> None:
    """Pack every linear layer of a model that is on a processor which can, and loses nothing."""
    for part in list(model.modules()) if EXISTS else ():
        for name, layer in part.named_children():
            if type(layer) is nn.Linear and packable(layer):
                setattr(part, name, PackedLinear(layer))


def packable(layer: nn.Linear) -> bool:
    """Whether half precision is exact for a layer's matrix."""
    weight = layer.weight
    if weight.device.type != "cpu" or weight.dtype != torch.float32 or layer.bias is None:
        return False
    return torch.equal(weight.half().float(), weight)
