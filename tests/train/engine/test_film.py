"""A filmed training: the film tells of the model as it was, and the training does not notice."""

import copy
import json
import sys
from pathlib import Path

import pytest
import torch

from playground.learning import films
from seq_models import END
from seq_models.manifest import fingerprint
from seq_models.models import build
from seq_models.tokenizer import train_pieces
from tests.tiny import CONFIGS, sentences, write_data
from train import attention_translator
from train.engine.film import MOMENTS, SENTENCES, Film, moments

TOKENIZER = train_pieces([side for pair in sentences() for side in pair], 120)


def network() -> torch.nn.Module:
    config = copy.deepcopy(CONFIGS["attention"])
    config["arguments"]["vocab_size"] = TOKENIZER.vocab_size
    torch.manual_seed(0)
    return build(config)


def pairs() -> list[tuple[str, str]]:
    return [(french, english) for english, french in sentences()][:4]


def test_a_film_has_at_most_forty_moments_the_first_and_the_last_among_them() -> None:
    for steps in (1, 30, 6_000):
        found = moments(steps)
        assert found[0] == 0
        assert found[-1] == steps
        assert len(found) <= MOMENTS


def test_a_scene_tells_of_six_sentences_and_leaves_the_model_as_it_was(tmp_path: Path) -> None:
    model = network().train()
    film = Film(tmp_path / "model", TOKENIZER, pairs(), 5, resume=False)
    before, random_numbers = copy.deepcopy(model.state_dict()), torch.get_rng_state()
    film(0, model)
    assert model.training
    assert torch.equal(torch.get_rng_state(), random_numbers)
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    (scene,) = film.scenes
    assert 0 <= scene["bleu"] <= 100
    assert len(scene["sentences"]) == len(SENTENCES) == 6
    for one in scene["sentences"]:
        assert len(one["weights"]) == len(one["written"])
        assert all(sum(row) == pytest.approx(1, abs=0.01) for row in one["weights"])
        assert one["log_probability"] < 0
        assert one["known"][-1] == TOKENIZER.piece(END)
        assert len(one["known"]) == len(one["known_log_probabilities"])
        assert max(one["known_log_probabilities"]) <= 0


def test_a_film_goes_on_after_a_kill_and_is_bound_to_the_parameters(tmp_path: Path) -> None:
    out, model = tmp_path / "model", network()
    first = Film(out, TOKENIZER, pairs(), 2, resume=False)
    first(0, model)
    first(1, model)
    again = Film(out, TOKENIZER, pairs(), 2, resume=True)
    again(1, model)
    again(2, model)
    assert [scene["step"] for scene in again.scenes] == [0, 1, 2]
    out.mkdir()
    (out / "parameters").write_bytes(b"numbers")
    again.finish(out, "parameters", {"architecture": "a"})
    made = json.loads((out / "film.json").read_text(encoding="utf-8"))
    assert made["sha256"] == fingerprint(b"numbers")
    assert made["architecture"] == "a"
    assert made["scenes"] == again.scenes


def test_a_scene_that_a_kill_lost_is_taken_when_the_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_data(tmp_path / "data", [(french, english) for english, french in sentences()])
    (data / "valid.tsv").write_text((data / "train.tsv").read_text(encoding="utf-8"), "utf-8")
    words = ["train", "--data", str(data), "--out", str(tmp_path / "model"), "--quick"]
    monkeypatch.setattr(sys, "argv", [*words, "--steps", "4", "--film", "--resume"])
    look = Film.__call__

    def killed(self: Film, step: int, model: torch.nn.Module) -> None:
        if step == 4:
            raise KeyboardInterrupt
        look(self, step, model)

    monkeypatch.setattr(Film, "__call__", killed)
    with pytest.raises(KeyboardInterrupt):
        attention_translator.main()
    monkeypatch.setattr(Film, "__call__", look)
    attention_translator.main()
    made = json.loads((tmp_path / "model" / "film.json").read_text(encoding="utf-8"))
    assert [scene["step"] for scene in made["scenes"]] == [0, 1, 2, 3, 4]
    assert made["parameters"] > 0


def test_a_training_of_two_processes_is_not_filmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would wait for what the other translates."""
    data = write_data(tmp_path / "data", [(french, english) for english, french in sentences()])
    words = ["train", "--data", str(data), "--out", str(tmp_path / "model"), "--quick", "--film"]
    monkeypatch.setattr(sys, "argv", words)
    monkeypatch.setattr("train.engine.translator.place", lambda: (0, 2))
    with pytest.raises(SystemExit, match="--film is for one process"):
        attention_translator.main()


def test_a_filmed_training_ends_with_the_parameters_of_one_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = write_data(tmp_path / "data", [(french, english) for english, french in sentences()])
    (data / "valid.tsv").write_text((data / "train.tsv").read_text(encoding="utf-8"), "utf-8")
    for name, more in (("plain", []), ("filmed", ["--film"])):
        words = ["train", "--data", str(data), "--out", str(tmp_path / name), "--quick"]
        monkeypatch.setattr(sys, "argv", [*words, "--steps", "3", *more])
        attention_translator.main()
    plain, filmed = (
        (tmp_path / name / "model.safetensors").read_bytes() for name in ("plain", "filmed")
    )
    assert plain == filmed
    made = json.loads((tmp_path / "filmed" / "film.json").read_text(encoding="utf-8"))
    assert [scene["step"] for scene in made["scenes"]] == [0, 1, 2, 3]
    shown = films.read(tmp_path / "filmed" / "film.json")
    assert shown.steps == shown.scenes[-1].step == 3
    assert shown.pairs == made["training"]["lines"]
    assert shown.parameters > 0
    assert [text for text, _ in shown.sentences] == [text for text, _ in SENTENCES]
