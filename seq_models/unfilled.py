"""Build a model whose parameters will be replaced, without drawing random numbers for them.

    with Unfilled():
        model = build(config)

Drawing them takes longer than reading a trained model's own.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

DRAWING = (Tensor.normal_, Tensor.uniform_)


class Unfilled(TorchFunctionMode):
    """While it holds, in this thread, what `torch.nn.init` would fill stays as memory was."""

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call a function of torch's, unless it fills its first argument."""
        if func in DRAWING or getattr(func, "__module__", None) == nn.init.__name__:
            return args[0] if args else (kwargs or {})["tensor"]
        return func(*args, **(kwargs or {}))
