"""BPE-dropout: other pieces of the same words; without it, the very pieces of the library."""

import pytest

from seq_models.tokenizer import Tokenizer, train_pieces, train_words, with_whole_words
from tests.tiny import sentences
from train.engine.subwords import Subwords

TEXTS = [side for pair in sentences() for side in pair]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_pieces(TEXTS, 160)


def test_without_dropout_it_reads_as_the_tokenizer_does(tokenizer: Tokenizer) -> None:
    texts = [*TEXTS, "Été, l'œuf 1998 !", "Zürich", ""]
    assert Subwords(tokenizer, 0.0, 1).encode_many(texts) == tokenizer.encode_many(texts)


def test_a_whole_word_is_left_whole_or_read_in_its_pieces(tokenizer: Tokenizer) -> None:
    whole = with_whole_words(tokenizer, ["hedgehog"], tokenizer.vocab_size + 1)
    texts = [*TEXTS, "hedgehog", "a hedgehog"]
    assert Subwords(whole, 0.0, 1).encode_many(texts) == whole.encode_many(texts)
    read = Subwords(whole, 0.5, 1)
    kept = sum(read.pieces("▁hedgehog") == ["▁hedgehog"] for _ in range(400))
    assert 140 < kept < 260
    assert "".join(Subwords(whole, 1.0, 1).pieces("▁hedgehog")) == "▁hedgehog"


def test_with_dropout_the_words_stay_and_the_pieces_are_more(tokenizer: Tokenizer) -> None:
    plain = tokenizer.encode_many(TEXTS)
    dropped = Subwords(tokenizer, 0.3, 1).encode_many(TEXTS)
    assert list(map(tokenizer.decode, dropped)) == list(map(tokenizer.decode, plain))
    assert sum(map(len, dropped)) > sum(map(len, plain))
    letters = Subwords(tokenizer, 1.0, 1).pieces("▁word")
    assert letters == list("▁word")


def test_a_seed_determines_the_pieces(tokenizer: Tokenizer) -> None:
    one, same, other = (Subwords(tokenizer, 0.3, seed).encode_many(TEXTS) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_whole_words_have_nothing_to_join() -> None:
    assert train_words(TEXTS, 60).merges() == []
