"""The source of what computes a figure, read from the file that runs, without running it."""

import ast
import importlib.util
from functools import lru_cache
from pathlib import Path

Definition = ast.FunctionDef | ast.ClassDef


@lru_cache(maxsize=256)
def source(name: str) -> str:
    """The source of a function, class or method by its full name: "seq_models.surgery.read".

    Nothing is imported but the packages that it lies in, so a training's code can be shown where
    nobody can train. Raises LookupError if there is none of that name.
    """
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        found = importlib.util.find_spec(".".join(parts[:length])) if here(parts[:length]) else None
        if found is not None and found.origin:
            text = Path(found.origin).read_text(encoding="utf-8")
            return piece(text, parts[length:], name)
    raise LookupError(f"there is no module of {name}")


def here(parts: list[str]) -> bool:
    """Whether every package above a module is one; `find_spec` raises where one isn't."""
    try:
        return importlib.util.find_spec(".".join(parts)) is not None
    except ModuleNotFoundError:
        return False


def piece(text: str, path: list[str], name: str) -> str:
    """The lines of a definition inside a module's text, its decorators included."""
    body: list[ast.stmt] = ast.parse(text).body
    node: Definition | None = None
    for part in path:
        node = next((n for n in body if isinstance(n, Definition) and n.name == part), None)
        if node is None:
            raise LookupError(f"{name} is not defined where its name says")
        body = node.body
    assert node is not None
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
