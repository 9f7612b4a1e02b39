"""A card says what was measured, and the Hub's own client and check accept it."""

import json
import sys
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import pytest
from huggingface_hub import ModelCard
from huggingface_hub.repocard import model_index_to_eval_results

from seq_models import manifest
from seq_models.models import ARCHITECTURES
from tests.folders import write_model
from tests.hub_server import HubServer
from tests.measured import measurements
from tests.tiny import arguments
from train import card
from train.hub.card_text import KINDS

TRAINING = {"steps": 6000, "tokens": 3000, "peak": 0.002, "warmup": 800, "seed": 1}
CELLS = {"rnn": "Elman", "gru": "Cho et al.", "lstm": "Hochreiter"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "a-translator", "transformer")


def written(folder: Path, name: str) -> Path:
    """A tiny model's folder with its measurements and its card."""
    write_model(folder, name)
    (folder / "measurements.json").write_text(json.dumps(measurements(folder)))
    card.write(folder)
    return folder


def config(architecture: str, **training: Any) -> dict[str, Any]:
    """A `config.json` of that architecture."""
    cell = {"cell": "gru"} if architecture == "language_model" else {}
    return {
        "architecture": architecture,
        "arguments": {**arguments(architecture), **cell, "vocab_size": 8000},
        "training": TRAINING | training,
    }


def parsed(architecture: str, measured: dict[str, Any]) -> ModelCard:
    """The card of a model `name`, as the Hub's client reads it."""
    return ModelCard(card.card("name", config(architecture), measured))


def measured_for(architecture: str) -> dict[str, Any]:
    """What was measured of a model of that architecture, without its SHA-256."""
    return measurements(architecture=architecture)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Any:
    with HubServer() as server:
        monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", server.url)
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_TELEMETRY", True)
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
        yield server


def test_every_architecture_has_a_card() -> None:
    assert KINDS.keys() == ARCHITECTURES.keys()


