"""The house keeps its rules: who imports whom, what the README maps, what the card says."""

import ast
import json
import re
import sys
from pathlib import Path

import pytest

from seq_models import manifest

ROOT = Path(__file__).parent.parent
COURSE = ["rnn", "attention", "self_attention", "transformer", "encoder", "decoder", "recurrent"]
COURSE += ["seq2seq", "causal", "language_model", "models"]

TAB = {"gradio", "playground.explain", "playground.plots", "playground.tabs", "playground.theme"}
ALLOWED = {  # the first match counts: (files, what they may import besides the standard library)
    "seq_models/decode.py": {"torch", "seq_models"},
    "seq_models/beam.py": {"seq_models"},
    "seq_models/sample.py": {"torch"},
    "seq_models/hub.py": {"huggingface_hub", "seq_models.manifest"},
    "seq_models/*.py": {"torch", "tokenizers", "safetensors", "seq_models"},
    "playground/explain/*.py": {"torch", "numpy", "seq_models", "playground.explain"},
    "playground/plots/*.py": {"numpy", "plotly", "playground.theme", "playground.plots"},
    "playground/tabs/*.py": TAB,
    "playground/tabs/*/*.py": TAB,
    "playground/*.py": set(),
    "train/*.py": {
        "torch",
        "seq_models",
        "train",
        "accelerate",
        "safetensors",
        "sacrebleu",
        "tqdm",
        "huggingface_hub",
    },
    "app.py": {"gradio", "playground.tabs", "playground.theme"},
}


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


def forbidden(path: Path, allowed: set[str]) -> set[str]:
    """The imports of a file that are neither allowed nor of the standard library."""
    return {
        name
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(name == one or name.startswith(one + ".") for one in allowed)
    }


def sources() -> list[Path]:
    folders = ("seq_models", "playground", "train")
    return [ROOT / "app.py", *(p for f in folders for p in sorted((ROOT / f).rglob("*.py")))]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    relative = path.relative_to(ROOT)
    pattern = next(pattern for pattern in ALLOWED if relative.match(pattern))
    assert forbidden(path, ALLOWED[pattern]) == set()


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
    rooms = ("seq_models", "playground", "train", "weights", "tests", "benchmarks")
    here |= {f"{room}/" for room in rooms}
    for folder in ("seq_models", "train"):
        here |= {
            f"{folder}/{path.name}"
            for path in (ROOT / folder).iterdir()
            if path.suffix in (".py", ".md") and path.name != "__init__.py"
        }
    here |= {
        f"playground/{name}" for name in ("explain/", "plots/", "tabs/", "assets/", "theme.py")
    }
    here |= {"weights/manifest.json"}
    here |= {f"weights/{name}/" for name in manifest.read(ROOT / "weights").models}
    assert mapped() == here


def card(path: Path) -> dict[str, str]:
    """The front matter of a README, each top-level line as key and value."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("---\n"), f"{path} has no front matter"
    lines = text.split("---\n")[1].splitlines()
    return dict(line.split(": ", 1) for line in lines if re.match(r"\w+: ", line))


def test_the_card_names_the_gradio_that_is_installed_from_the_requirements() -> None:
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    head = card(ROOT / "README.md")
    assert f"gradio=={head['sdk_version']}" in requirements
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


def test_bundled_parameters_are_half_precision() -> None:
    for name in manifest.read(ROOT / "weights").models:
        content = (ROOT / "weights" / name / "model.safetensors").read_bytes()
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
        kinds = {t["dtype"] for key, t in header.items() if key != "__metadata__"}
        assert kinds == {"F16"}
