"""The trainings as a person starts them: quick, killed and resumed, on two processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import safetensors
import safetensors.torch
import torch

from seq_models import END, START
from seq_models.models import build
from seq_models.tokenizer import Tokenizer
from tests.tiny import outputs, same_checkpoint, sentences, write_data
from train import attention_translator, next_word, transformer_translator
from train.engine import translator
from train.grow import write_grown

ROOT = Path(__file__).parents[2]
SCRIPTS: dict[str, tuple[Any, list[str]]] = {
    "rnn": (next_word, ["--cell", "rnn"]),
    "gru": (next_word, ["--cell", "gru"]),
    "lstm": (next_word, ["--cell", "lstm"]),
    "causal": (next_word, ["--cell", "transformer"]),
    "attention": (attention_translator, []),
    "transformer": (transformer_translator, []),
}
STEPS = 40
KILLS = [(7, "step"), (18, "writing"), (30, "written")]
PATIENCE = 600  # seconds; a busy machine is slow
TWO = ["-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes=2"]
TWO += ["--main_process_port=0", "-m", "train.transformer_translator"]
ALONE = {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": "", "MALLOC_TOP_PAD_": "131072"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few dozen lines for every script."""
    return write_data(tmp_path_factory.mktemp("data"), sentences())


@pytest.fixture(scope="module")
def unbroken(data: Path) -> Path:
    """The folder of a transformer that nothing interrupted, trained by a process of its own."""
    out = data / "unbroken"
    process = started(data, out, "--steps", str(STEPS))
    assert process.returncode == 0, process.stdout
    return out


def here(name: str, data: Path, out: Path, *more: str) -> None:
    """A training in this process."""
    module, own = SCRIPTS[name]
    flags = ["--quick", "--data", str(data), "--out", str(out), *own, *more]
    with patch.object(sys, "argv", ["script", *flags]):
        module.main()


