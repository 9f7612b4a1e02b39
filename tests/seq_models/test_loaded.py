"""A loaded model greets: text in, a translation or next words out, whatever is asked for beside."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

import seq_models
from seq_models import UNKNOWN
from seq_models.checkpoint import Shelf
from seq_models.folder import Loaded, load_folder
from seq_models.loaded import LoadedLanguageModel, LoadedTranslator, Translation
from seq_models.manifest import fingerprints
from seq_models.translate import translate as search
from tests.folders import write_model, write_weights
from tests.tiny import ATTENTIVE, LANGUAGE_MODELS, TRANSLATORS

COURSE = ["SimpleRNN", "Attention", "SelfAttention", "TransformerBlock", "Encoder", "Decoder"]
COURSE += ["Seq2Seq", "train_step", "load"]


def loaded(folder: Path, name: str) -> Any:
    write_model(folder, name)
    return load_folder(name, folder, fingerprints(folder), "bundled", None)


def test_the_package_offers_its_parts_in_the_order_of_the_course() -> None:
    assert seq_models.__all__[: len(COURSE)] == COURSE
    assert all(callable(getattr(seq_models, name)) for name in COURSE)
    with pytest.raises(AttributeError, match="no attribute 'Transformer'"):
        seq_models.Transformer  # noqa: B018


@pytest.mark.processes
def test_importing_the_package_loads_no_torch() -> None:
    code = "import sys, seq_models; from seq_models import PAD; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_text_has_one_translation_and_several_have_several(name: str, tmp_path: Path) -> None:
    translator = loaded(tmp_path / name, name)
    assert isinstance(translator, LoadedTranslator)
    one = translator.translate("le chat")
    assert isinstance(one, Translation)
    assert isinstance(one, str)
    assert translator.translate(["le chat", "la"])[0] == one
    assert translator.translate([]) == []
    assert one.weights is None
    assert "⟨unknown⟩" not in one


@pytest.mark.parametrize("name", ATTENTIVE)
def test_the_weights_come_if_asked_for_and_their_rows_sum_to_one(name: str, tmp_path: Path) -> None:
    told = loaded(tmp_path / name, name).translate("le chat", weights=True)
    assert told.weights.shape == (len(told.target), len(told.source))
    torch.testing.assert_close(told.weights.sum(dim=1), torch.ones(len(told.target)))


def test_a_translator_without_attention_has_no_weights_to_tell(tmp_path: Path) -> None:
    assert loaded(tmp_path / "model", "summary").translate("le chat", weights=True).weights is None


def test_what_is_left_out_is_told_with_the_translation(tmp_path: Path) -> None:
    told = loaded(tmp_path / "model", "transformer").translate("le chat ❤ la")
    assert told.typed.left_out == ("❤",)
    assert told.source == [
        *loaded(tmp_path / "again", "transformer").translate("le chat la").source
    ]


def test_a_translation_is_what_a_search_of_the_asked_width_and_penalty_finds(
    tmp_path: Path,
) -> None:
    """Oracle: the search itself, on texts that these settings do not all answer alike."""
    one = loaded(tmp_path / "model", "attention")
    words = "le", "chat", "la", "le chat la", "la la chat le"
    found: set[tuple[str, ...]] = set()
    for width, penalty in ((1, 1.0), (4, 1.0), (4, 0.0), (4, 3.0)):
        wanted = search(one.model, one.tokenizer, words, width, penalty)
        texts = [one.tokenizer.decode(each.hypotheses[0].tokens) for each in wanted]
        assert [*map(str, one.translate(words, width, penalty, as_typed=True))] == texts
        found.add(tuple(texts))
    assert len(found) > 1


@pytest.mark.parametrize("rule", [{"temperature": 0.01}, {"top_k": 1}, {"top_p": 0.001}])
def test_a_rule_that_leaves_one_word_makes_every_seed_write_the_same(
    rule: dict[str, Any], tmp_path: Path
) -> None:
    model = loaded(tmp_path / "model", "gru")
    free = {model.write("the cat", words=8, temperature=1.0, seed=seed) for seed in range(8)}
    bound = {model.write("the cat", words=8, seed=seed, **rule) for seed in range(8)}
    assert len(bound) == 1 < len(free)


@pytest.mark.parametrize("name", LANGUAGE_MODELS)
def test_a_language_model_tells_the_next_words_and_writes_on(name: str, tmp_path: Path) -> None:
    model = loaded(tmp_path / name, name)
    assert isinstance(model, LoadedLanguageModel)
    words = model.next_words("the cat", count=5)
    chances = [chance for _, chance in words]
    assert len(words) == 5
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(chances) <= 1
    assert not any("⟨" in word for word, _ in words)
    text = model.write("the cat", words=6, seed=2)
    assert text.startswith("the cat")
    assert text == model.write("the cat", words=6, seed=2)
    assert UNKNOWN not in model.tokenizer.encode(text)


@pytest.mark.parametrize("text", ["", "\u200b", " \n"])
@pytest.mark.parametrize("name", ["gru", "attention"])
def test_a_text_without_a_word_is_answered_in_a_sentence(
    name: str, text: str, tmp_path: Path
) -> None:
    model = loaded(tmp_path / name, name)
    ask = model.translate if name == "attention" else model.write
    with pytest.raises(ValueError, match="no text that this model can read"):
        ask(text)


def test_a_short_name_is_enough_where_only_one_model_is_meant(tmp_path: Path) -> None:
    weights = write_weights(
        tmp_path / "weights",
        next_word_gru="gru",
        next_word_transformer="causal",
        transformer_translator="transformer",
    )
    shelf = Shelf(weights)
    assert shelf.load("gru") is shelf.load("next-word-gru")
    with pytest.raises(ValueError, match="short for next-word-transformer and transformer-transl"):
        shelf.load("transformer")
    with pytest.raises(ValueError, match="there is no model 'lstm'"):
        shelf.load("lstm")


def test_every_kind_of_model_has_its_methods(tmp_path: Path) -> None:
    kinds = {type(loaded(tmp_path / n, n)) for n in (*TRANSLATORS, *LANGUAGE_MODELS)}
    assert kinds == {LoadedTranslator, LoadedLanguageModel}
    assert all(issubclass(kind, Loaded) for kind in kinds)
