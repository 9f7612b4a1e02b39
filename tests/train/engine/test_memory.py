"""A training starts itself anew once, with the settings that keep its memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from train.engine.memory import SETTINGS, keep_memory

SCRIPT = """
import json, os, sys
from train.engine.memory import keep_memory
print("begun", flush=True)
keep_memory()
print(json.dumps([sys.argv[1:], {n: v for n, v in os.environ.items() if "MALLOC" in n}]))
"""


def said(tmp_path: Path, **environment: str) -> list[str]:
    """The lines that a script prints, started with two arguments."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if "MALLOC" not in name}
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py"), "--one", "two words"],
        env=kept | {"PYTHONPATH": root, "CUDA_VISIBLE_DEVICES": ""} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.processes
@pytest.mark.skipif(sys.platform != "linux", reason="the settings are those of Linux's C library")
def test_it_begins_twice_and_ends_once_with_the_settings_and_its_arguments(tmp_path: Path) -> None:
    first, second, last = said(tmp_path)
    assert (first, second) == ("begun", "begun")
    assert json.loads(last) == [["--one", "two words"], SETTINGS]


@pytest.mark.processes
def test_settings_of_a_persons_own_are_left_alone(tmp_path: Path) -> None:
    first, last = said(tmp_path, MALLOC_TOP_PAD_="1")
    assert first == "begun"
    assert json.loads(last)[1] == {"MALLOC_TOP_PAD_": "1"}


def test_with_a_gpu_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("started anew"))
    keep_memory()