def started(
    data: Path,
    out: Path,
    *more: str,
    launcher: list[str] = ["-m", "train.transformer_translator"],  # noqa: B006
) -> subprocess.CompletedProcess[str]:
    """A training as a process of its own, ended."""
    return subprocess.run(
        [sys.executable, *launcher, "--quick", "--data", str(data), "--out", str(out), *more],
        cwd=ROOT,
        env=os.environ | ALONE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def checkpoint_of(out: Path) -> Path:
    """The file that a killed training goes on from."""
    return out.with_name(out.name + ".training.safetensors")


def steps_done(out: Path) -> int:
    """The step of the last checkpoint, 0 before the first."""
    if not checkpoint_of(out).exists():
        return 0
    with safetensors.safe_open(checkpoint_of(out), framework="pt") as file:
        return int(file.metadata()["step"])


def check_folder(out: Path) -> dict[str, Any]:
    """Fail unless config, parameters and tokenizer make a model that can speak. Returns config."""
    assert {path.name for path in out.iterdir()} == {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
    }
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.load(out / "tokenizer.json")
    assert config["arguments"]["vocab_size"] == tokenizer.vocab_size
    model = build(config).eval()
    saved = safetensors.torch.load_file(out / "model.safetensors")
    assert {tensor.dtype for tensor in saved.values()} == {torch.float16}
    parameters = dict(model.named_parameters())
    assert saved.keys() == parameters.keys()
    with torch.no_grad():
        for name, parameter in parameters.items():
            assert parameter.shape == saved[name].shape
            parameter.copy_(saved[name])
    read = torch.tensor([[*tokenizer.encode("the cat sees us."), END]])
    language_model = config["architecture"].endswith("language_model")
    logits = outputs(model(read) if language_model else model(read, torch.tensor([[START]])))[0]
    assert logits.shape[2] == tokenizer.vocab_size
    assert logits.isfinite().all()
    return config


@pytest.mark.parametrize("name", ["rnn", "gru", "lstm", "causal"])
def test_a_quick_training_writes_a_folder_that_is_a_model(
    name: str, data: Path, tmp_path: Path
) -> None:
    here(name, data, tmp_path / "model")
    assert "more" not in check_folder(tmp_path / "model")["training"]


def test_the_flags_change_the_recipe_and_the_folder_tells(data: Path, tmp_path: Path) -> None:
    flags = {"average": 3, "accumulate": 2, "tokens": 200, "steps": 9, "peak": 0.002}
    given = [part for name, value in flags.items() for part in (f"--{name}", str(value))]
    here("attention", data, tmp_path / "model", *given)
    training = check_folder(tmp_path / "model")["training"]
    assert {name: training[name] for name in flags} == flags
    with safetensors.safe_open(checkpoint_of(tmp_path / "model"), framework="pt") as file:
        assert int(file.metadata()["averaged"]) == 2  # of the states after 5, 7 and 9 steps
        assert any(name.startswith("average.") for name in set(file.keys()))


def test_a_training_goes_on_from_a_model_with_its_tokenizer_on_more_pairs(
    data: Path, tmp_path: Path
) -> None:
    """At a learning rate of nearly nothing, the model is the one that it began from."""
    init = tmp_path / "init"
    here("transformer", data, init, "--steps=3")
    more = tmp_path / "more.tsv"
    more.write_text("".join(f"{n} mots.\t{n} words.\n" for n in range(7)), encoding="utf-8")
    flags = ["--init", str(init), "--more", str(more), "--steps", "2", "--peak", "1e-9"]
    here("transformer", data, tmp_path / "model", *flags)
    training = check_folder(tmp_path / "model")["training"]
    first = check_folder(init)["training"]
    assert first.pop("before") == []
    assert (training["before"], training["more"]) == ([first], 7)
    assert str(data) not in (tmp_path / "model" / "config.json").read_text(encoding="utf-8")
    one, other = (folder / "tokenizer.json" for folder in (init, tmp_path / "model"))
    assert one.read_bytes() == other.read_bytes()
    began = safetensors.torch.load_file(init / "model.safetensors")
    ended = safetensors.torch.load_file(tmp_path / "model" / "model.safetensors")
    assert all(torch.allclose(began[n], ended[n], atol=1e-3, rtol=1e-2) for n in began)


def test_a_training_from_a_grown_model_keeps_its_sizes(data: Path, tmp_path: Path) -> None:
    here("transformer", data, tmp_path / "small", "--steps=2")
    write_grown(str(tmp_path / "small"), tmp_path / "grown", {"encoder_layers": 3, "ff_dim": 80})
    flags = ["--init", str(tmp_path / "grown"), "--steps=2", "--dropout=0.25"]
    here("transformer", data, tmp_path / "model", *flags)
    arguments = json.loads((tmp_path / "model" / "config.json").read_text())["arguments"]
    assert [arguments[name] for name in ("encoder_layers", "ff_dim", "dropout")] == [3, 80, 0.25]


def test_only_what_is_larger_is_told_to_have_grown(data: Path, tmp_path: Path) -> None:
    here("transformer", data, tmp_path / "small", "--steps=2")
    small, grown = str(tmp_path / "small"), tmp_path / "grown"
    with pytest.raises(ValueError, match="nothing of .* would be larger"):
        write_grown(small, grown, {"encoder_layers": 2})
    assert not grown.exists()
    write_grown(small, grown, {"encoder_layers": 2, "ff_dim": 80})
    assert list(json.loads((grown / "config.json").read_text())["training"]["grown"]) == ["ff_dim"]


def test_a_model_of_another_kind_is_nothing_to_start_from(
    data: Path, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    init = ["--init", str(trained)]
    told = "--init holds a language_model gru; it must be a"
    refused(f"{told} language_model lstm", capsys, "lstm", data, tmp_path / "model", *init)
    refused(f"{told} attention_translator", capsys, "attention", data, tmp_path / "model", *init)


@pytest.mark.parametrize("reverse", [False, True])
def test_with_reverse_the_target_is_read_and_the_source_is_written(
    reverse: bool, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[str, str]] = []

    def run(_: Any, __: Any, tokenizer: Tokenizer, shards: dict[int, Any], *rest: Any) -> None:
        examples = (example for own in shards.values() for example in own)
        found.extend((tokenizer.decode(s), tokenizer.decode(t)) for s, t in examples)

    monkeypatch.setattr(translator, "run", run)
    arguments = ["script", "--data", str(data), "--out", str(tmp_path / "model")]
    monkeypatch.setattr(sys, "argv", arguments + ["--reverse"] * reverse)
    transformer_translator.main()
    wanted = [(target, source) if reverse else (source, target) for source, target in sentences()]
    assert sorted(found) == sorted(wanted)


@pytest.mark.processes
def test_a_training_killed_three_times_and_resumed_ends_as_if_unbroken(
    data: Path, unbroken: Path
) -> None:
    """Killed in a step, while a checkpoint is half written, and when it has just been."""
    check_folder(unbroken)
    out = data / "killed"
    for step, moment in KILLS:
        launcher = ["-m", "tests.train.killed", str(step), moment]
        process = started(data, out, "--steps", str(STEPS), "--resume", launcher=launcher)
        assert process.returncode == -signal.SIGKILL, process.stdout
        assert not out.exists()
    saved = steps_done(out)
    assert saved == KILLS[-1][0]
    process = started(data, out, "--steps", str(STEPS), "--resume")
    assert process.returncode == 0, process.stdout
    assert f"from step {saved}\n" in process.stdout
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        assert (out / name).read_bytes() == (unbroken / name).read_bytes(), name
    assert steps_done(out) == STEPS
    assert same_checkpoint(checkpoint_of(out), checkpoint_of(unbroken))


@pytest.mark.processes
def test_two_processes_train_one_model_together(data: Path, tmp_path: Path) -> None:
    process = started(data, tmp_path / "model", launcher=TWO)
    assert process.returncode == 0, process.stdout
    assert "2 processes" in process.stdout
    check_folder(tmp_path / "model")


@pytest.mark.processes
def test_a_bad_flag_ends_the_process_with_a_sentence(data: Path, tmp_path: Path) -> None:
    process = started(Path("nowhere"), tmp_path / "model")
    assert process.returncode == 1
    assert (
        process.stdout
        == "nowhere has neither train.tsv nor train.tsv.gz; name the folder that has it\n"
    )


def refused(told: str, capsys: pytest.CaptureFixture[str], *given: Any) -> None:
    """Fail unless a training ends with a sentence before its first step."""
    with pytest.raises(SystemExit) as ended:
        here(*given)
    said = capsys.readouterr()
    sentence = said.err if ended.value.code == 2 else str(ended.value)  # 2 is argparse's
    assert told in sentence
    assert sentence.strip().splitlines()[-1].count(told) == 1
    assert "from step" not in said.out


def test_going_on_with_another_number_of_steps_is_refused_in_a_sentence(
    data: Path, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(checkpoint_of(trained), checkpoint_of(tmp_path / "model"))
    flags = ["--resume", "--steps=31"]
    refused(
        "another recipe; train without --resume", capsys, "gru", data, tmp_path / "model", *flags
    )
    assert not (tmp_path / "model").exists()


def test_going_on_from_a_training_on_other_lines_is_refused_in_a_sentence(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write_data(tmp_path / "other", sentences()[::-1])
    shutil.copy(checkpoint_of(trained), checkpoint_of(tmp_path / "model"))
    told = "began from other data, parameters or flags; train without --resume"
    refused(told, capsys, "gru", other, tmp_path / "model", "--resume")


def test_going_on_with_another_r_drop_is_refused_in_a_sentence(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here("transformer", data, tmp_path / "first", "--steps=2", "--r-drop=5")
    capsys.readouterr()
    shutil.copy(checkpoint_of(tmp_path / "first"), checkpoint_of(tmp_path / "model"))
    told = "began from other data, parameters or flags; train without --resume"
    refused(told, capsys, "transformer", data, tmp_path / "model", "--resume", "--steps=2")


def test_a_torn_checkpoint_is_refused_in_a_sentence(
    data: Path, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = checkpoint_of(trained).read_bytes()
    checkpoint_of(tmp_path / "model").write_bytes(content[: len(content) // 2])
    told = "model.training.safetensors is damaged"
    refused(told, capsys, "gru", data, tmp_path / "model", "--resume")


@pytest.fixture(scope="module")
def trained(data: Path) -> Path:
    """The folder of a tiny language model."""
    here("gru", data, data / "trained")
    return data / "trained"


BROKEN: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "config is a brace": ("config.json", lambda _: b"{"),
    "config is a list": ("config.json", lambda _: b"[]"),
    "config names no architecture": ("config.json", lambda _: b"{}"),
    "config is of other sizes": ("config.json", lambda old: old.replace(b"48", b"47")),
    "parameters are cut": ("model.safetensors", lambda old: old[:-1]),
    "parameters are empty": ("model.safetensors", lambda _: b""),
    "tokenizer is cut": ("tokenizer.json", lambda old: old[: len(old) // 2]),
    "tokenizer is another's": ("tokenizer.json", lambda old: old.replace(b"padding", b"pudding")),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_model_to_start_from_is_refused_in_a_sentence(
    how: str, data: Path, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, change = BROKEN[how]
    init = shutil.copytree(trained, tmp_path / "init")
    (init / file).write_bytes(change((init / file).read_bytes()))
    told = f"{init} has no working model"
    refused(told, capsys, "gru", data, tmp_path / "model", "--init", str(init))
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--data", "nowhere"], "nowhere has neither"),
        (["--init", "nobody"], "there is no config.json in nobody"),
        (["--out", "/dev/null"], "/dev/null is a file; name a folder"),
        (["--out", "/dev/null/model"], "/dev/null"),
        (["--accumulate", "0"], "wanted a whole number above 0, got '0'"),
        (["--steps", "1e3"], "wanted a whole number above 0, got '1e3'"),
        (["--peak", "-1"], "wanted a number above 0, got '-1'"),
        (["--peak", "nan"], "wanted a number above 0, got 'nan'"),
        (["--peak", "inf"], "wanted a number above 0, got 'inf'"),
    ],
)
def test_a_bad_flag_is_told_in_a_sentence(
    flags: list[str], told: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(told, capsys, "rnn", data, tmp_path / "model", *flags)


@pytest.mark.parametrize("dropout", ["nan", "inf", "-0.1", "1", "a lot"])
def test_a_dropout_that_is_no_share_is_told_in_a_sentence(
    dropout: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = [f"--dropout={dropout}"]
    refused(repr(dropout), capsys, "transformer", data, tmp_path / "model", *flags)


@pytest.mark.parametrize("weight", ["nan", "inf", "-1", "a lot"])
def test_a_weight_of_r_drop_that_is_none_is_told_in_a_sentence(
    weight: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = [f"--r-drop={weight}"]
    refused(repr(weight), capsys, "transformer", data, tmp_path / "model", *flags)


@pytest.mark.parametrize("script", ["transformer", "attention"])
def test_r_drop_changes_what_is_learned_and_stands_in_the_config(
    script: str, data: Path, tmp_path: Path
) -> None:
    kept = {}
    for weight in (0.0, 5.0):
        here(script, data, out := tmp_path / f"{weight}", "--steps=3", f"--r-drop={weight}")
        training = json.loads((out / "config.json").read_text(encoding="utf-8"))["training"]
        assert training.get("r_drop", 0.0) == weight
        kept[weight] = (out / "model.safetensors").read_bytes()
    assert kept[0.0] != kept[5.0]


def test_what_is_left_out_is_said_and_stands_in_the_config(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (data / "train.tsv").read_text(encoding="utf-8")
    more = f"\ufeff{lines}\n\u00a0\ta\nlong {'long ' * 300}\tlong\n".replace("\n", "\r\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.tsv").write_text(more, encoding="utf-8", newline="")
    here("transformer", tmp_path / "data", tmp_path / "model", "--steps=2")
    training = check_folder(tmp_path / "model")["training"]
    assert training["left_out"] == {"empty": 2, "long": 1}
    assert training["lines"] == lines.count("\n") + 1
    told = "left out: 2 with nothing to read and 1 longer than a model can learn from\n"
    assert told in capsys.readouterr().out


def test_a_short_training_warms_up_for_half_its_steps_at_most(data: Path, tmp_path: Path) -> None:
    here("rnn", data, tmp_path / "model", "--steps=4")
    assert check_folder(tmp_path / "model")["training"]["warmup"] == 2
