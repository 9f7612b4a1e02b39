"""Scores of translations: sacrebleu asked directly, each source's own translation in its place."""

import pytest
import sacrebleu

from seq_models.tokenizer import train_pieces
from tests.tiny import VOCABULARY, model
from train.measures.translation import evaluate_translator, scores, translations

PIECES = train_pieces(["le chat est là", "the cat is here"], VOCABULARY)
PAIRS = [("le chat", "the cat"), ("est là", "is here"), ("le", "the"), ("chat le là", "cat the")]


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
