"""The house keeps its rules: who imports whom, what the README maps, what the card says."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from seq_models import manifest

ROOT = Path(__file__).parent.parent
COURSE = [
    "rnn",
    "attention",
    "self_attention",
    "transformer",
    "encoder",
    "decoder",
    "summary",
    "recurrent",
]
COURSE += ["seq2seq", "causal", "language_model", "models"]


def imports(path: Path) -> set[str]:
    """Every module that a file imports, with the names taken from it: "a.b" and "a.b.name"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def walls() -> list[tuple[str, list[str]]]:
    """The table of ARCHITECTURE.md: a pattern of files, and what they may import."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.split("## The walls")[1].split("## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) ?\|$", table, re.MULTILINE)
    return [(pattern, [name for name in names.split(", ") if name]) for pattern, names in rows]


def allowed(path: Path) -> set[str]:
    """What a file may import, by the first wall that matches it."""
    relative = path.relative_to(ROOT)
    names = next(
        names for pattern, names in walls()
        if relative.match(pattern) and len(relative.parts) == pattern.count("/") + 1
    )  # fmt: skip
    parts = relative.with_suffix("").parts
    rooms = {"its room": ".".join(parts[:3]), "its tab": ".".join(parts[:2])}
    return {rooms.get(name, name) for name in names}


def forbidden(path: Path) -> set[str]:
    """The imports of a file that are neither allowed nor of the standard library.

    Of its own tab a room may have what lies beside it, not what lies in another room.
    """
    names = allowed(path)
    relative = path.relative_to(ROOT).parts
    others = {
        ".".join((*relative[:2], folder.name))
        for folder in path.parent.parent.iterdir()
        if len(relative) == 4 and folder.is_dir() and folder != path.parent
    }
    return {
        name
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and (
            not any(name == one or name.startswith(one + ".") for one in names)
            or any(name == one or name.startswith(one + ".") for one in others)
        )
    }


def sources() -> list[Path]:
    folders = ("seq_models", "playground", "train", "deploy")
    return [ROOT / "app.py", *(p for f in folders for p in sorted((ROOT / f).rglob("*.py")))]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    assert forbidden(path) == set()


@pytest.mark.processes
def test_what_is_declared_reaches_no_library() -> None:
    """All tabs and rooms can be read where neither torch, gradio, plotly nor numpy is."""
    tabs = [path.parent.name for path in (ROOT / "playground").glob("*/__init__.py")
            if "TAB = " in path.read_text(encoding="utf-8")]  # fmt: skip
    blocked = "torch", "gradio", "plotly", "numpy"
    script = (
        f"import sys\nfor name in {blocked!r}: sys.modules[name] = None\n"
        f"import importlib\nfor tab in {tabs!r}: importlib.import_module('playground.' + tab).TAB"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    assert tabs


def test_decoding_knows_no_model() -> None:
    for module in ("decode", "beam", "sample"):
        known = {
            name.split(".")[1]
            for name in imports(ROOT / f"seq_models/{module}.py")
            if "seq_models." in name
        }
        assert not known & set(COURSE)


def test_a_model_imports_only_what_comes_before_it_in_the_course() -> None:
    for place, module in enumerate(COURSE):
        inside = {
            name.split(".")[1]
            for name in imports(ROOT / f"seq_models/{module}.py")
            if name.startswith("seq_models.") and name.split(".")[1].islower()
        }
        assert inside <= set(COURSE[:place]), module


def test_nothing_runs_at_import() -> None:
    """Only definitions, constants and docstrings stand at the top of a module of the page."""
    for path in (ROOT / "playground").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            assert not call, f"{path}, line {node.lineno}"
            assert not isinstance(node, ast.For | ast.While | ast.With), f"{path} runs at import"


def mapped() -> set[str]:
    """The files and folders in the README's map."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## The map\n+```\n(.*?)```", readme, re.DOTALL)
    assert block, "README.md has no map"
    found, folder = set(), ""
    for line in block[1].splitlines():
        name = line.split("  ")[0] if not line.startswith(" ") else line.strip().split("  ")[0]
        if not line.startswith(" "):
            folder = name if name.endswith("/") else ""
            found.add(name)
        else:
            found.add(folder + name)
    return found


def test_the_readme_maps_every_file() -> None:
    here = {p.name for p in ROOT.iterdir() if p.is_file() and not p.name.startswith(".")}
    rooms = ("seq_models", "playground", "train", "weights", "examples", "docs", "tests")
    rooms += ("benchmarks", "deploy")
    here |= {f"{room}/" for room in rooms}
    for folder in ("seq_models", "train"):
        here |= {
            f"{folder}/{path.name}"
            for path in (ROOT / folder).iterdir()
            if path.suffix in (".py", ".md") and path.name != "__init__.py"
        }
    here |= {f"train/{path.parent.name}/" for path in (ROOT / "train").glob("*/__init__.py")}
    here |= {"train/provenance/"}
    here |= {"weights/manifest.json"}
    here |= {f"weights/{name}/" for name in manifest.read(ROOT / "weights").models}
    assert mapped() == here


def page_map() -> set[str]:
    """The files and folders in ARCHITECTURE.md's map of the page."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"## The map of the page\n.*?```\n(.*?)```", text, re.DOTALL)
    assert block, "ARCHITECTURE.md has no map of the page"
    return {line.split()[0] for line in block[1].splitlines()}


def test_the_architecture_maps_every_module_and_every_room_of_the_page() -> None:
    """A room is mapped as its folder: what stands in one is always the same."""
    page = ROOT / "playground"
    rooms = {path.parent for path in page.glob("*/*/explain.py")}
    here = {
        str(path.relative_to(page))
        for path in page.rglob("*.py")
        if path.name != "__init__.py" and path.parent not in rooms
    }
    here |= {str(path.relative_to(page)) for path in page.glob("page/assets/*")}
    here |= {f"{room.relative_to(page)}/" for room in rooms}
    assert page_map() == here


def card(path: Path) -> dict[str, str]:
    """The front matter of a README, each top-level line as key and value."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("---\n"), f"{path} has no front matter"
    lines = text.split("---\n")[1].splitlines()
    return dict(line.split(": ", 1) for line in lines if re.match(r"\w+: ", line))


def test_the_card_names_the_gradio_that_is_installed_from_the_requirements() -> None:
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    head = card(ROOT / "README.md")
    assert f"gradio[mcp]=={head['sdk_version']}" in requirements
    assert head["sdk"] == "gradio"
    assert (ROOT / head["app_file"]).exists()
    assert len(head["short_description"]) <= 60  # the Hub's limit


def test_every_bundled_file_is_what_the_manifest_says_and_small_enough() -> None:
    for name, entry in manifest.read(ROOT / "weights").models.items():
        folder = ROOT / "weights" / name
        assert manifest.fingerprints(folder) == entry.files
        assert {"README.md", "config.json", "model.safetensors", "tokenizer.json"} <= set(
            entry.files
        )
        for path in folder.iterdir():
            assert path.stat().st_size < 10_000_000, f"the Hub refuses {path}"


def test_bundled_parameters_are_half_precision_or_eight_bits() -> None:
    for name in manifest.read(ROOT / "weights").models:
        content = (ROOT / "weights" / name / "model.safetensors").read_bytes()
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
        kinds = {key: t["dtype"] for key, t in header.items() if key != "__metadata__"}
        scales = {f"{key}.scale" for key, kind in kinds.items() if kind == "I8"}
        assert scales == {key for key, kind in kinds.items() if kind == "F32"}, name
        assert set(kinds.values()) <= {"F16", "I8", "F32"}, name
