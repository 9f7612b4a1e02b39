"""The four trainings as a person starts them: quick, killed and resumed, on two processes."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import safetensors
import safetensors.torch
import torch

from seq_models import END, START
from seq_models.models import build
from seq_models.tokenizer import Tokenizer
from tests.tiny import outputs, same_checkpoint, sentences, write_data

ROOT = Path(__file__).parents[2]
SCRIPTS = {
    "rnn": ["train.next_word", "--cell", "rnn"],
    "gru": ["train.next_word", "--cell", "gru"],
    "attention": ["train.attention_translator"],
    "transformer": ["train.transformer_translator"],
}
STEPS = 100  # enough for three kills in the middle
PATIENCE = 600  # seconds; a busy machine is slow
PLAIN = ["-m"]
TWO = ["-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes=2"]
TWO += ["--main_process_port=0", "-m"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few dozen lines for every script."""
    return write_data(tmp_path_factory.mktemp("data"), sentences())


@pytest.fixture(scope="module")
def unbroken(data: Path) -> Path:
    """The folder of a transformer that nothing interrupted."""
    out = data / "unbroken"
    finish(start("transformer", data, out, "--steps", str(STEPS)))
    return out


def start(
    name: str, data: Path, out: Path, *more: str, launcher: list[str] = PLAIN
) -> subprocess.Popen[str]:
    """A training as a process of its own."""
    flags = ["--quick", "--data", str(data), "--out", str(out), *more]
    return subprocess.Popen(
        [sys.executable, *launcher, *SCRIPTS[name], *flags],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    """What a training said, once it has ended well."""
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 0, said
    return said


def checkpoint_of(out: Path) -> Path:
    """The file that a killed training goes on from."""
    return out.with_name(out.name + ".training.safetensors")


def steps_done(out: Path) -> int:
    """The step of the last checkpoint, 0 before the first."""
    if not checkpoint_of(out).exists():
        return 0
    with safetensors.safe_open(checkpoint_of(out), framework="pt") as file:
        return int(file.metadata()["step"])


def check_folder(out: Path) -> None:
    """Fail unless config, parameters and tokenizer make a model that can speak."""
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
    language_model = config["architecture"] == "language_model"
    logits = outputs(model(read) if language_model else model(read, torch.tensor([[START]])))[0]
    assert logits.shape[2] == tokenizer.vocab_size
    assert logits.isfinite().all()


@pytest.mark.parametrize("name", ["rnn", "gru", "attention"])
def test_a_quick_training_writes_a_folder_that_is_a_model(
    name: str, data: Path, tmp_path: Path
) -> None:
    finish(start(name, data, tmp_path / "model"))
    check_folder(tmp_path / "model")


def test_a_training_killed_three_times_and_resumed_ends_as_if_unbroken(
    data: Path, unbroken: Path
) -> None:
    check_folder(unbroken)
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance, out = random.Random(seed), data / "killed"
    for moment in sorted(chance.sample(range(2, STEPS * 3 // 4, 8), 3)):
        kill_after(moment, chance.uniform(0, 0.1), data, out)
    half = checkpoint_of(out).read_bytes()
    checkpoint_of(out).with_suffix(".unfinished").write_bytes(half[: len(half) // 2])
    saved = steps_done(out)
    said = finish(start("transformer", data, out, "--steps", str(STEPS), "--resume"))
    assert f"from step {saved}\n" in said
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        assert (out / name).read_bytes() == (unbroken / name).read_bytes(), name
    assert steps_done(out) == STEPS
    assert same_checkpoint(checkpoint_of(out), checkpoint_of(unbroken))


def kill_after(step: int, seconds: float, data: Path, out: Path) -> None:
    """Train from the last checkpoint until `step` is saved and `seconds` more, then SIGKILL."""
    process = start("transformer", data, out, "--steps", str(STEPS), "--resume")
    try:
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and steps_done(out) < step and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(seconds)
        assert process.poll() is None, "the training ended before it could be killed"
    finally:
        process.kill()
        process.communicate()
    assert step <= steps_done(out) < STEPS
    assert not out.exists()


def test_two_processes_train_one_model_together(data: Path, tmp_path: Path) -> None:
    said = finish(start("transformer", data, tmp_path / "model", launcher=TWO))
    assert "2 processes" in said
    check_folder(tmp_path / "model")


def test_going_on_with_another_number_of_steps_is_refused_in_a_sentence(
    data: Path, unbroken: Path, tmp_path: Path
) -> None:
    shutil.copy(checkpoint_of(unbroken), checkpoint_of(tmp_path / "model"))
    process = start("transformer", data, tmp_path / "model", "--resume")
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    assert "ValueError" in said
    assert "another recipe; train without --resume" in said
    assert not (tmp_path / "model").exists()
