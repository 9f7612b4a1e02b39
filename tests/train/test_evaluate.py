"""The command: one line of JSON for a model by name or folder, on one process or two."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "train.evaluate", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_one_line_of_json_is_printed_for_plain_and_packed_files_alike(tmp_path: Path) -> None:
    plain, packed = tmp_path / "some.tsv", tmp_path / "some.tsv.gz"
    text = "Je pars.\tI'm leaving.\nIl pleut.\tIt's raining.\n"
    plain.write_text(text, encoding="utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    results = [run("attention-translator", str(file), "--beam", "2") for file in (plain, packed)]
    one, other = (json.loads(result.stdout) for result in results)
    assert set(one) == {"bleu", "chrf", "sentences", "seconds"}
    assert {**one, "seconds": 0} == {**other, "seconds": 0}
    assert results[0].stdout.count("\n") == 1


def test_a_model_can_be_named_by_its_folder(tmp_path: Path) -> None:
    """Oracle: the same files, measured by their name in the manifest."""
    file = tmp_path / "some.txt"
    file.write_text("The cat sleeps.\n", encoding="utf-8")
    folder = shutil.copytree(ROOT / "weights/next-word-gru", tmp_path / "copied")
    assert run(str(folder), str(file)).stdout == run("next-word-gru", str(file)).stdout != ""


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("next-word-gru", "The cat sleeps.\nIt rained all day.\nWho said so?\n"),
        ("attention-translator", "Je pars.\tI go.\nIl pleut.\tIt rains.\nMerci.\tThanks.\n"),
    ],
)
def test_two_processes_print_the_one_line_that_one_process_prints(
    name: str, lines: str, tmp_path: Path
) -> None:
    file = tmp_path / "some.tsv"
    file.write_text(lines, encoding="utf-8")
    launch = [sys.executable, "-m", "accelerate.commands.launch", "--multi_gpu"]
    launch += ["--num_processes=2", "--main_process_port=0", "-m", "train.evaluate"]
    two = subprocess.run(
        [*launch, name, str(file)],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    measured, alone = json.loads(two.stdout), json.loads(run(name, str(file)).stdout)
    assert measured | {"seconds": 0} == alone | {"seconds": 0}
    assert two.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("attention-translator", "no tab here\n", "line 1: wanted source TAB target"),
        ("next-word-gru", "", "is empty"),
        ("nobody", "a\tb\n", "there is no model 'nobody'"),
    ],
)
def test_what_cannot_be_measured_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: str, wanted: str
) -> None:
    file = tmp_path / "bad.tsv"
    file.write_text(content, encoding="utf-8")
    result = run(name, str(file))
    assert result.returncode == 1
    assert wanted in result.stderr
    assert "Traceback" not in result.stderr
