"""A trace as plain numbers, words, lists and dictionaries: what an endpoint answers."""

from dataclasses import is_dataclass
from typing import Any

import numpy as np


def fields(trace: object) -> dict[str, Any]:
    """A trace as a dictionary of its fields, each as plain numbers, words and lists."""
    return {name: plain(value) for name, value in vars(trace).items()}


def plain(value: Any) -> Any:
    """A dataclass as a dictionary of its fields, an array as nested lists, whatever holds them."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if is_dataclass(value):
        return fields(value)
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value
