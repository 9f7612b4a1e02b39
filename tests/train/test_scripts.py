"""The trainings as a person starts them: quick, killed and resumed, on two processes."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import safetensors
import safetensors.torch
import torch

from seq_models import END, START, manifest
from seq_models.models import build
from seq_models.tokenizer import Tokenizer
from tests.folders import write_model
from tests.tiny import outputs, same_checkpoint, sentences, write_data
from train import transformer_translator
from train.engine import translator

ROOT = Path(__file__).parents[2]
SCRIPTS = {
    "rnn": ["train.next_word", "--cell", "rnn"],
    "gru": ["train.next_word", "--cell", "gru"],
    "lstm": ["train.next_word", "--cell", "lstm"],
    "causal": ["train.next_word", "--cell", "transformer"],
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
    finish(start(name, data, tmp_path / "model"))
    assert "more" not in check_folder(tmp_path / "model")["training"]


def test_the_flags_change_the_recipe_and_the_folder_tells(data: Path, tmp_path: Path) -> None:
    flags = {"average": 3, "accumulate": 2, "tokens": 200, "steps": 9, "peak": 0.002}
    given = [part for name, value in flags.items() for part in (f"--{name}", str(value))]
    finish(start("attention", data, tmp_path / "model", *given))
    training = check_folder(tmp_path / "model")["training"]
    assert {name: training[name] for name in flags} == flags
    with safetensors.safe_open(checkpoint_of(tmp_path / "model"), framework="pt") as file:
        assert int(file.metadata()["averaged"]) == 2  # of the states after 5, 7 and 9 steps
        assert any(name.startswith("average.") for name in set(file.keys()))


def test_a_training_goes_on_from_a_model_with_its_tokenizer_on_more_pairs(
    data: Path, unbroken: Path, tmp_path: Path
) -> None:
    """At a learning rate of nearly nothing, the model is the one that it began from."""
    more = tmp_path / "more.tsv"
    more.write_text("".join(f"{n} mots.\t{n} words.\n" for n in range(7)), encoding="utf-8")
    flags = ["--init", str(unbroken), "--more", str(more), "--steps", "2", "--peak", "1e-9"]
    finish(start("transformer", data, tmp_path / "model", *flags))
    training = check_folder(tmp_path / "model")["training"]
    first = check_folder(unbroken)["training"]
    assert first.pop("before") == []
    assert (training["before"], training["more"]) == ([first], 7)
    assert str(data) not in (tmp_path / "model" / "config.json").read_text(encoding="utf-8")
    one, other = (folder / "tokenizer.json" for folder in (unbroken, tmp_path / "model"))
    assert one.read_bytes() == other.read_bytes()
    began = safetensors.torch.load_file(unbroken / "model.safetensors")
    ended = safetensors.torch.load_file(tmp_path / "model" / "model.safetensors")
    assert all(torch.allclose(began[n], ended[n], atol=1e-3, rtol=1e-2) for n in began)


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
    assert "Traceback" not in said
    assert "another recipe; train without --resume" in said
    assert not (tmp_path / "model").exists()


def test_going_on_from_a_training_on_other_lines_is_refused_in_a_sentence(
    data: Path, unbroken: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = write_data(tmp_path / "other", sentences()[::-1])
    shutil.copy(checkpoint_of(unbroken), checkpoint_of(tmp_path / "model"))
    process = start("transformer", other, tmp_path / "model", "--resume", f"--steps={STEPS}")
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    assert "Traceback" not in said
    assert "began from other data or parameters; train without --resume" in said


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--data", "nowhere"], "nowhere has neither"),
        (["--init", "nobody"], "there is no config.json in nobody"),
        (["--accumulate", "0"], "wanted a whole number above 0, got '0'"),
        (["--peak", "-1"], "wanted a number above 0, got '-1'"),
    ],
)
def test_a_bad_flag_is_told_in_a_sentence(
    flags: list[str], told: str, data: Path, tmp_path: Path
) -> None:
    process = start("rnn", data, tmp_path / "model", *flags)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    assert told in said
    assert "Traceback" not in said


def test_a_short_training_warms_up_for_half_its_steps_at_most(data: Path, tmp_path: Path) -> None:
    finish(start("rnn", data, tmp_path / "model", "--steps=4"))
    assert check_folder(tmp_path / "model")["training"]["warmup"] == 2


def test_a_full_disk_leaves_the_model_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "model", "rnn")
    before = manifest.fingerprints(tmp_path / "model")

    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(safetensors.torch, "save_file", full)
    with pytest.raises(OSError, match="No space"):
        write_model(tmp_path / "model", "gru")
    after = manifest.fingerprints(tmp_path / "model")
    assert {name: after[name] for name in before} == before
