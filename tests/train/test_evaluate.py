"""Measures against plain counting: a model stepped word by word, sacrebleu asked directly."""

import gzip
import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sacrebleu
import torch

from seq_models import END, START, UNKNOWN
from seq_models.tokenizer import train_pieces, train_words
from tests.tiny import VOCABULARY, model
from train.evaluate import (
    evaluate_language_model,
    evaluate_translator,
    judged,
    scores,
    translations,
)

LINES = ["the cat sees the house.", "a bird hears us!", "the zebra sees a tree, the cat hears it."]
WORDS = train_words(["the cat sees the house. a bird hears us!"] * 2, VOCABULARY)
PIECES = train_pieces(["le chat est là", "the cat is here"], VOCABULARY)
PAIRS = [("le chat", "the cat"), ("est là", "is here"), ("le", "the"), ("chat le là", "cat the")]
ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["rnn", "gru"])
def test_perplexity_and_hits_are_those_of_reading_word_by_word(name: str) -> None:
    network = model(name)
    with torch.no_grad():
        network.bias[UNKNOWN] += 5  # often the likeliest of all
    nats, total, first, five, words, unknown = 0.0, 0, 0, 0, 0, 0
    for line in LINES:
        tokens = WORDS.tokens(line)
        state, last = network.start(), torch.tensor([START])
        for token in [*tokens, None]:
            logits, state, _ = network.step(last, state)
            number = END if token is None else token.id
            nats -= logits[0].log_softmax(-1)[number].item()
            total += 1
            if token is not None and any(c.isalnum() for c in token.text):
                words += 1
                logits[0, UNKNOWN] = float("-inf")  # never offered
                best = logits[0].topk(5).indices.tolist()
                unknown += number == UNKNOWN
                first += number != UNKNOWN and number == best[0]
                five += number != UNKNOWN and number in best
            last = torch.tensor([number])
    measured = evaluate_language_model(network, WORDS, LINES)
    assert measured["perplexity"] == pytest.approx(math.exp(nats / total), rel=1e-3)
    assert (measured["words"], measured["unknown"]) == (words, unknown)
    assert measured["top1"] == pytest.approx(first / words, abs=1e-4)
    assert measured["top5"] == pytest.approx(five / words, abs=1e-4)
    assert unknown > 0


def test_the_mark_of_unknown_words_takes_no_place_among_the_offered_ones() -> None:
    table = torch.tensor([[0.0, 0.0, 0.0, 0.5, 0.3, 0.2]]).log()
    nats, rank = judged(table, torch.tensor([4]))
    assert rank.tolist() == [0]
    assert nats.item() == pytest.approx(-math.log(0.3))


def test_translations_come_back_in_the_order_of_their_sources() -> None:
    network = model("transformer")
    sources = ["chat", "le chat est là le chat", "le", "est là chat"]
    together = translations(network, PIECES, sources, beam=2, length_penalty=1.0)
    assert together == [translations(network, PIECES, [s], 2, 1.0)[0] for s in sources]


def test_a_translator_is_scored_as_sacrebleu_scores_its_text() -> None:
    network = model("attention")
    sources, references = map(list, zip(*PAIRS, strict=True))
    own = translations(network, PIECES, sources, 1, 1.0)
    perfect = evaluate_translator(network, PIECES, list(zip(sources, own, strict=True)))
    measured = evaluate_translator(network, PIECES, PAIRS)
    wanted = sacrebleu.corpus_chrf(own, [references]).score
    assert perfect["chrf"] == pytest.approx(100)
    assert measured["chrf"] == pytest.approx(wanted, abs=0.01)
    assert measured["sentences"] == 4


def test_bleu_is_sacrebleus_of_cased_text() -> None:
    """Oracle: sacrebleu; sentences of four words at least, since BLEU counts words in fours."""
    wanted = ["The cat is here today.", "A bird hears us sing at night."]
    found = ["The cat was here today.", "A bird hears us sing at dawn."]
    expected = sacrebleu.corpus_bleu(found, [wanted]).score
    assert 0 < expected < 100
    assert scores(found, wanted)["bleu"] == pytest.approx(expected, abs=0.01)
    assert scores(wanted, wanted)["bleu"] == 100
    assert scores([text.lower() for text in wanted], wanted)["bleu"] < 100


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
