"""The command: one line of JSON for a model by name or folder, on one process or two."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.folders import write_model
from tests.train.conftest import Say
from train import evaluate
from train.engine.opening import open_folder, pairs_for

ROOT = Path(__file__).parents[2]


COMMAND = evaluate


def test_one_line_of_json_is_printed_for_plain_and_packed_files_alike(
    said: Say, tmp_path: Path
) -> None:
    plain, packed = tmp_path / "some.tsv", tmp_path / "some.tsv.gz"
    text = "Je pars.\tI'm leaving.\nIl pleut.\tIt's raining.\n"
    plain.write_text(text, encoding="utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    lines = [said("attention-translator", str(file), "--beam", "2") for file in (plain, packed)]
    one, other = map(json.loads, lines)
    assert set(one) == {"bleu", "chrf", "sentences", "seconds"}
    assert {**one, "seconds": 0} == {**other, "seconds": 0}
    assert lines[0].count("\n") == 1


def test_a_model_can_be_named_by_its_folder(said: Say, tmp_path: Path) -> None:
    """Oracle: the same files, measured by their name in the manifest."""
    file = tmp_path / "some.txt"
    file.write_text("The cat sleeps.\n", encoding="utf-8")
    folder = shutil.copytree(ROOT / "weights/next-word-gru", tmp_path / "copied")
    assert said(str(folder), str(file)) == said("next-word-gru", str(file)) != ""


def test_what_is_left_out_of_a_file_is_counted(said: Say, tmp_path: Path) -> None:
    """Oracle: the file without it."""
    clean, file = tmp_path / "clean.txt", tmp_path / "some.txt"
    clean.write_text("The cat sleeps.\nWho said so?\n", encoding="utf-8")
    file.write_bytes("\ufeffThe cat sleeps.\r\n\r\n\u00a0\r\nWho said so?".encode())
    wanted = json.loads(said("next-word-gru", str(clean)))
    assert json.loads(said("next-word-gru", str(file))) == {**wanted, "left_out": {"empty": 2}}


@pytest.mark.processes
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("next-word-gru", "The cat sleeps.\nIt rained all day.\nWho said so?\n"),
        ("attention-translator", "Je pars.\tI go.\nIl pleut.\tIt rains.\nMerci.\tThanks.\n"),
    ],
)
def test_two_processes_print_the_one_line_that_one_process_prints(
    name: str, lines: str, said: Say, tmp_path: Path
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
    measured, alone = json.loads(two.stdout), json.loads(said(name, str(file)))
    assert measured | {"seconds": 0} == alone | {"seconds": 0}
    assert two.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("flag", "value", "told"),
    [
        ("--length-penalty", "nan", "wanted a number, got 'nan'"),
        ("--length-penalty", "inf", "wanted a number, got 'inf'"),
        ("--length-penalty", "-inf", "wanted a number, got '-inf'"),
        ("--length-penalty", "1,0", "invalid finite value: '1,0'"),
        ("--length-penalty", "1e9", "length_penalty is"),
        ("--beam", "2.5", "wanted a whole number above 0, got '2.5'"),
        ("--beam", "0", "wanted a whole number above 0, got '0'"),
        ("--beam", "nan", "wanted a whole number above 0, got 'nan'"),
        ("--beam", "1" * 30, "is too large"),
    ],
)
def test_a_flag_that_no_search_can_have_is_told_in_a_sentence(
    flag: str, value: str, told: str, said: Say, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "some.tsv"
    file.write_text("Je pars.\tI go.\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        said("attention-translator", str(file), f"{flag}={value}")
    sentence = capsys.readouterr().err if ended.value.code == 2 else str(ended.value)
    assert told in sentence


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("attention-translator", "no tab here\n", "line 1: wanted source TAB target"),
        ("next-word-gru", "", "is empty"),
        ("next-word-gru", "\n \n", "is empty: every line of it is blank"),
        ("attention-translator", "a\tb\n\nc\n", "bad.tsv, line 3: wanted source TAB target"),
        ("next-word-gru", "A cat.\nUn chat.\tA cat.\n", "has pairs, and next-word-gru reads one"),
        ("nobody", "a\tb\n", "there is no model 'nobody'"),
    ],
)
def test_what_cannot_be_measured_is_told_in_a_sentence(
    said: Say, tmp_path: Path, name: str, content: str, wanted: str
) -> None:
    file = tmp_path / "bad.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        said(name, str(file))
    assert wanted in str(ended.value)


def test_a_translator_of_the_other_direction_reads_the_other_side(tmp_path: Path) -> None:
    write_model(tmp_path / "forth", "transformer")
    write_model(tmp_path / "back", "transformer")
    config = tmp_path / "back" / "config.json"
    told = json.loads(config.read_text(encoding="utf-8")) | {"training": {"reverse": True}}
    config.write_text(json.dumps(told), encoding="utf-8")
    file = tmp_path / "some.tsv"
    file.write_text("Je pars.\tI go.\n", encoding="utf-8")
    assert pairs_for(open_folder(tmp_path / "forth"), file) == [("Je pars.", "I go.")]
    assert pairs_for(open_folder(tmp_path / "back"), file) == [("I go.", "Je pars.")]
