"""The wheel holds all that the package needs: it is built, installed and used from elsewhere."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("seq_models", "playground", "train", "weights", "app.py", "pyproject.toml", "setup.py")
PARTS += ("requirements.txt", "README.md", "LICENSE")
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package installed from its wheel, without what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    source, target = folder / "source", folder / "installed"
    source.mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, source / part)
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*PIP, "wheel", *offline, "-w", str(folder), str(source)], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*PIP, "install", "--no-deps", "-t", str(target), str(wheel)], check=True)
    return target


def run(installed: Path, folder: Path, code: str) -> str:
    """What a program prints that runs in another folder, with the installed package alone."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.processes
def test_the_installed_package_translates_and_tells_next_words(
    installed: Path, tmp_path: Path
) -> None:
    code = """
        import seq_models
        from seq_models import SimpleRNN, load
        print(seq_models.__file__)
        told = load("attention").translate("Où est la gare ?", weights=True)
        print(told and told.weights.shape == (len(told.target), len(told.source)))
        print(len(load("gru").next_words("Once upon a", count=3)))
    """
    where, translated, words = run(installed, tmp_path, code).splitlines()
    assert Path(where).is_relative_to(installed)
    assert (translated, words) == ("True", "3")


@pytest.mark.processes
def test_the_command_serves_the_installed_page(installed: Path, tmp_path: Path) -> None:
    code = """
        from importlib.metadata import entry_points
        (command,) = entry_points(group="console_scripts", name="sequence-playground")
        main = command.load()
        import app, playground
        print(app.__file__)
        print(main is app.main and app.build() is not None)
    """
    where, builds = run(installed, tmp_path, code).splitlines()
    assert Path(where).is_relative_to(installed)
    assert builds == "True"
