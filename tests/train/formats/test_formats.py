"""What other tools read. The oracle is such a tool, where it is installed, else the files' form."""

import json
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import tokenizers
import torch

from seq_models import END, PAD, START, UNKNOWN
from seq_models.loaded import LoadedTranslator
from seq_models.tokenizer import SPECIAL, Tokenizer
from seq_models.translate import limit, source_ids, translate
from seq_models.translate import read as forced
from tests.folders import LINES, write_model
from tests.tiny import close, targets, words
from train.engine.opening import open_folder
from train.formats.ctranslate import write_ctranslate2
from train.formats.marian import write_marian
from train.formats.text import write_tokenizer
from train.formats.translators import exportable

ROOT = Path(__file__).parents[3]
WIDTHS = (1, 4)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> LoadedTranslator:
    """A tiny Transformer translator with random parameters."""
    folder = tmp_path_factory.mktemp("ours")
    write_model(folder, "transformer")
    return exportable(open_folder(folder))


@pytest.fixture(scope="module")
def marian(ours: LoadedTranslator, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the library `transformers` reads."""
    folder = tmp_path_factory.mktemp("marian")
    write_marian(folder, ours)
    return folder


def found(ours: LoadedTranslator, text: str, width: int) -> list[int]:
    """The tokens of our translation, by the rule that all tools have."""
    (search,) = translate(ours.model, ours.tokenizer, text, width, stop="width_finished")
    return list(search.hypotheses[0].tokens)


def test_every_parameter_goes_to_marian_once_and_whole(
    ours: LoadedTranslator, marian: Path
) -> None:
    saved = safetensors.torch.load_file(marian / "model.safetensors")
    count = sum(parameter.numel() for parameter in ours.model.parameters())
    assert sum(tensor.numel() for tensor in saved.values()) == count
    for stack, attentions in (
        ("encoder", ["self_attn"]),
        ("decoder", ["self_attn", "encoder_attn"]),
    ):
        layer = {
            n.removeprefix(f"model.{stack}.layers.1.") for n in saved if f"{stack}.layers.1" in n
        }
        parts = [f"{a}.{p}_proj" for a in attentions for p in ("q", "k", "v", "out")]
        parts += [f"{a}_layer_norm" for a in [*attentions, "final"]] + ["fc1", "fc2"]
        assert layer == {f"{part}.{kind}" for part in parts for kind in ("weight", "bias")}


def test_marians_word_vectors_have_the_sines_first(ours: LoadedTranslator, marian: Path) -> None:
    saved = safetensors.torch.load_file(marian / "model.safetensors")
    own = ours.model.decoder.embedding.token.weight
    close(saved["model.shared.weight"], torch.cat([own[:, 0::2], own[:, 1::2]], dim=1))


def test_marians_config_says_how_ours_computes(ours: LoadedTranslator, marian: Path) -> None:
    told = json.loads((marian / "config.json").read_text())
    assert (told["model_type"], told["activation_function"]) == ("marian", "relu")
    assert told["scale_embedding"]
    assert told["tie_word_embeddings"]
    assert told["d_model"] == ours.config["arguments"]["embed_size"]
    special = [told[f"{name}_token_id"] for name in ("pad", "decoder_start", "eos")]
    assert special == [PAD, START, END]


@pytest.mark.parametrize(
    "text",
    [
        "Où est la gare ?",
        " le  chat\u00a0est\u200b là ",
        "Il pleut\ufe0f.",
        "L\u2019e\u0301te\u0301 \u2014 « oui » !",
        "<<Non>>, ",
    ],
)
def test_the_written_tokenizer_alone_reads_as_ours(text: str, tmp_path: Path) -> None:
    ours = Tokenizer.load(ROOT / "weights/transformer-translator/tokenizer.json")
    write_tokenizer(tmp_path, ours)
    alone = tokenizers.Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    read = alone.encode(text).ids
    assert read == source_ids(ours, text)
    assert alone.decode(read) == ours.decode(read)


def test_transformers_computes_and_finds_the_same(ours: LoadedTranslator, marian: Path) -> None:
    transformers = pytest.importorskip("transformers", reason="needs requirements-bench.txt")
    model: Any = transformers.AutoModelForSeq2SeqLM.from_pretrained(marian).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(marian)
    assert tokenizer("cat").input_ids[-1] == tokenizer.eos_token_id == END
    source, target = words(6, 3), targets(2, 5)
    with torch.no_grad():
        seen = {"input_ids": source, "attention_mask": source != PAD}
        logits = model(**seen, decoder_input_ids=target).logits
        close(logits, ours.model(source, target), within=1e-4)
    for text in LINES:
        ids = torch.tensor([source_ids(ours.tokenizer, text)])
        for width in WIDTHS:
            most = limit(ids.size(1))
            rule = {"early_stopping": True} if width > 1 else {}
            told = model.generate(ids, num_beams=width, max_new_tokens=most, **rule)
            assert told[0, 1:].tolist() == found(ours, text, width)


def test_ctranslate2_finds_the_same(ours: LoadedTranslator, tmp_path: Path) -> None:
    ctranslate2 = pytest.importorskip("ctranslate2", reason="needs requirements-bench.txt")
    write_ctranslate2(tmp_path / "fast", ours)
    translator = ctranslate2.Translator(str(tmp_path / "fast"), intra_threads=1)
    alone = tokenizers.Tokenizer.from_file(str(tmp_path / "fast/tokenizer.json"))
    never = [[SPECIAL[number]] for number in (PAD, START, UNKNOWN)]
    for text in LINES:
        read = list(map(alone.id_to_token, source_ids(ours.tokenizer, text)))
        for width in WIDTHS:
            (told,) = translator.translate_batch(
                [read], beam_size=width, max_decoding_length=limit(len(read)),
                min_decoding_length=1, suppress_sequences=never, return_end_token=True,
            )  # fmt: skip
            tokens = found(ours, text, width)
            assert list(map(alone.token_to_id, told.hypotheses[0])) == tokens
        (scored,) = translator.score_batch([read], [told.hypotheses[0][:-1]])
        wanted = torch.tensor(forced(ours.model, ours.tokenizer, text, tokens).log_probabilities)
        close(torch.tensor(scored.log_probs)[:-1], wanted[:-1], within=1e-4)  # one may be cut