@pytest.mark.parametrize("architecture", KINDS)
def test_the_hubs_check_accepts_the_card(hub: HubServer, architecture: str) -> None:
    parsed(architecture, measured_for(architecture)).validate()
    assert hub.requests == ["POST /api/validate-yaml"]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("license: apache-2.0", "license: apache", "license"),
        ("- tatoeba\n", "- a set of sentences\n", "datasets"),
        ("- fr\n", "- French\n", "language"),
        ("      type: translation\n", "", "task.type"),
        ("      name: The Tatoeba", "      title: The Tatoeba", "dataset.name"),
    ],
)
def test_the_hubs_check_would_refuse_a_wrong_card(
    hub: HubServer, folder: Path, right: str, wrong: str, told: str
) -> None:
    """The check that the other tests trust is none that accepts everything."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert right in text
    response = huggingface_hub.utils.get_session().post(
        f"{hub.url}/api/validate-yaml",
        json={"content": text.replace(right, wrong, 1), "repoType": "model"},
    )
    assert response.status_code == 400
    assert told in response.text


@pytest.mark.parametrize("architecture", KINDS)
def test_the_card_comes_back_from_the_client_as_it_was_written(
    tmp_path: Path, architecture: str
) -> None:
    path = tmp_path / "README.md"
    text = card.card("name", config(architecture), measured_for(architecture))
    path.write_text(text, encoding="utf-8")
    loaded = ModelCard.load(path)
    assert str(loaded) == text
    head = loaded.data.to_dict()
    translator = architecture.endswith("translator")
    assert head["license"] == "apache-2.0"
    assert head["library_name"] == "pytorch"
    assert head["language"] == (["fr", "en"] if translator else ["en"])
    assert head["pipeline_tag"] == ("translation" if translator else "text-generation")
    assert head["metrics"] == (["bleu", "chrf"] if translator else ["perplexity", "accuracy"])
    name, results = model_index_to_eval_results(head["model-index"])
    assert name == "name"
    assert results == loaded.data.eval_results


def test_a_translators_results_are_what_was_measured() -> None:
    """Beam 4 comes first: the Hub shows the first result."""
    measured = measured_for("transformer_translator")
    decoding = {one["beam"]: one for one in measured["test"]["decoding"]}
    results = parsed("transformer_translator", measured).data.eval_results
    assert [(r.metric_name, r.metric_value) for r in results] == [
        ("BLEU, beam 4", decoding[4]["bleu"]),
        ("chrF, beam 4", decoding[4]["chrf"]),
        ("BLEU, greedy", decoding[1]["bleu"]),
        ("chrF, greedy", decoding[1]["chrf"]),
    ]


def test_a_language_models_results_are_what_was_measured() -> None:
    measured = measured_for("language_model")
    results = parsed("language_model", measured).data.eval_results
    test = measured["test"]
    wanted = [test["perplexity"], test["top1"], test["top5"]]
    assert [result.metric_value for result in results] == wanted
    assert [result.metric_type for result in results] == ["perplexity", "accuracy", "accuracy"]


@pytest.mark.parametrize("architecture", KINDS)
def test_the_text_shows_the_results_and_the_commands_that_print_them(architecture: str) -> None:
    measured = measured_for(architecture)
    loaded = parsed(architecture, measured)
    for result in loaded.data.eval_results:
        assert f"| {result.metric_value} |" in loaded.text
    assert "    python -m train.evaluate name DATA/" in loaded.text
    assert ("--beam 4" in loaded.text) == architecture.endswith("translator")
    for command in measured["commands"]:
        assert f"    {command}\n" in loaded.text


def test_the_text_names_the_head_that_aligns_best() -> None:
    text = parsed("transformer_translator", measured_for("transformer_translator")).text
    assert "(layer 2, head 5, at the step that reads the written word): 0.3123 on 447 pairs" in text


def test_the_text_tells_what_became_of_everyday_sentences() -> None:
    text = parsed("transformer_translator", measured_for("transformer_translator")).text
    assert "Of 300 everyday sentences" in text
    assert "52.7% come out as one of the answers" in text
    assert "Of 60 of them 46.7% do as they stand, and 21.7% in capitals" in text
    assert "Of 100 words that stand alone (`train/alone.tsv`) 91.0% come out right" in text
    assert "and 88.0% of them with a capital." in text


def test_the_card_tells_of_pairs_as_people_type_them_and_of_a_training_that_was_stopped() -> None:
    before = [TRAINING, TRAINING | {"stopped": 1400, "tagged": 90000}]
    more = {"shown": 66000, "typed": 54000, "distilled": 240000}
    trained = config("attention_translator", **more, before=before)
    text = card.card("name", trained, measured_for("attention_translator"))
    assert "66,000 short pairs of French words, in frames or put together by rule" in text
    assert "54,000 pairs made from them and from frames as people type" in text
    assert "240,000 pairs whose English a better translator wrote from a person's French" in text
    assert "90,000 pairs whose French a machine wrote" in text
    assert "from those parameters, 1,400 of 6,000 steps of" in text


def test_the_card_tells_how_much_of_a_training_was_taken() -> None:
    text = card.training(config("attention_translator", before=[TRAINING], mixed=0.3))
    first, last = text.split("; then")
    assert "of what it found 0.3, with 0.7 of what was there before (" in last
    assert "of what it found" not in first
    both = config("attention_translator", before=[TRAINING], mixed=0.3, trainings_mixed=2)
    told = "and of what the last 2 trainings found 0.3, with 0.7 of what was there before them ("
    assert told in card.training(both)


def test_the_card_tells_which_words_a_training_scored() -> None:
    sampled = TRAINING | {"sampled": {"frequent": 3000, "drawn": 1000}}
    text = card.training(config("language_model", before=[TRAINING, sampled]))
    first, second, last = text.split("; then")
    assert "scoring the 3,000 most frequent words, those wanted, and 1,000 others" in second
    assert "scoring" not in first + last
    translator = card.training(config("transformer_translator", before=[sampled]))
    assert "scoring the 3,000 most frequent pieces, those wanted" in translator


def test_the_card_tells_what_a_model_got_between_two_trainings() -> None:
    grown = TRAINING | {"grown": {"ff_dim": [768, 1536], "vocab_size": [8000, 20000]}}
    pieces = card.training(config("transformer_translator", before=[grown]))
    assert (
        "without computing otherwise (ff_dim from 768 to 1536), then given 12,000 words" in pieces
    )
    words = card.training(config("language_model", before=[grown]))
    assert "(ff_dim from 768 to 1536, vocab_size from 8000 to 20000)" in words


def test_what_was_not_measured_is_not_shown() -> None:
    measured = measured_for("attention_translator")
    del measured["alignment"]
    measured["test"]["decoding"] = measured["test"]["decoding"][:1]
    text = parsed("attention_translator", measured).text
    assert "error rate" not in text
    assert "beam 4 |" not in text


@pytest.mark.parametrize("cell", CELLS)
def test_a_recurrent_models_card_cites_its_own_cell(cell: str) -> None:
    own = config("language_model")
    own["arguments"]["cell"] = cell
    text = card.card("name", own, measured_for("language_model"))
    assert [other for other, source in CELLS.items() if source in text] == [cell]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ([], ", and 413,000 pairs whose French"),
        ([{}, TRAINING], ", and 413,000 pairs whose French"),
        (
            [{"more": 7}, TRAINING, {"more": 1500}],
            ", and in one training after another 7, 1,500 and 413,000 pairs whose French",
        ),
    ],
)
def test_the_card_tells_of_all_pairs_that_a_machine_wrote(
    before: list[dict[str, Any]], told: str
) -> None:
    before = [TRAINING | stage if stage else stage for stage in before]
    measured = measured_for("transformer_translator")
    trained = config("transformer_translator", more=413000, before=before)
    assert told in card.card("name", trained, measured)
    assert "machine" not in card.card("name", config("transformer_translator"), measured)


def test_the_card_tells_of_every_training_in_order() -> None:
    grown = {"ff_dim": [768, 1536]}
    before = [{}, TRAINING | {"more": 413000, "examples": 831000, "grown": grown}]
    last = config("transformer_translator", steps=700, peak=0.001, average=3, before=before)
    text = card.card("name", last, measured_for("transformer_translator"))
    assert "413,000 pairs whose French a machine wrote" in text
    assert (
        "a training of which nothing is known; then, from those parameters, 6,000 steps of about "
        "3,000 tokens a field on 831,000 examples, learning rate rising to 0.002 over 800 steps "
        "and falling linearly to zero, then made larger without computing otherwise (ff_dim from "
        "768 to 1536); then, from those parameters, 700 steps of about 3,000 tokens a field, "
        "learning rate rising to 0.001 over 800 steps and falling linearly to zero, "
        "the mean of its last 3 states. AdamW"
    ) in text


def test_a_config_that_does_not_tell_of_its_training_has_a_card(folder: Path) -> None:
    assert "## Training" not in (folder / "README.md").read_text()


def test_a_card_is_not_written_from_another_models_measurements(folder: Path) -> None:
    before = (folder / "README.md").read_bytes()
    content = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ValueError, match="of other parameters.*train.measure a-translator"):
        card.write(folder)
    assert (folder / "README.md").read_bytes() == before


def test_measurements_that_lack_a_score_are_named(folder: Path) -> None:
    measured = measurements(folder)
    del measured["test"]
    (folder / "measurements.json").write_text(json.dumps(measured))
    with pytest.raises(ValueError, match=r"measurements\.json.* lacks 'test'"):
        card.write(folder)


def test_the_command_writes_the_card_and_the_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "a-translator", "transformer")
    (folder / "README.md").write_text("old")
    monkeypatch.setattr(card, "WEIGHTS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["card", "a-translator"])
    card.main()
    assert (folder / "README.md").read_text().startswith("---\n")
    entry = manifest.read(tmp_path).models["a-translator"]
    assert entry.files == manifest.fingerprints(folder)


def test_the_command_answers_an_unknown_name_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card, "WEIGHTS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["card", "none"])
    with pytest.raises(SystemExit, match="No such file or directory: .*none/config.json") as ended:
        card.main()
    assert "\n" not in str(ended.value)


def test_the_card_tells_of_as_many_states_as_there_were() -> None:
    def told(steps: int) -> str:
        return card.training(config("language_model", steps=steps, save_every=200, average=3))

    assert "the mean of its last 2 states" in told(300)
    assert "the mean of its last 3 states" in told(500)
    assert "states" not in told(200)
