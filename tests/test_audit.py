"""A known hole of a dependency is red; a list of holes that cannot be reached is only told."""

import os
import subprocess
from pathlib import Path

import pytest

from benchmarks.page import ROOT

CLEAN = 'echo "{}" > "$report"'
HOLE = 'echo "{\\"id\\": \\"CVE-2099-1\\"}" > "$report"; exit 1'
UNREACHABLE = 'echo "no route to host" >&2; exit 1'


@pytest.mark.processes
@pytest.mark.parametrize(
    ("does", "status", "wanted"),
    [
        (CLEAN, 0, "No known holes."),
        (HOLE, 1, "CVE-2099-1"),
        (UNREACHABLE, 0, "Not checked for known holes: their list cannot be reached."),
    ],
    ids=["clean", "hole", "unreachable"],
)
def test_a_known_hole_is_red_and_an_unreachable_list_is_told(
    tmp_path: Path, does: str, status: int, wanted: str
) -> None:
    """A stand-in for pip-audit, which is given what is installed and where to report.

    What gradio needs is asked about as well, in the versions that are installed.
    """
    fake = tmp_path / "pip-audit"
    fake.write_text(
        '#!/bin/bash\ngrep -q "^gradio==" "$2" && grep -q "^starlette==" "$2" || exit 9\n'
        'grep -q "^torch==" "$2" && ! grep -q "[+[]" "$2" || exit 9\n'
        f'while [ "$1" != --output ]; do shift; done\nreport=$2\n{does}\n'
    )
    fake.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", ROOT / ".ci" / "audit"], env={**os.environ, "PATH": path},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == status, done.stdout + done.stderr
    assert wanted in done.stdout
