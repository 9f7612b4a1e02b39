"""The likeliest cut of a text: oracle, every way to cut it, read by the model in one pass."""

import copy
from collections.abc import Iterator

import pytest
import torch

from seq_models import END
from seq_models.checkpoint import load
from seq_models.cuts import likeliest_cut
from seq_models.models import build
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer, train_pieces
from seq_models.translate import read, source_ids, translate
from tests.tiny import CONFIGS, TRANSLATORS, sentences

TOKENIZER = train_pieces([side for pair in sentences() for side in pair], 90)
SOURCE = sentences()[0][1]


def network_of(name: str) -> Seq2Seq:
    """A tiny translator with random parameters and the vocabulary of `TOKENIZER`."""
    config = copy.deepcopy(CONFIGS[name])
    config["arguments"]["vocab_size"] = TOKENIZER.vocab_size
    torch.manual_seed(3)
    made = build(config).eval()
    assert isinstance(made, Seq2Seq)
    return made


def cuts(letters: str) -> Iterator[list[int]]:
    """Every way to write some letters in pieces of the vocabulary."""
    if not letters:
        yield []
    for size in range(1, len(letters) + 1):
        number = TOKENIZER.number(letters[:size])
        if number > 3:
            yield from ([number, *rest] for rest in cuts(letters[size:]))


def cut(network: Seq2Seq, tokenizer: Tokenizer, source: str, text: str, whole: bool) -> list[int]:
    device = next(network.parameters()).device
    with torch.inference_mode():
        state = network.start(torch.tensor([source_ids(tokenizer, source)], device=device))
    return likeliest_cut(network, state, tokenizer, text, device, whole)


@pytest.mark.parametrize("name", TRANSLATORS)
@pytest.mark.parametrize("whole", [True, False])
def test_no_other_cut_is_likelier(name: str, whole: bool) -> None:
    network = network_of(name)
    text = sentences()[0][0][:9].strip()
    letters = "".join(map(TOKENIZER.piece, TOKENIZER.encode(text)))
    last = [END] if whole else []

    def log_probability(tokens: list[int]) -> float:
        return sum(read(network, TOKENIZER, SOURCE, [*tokens, *last]).log_probabilities)

    every = list(cuts(letters))
    assert len(every) > 10
    found = cut(network, TOKENIZER, SOURCE, text, whole)
    assert found in every
    assert log_probability(found) == pytest.approx(max(map(log_probability, every)), rel=1e-5)


@pytest.mark.parametrize("name", ["transformer-translator", "attention-translator"])
def test_a_models_own_translation_is_cut_as_it_wrote_it_or_better(name: str) -> None:
    loaded = load(name)
    network, tokenizer = loaded.model, loaded.tokenizer
    assert isinstance(network, Seq2Seq)
    for source in ("Elle danse mieux que sa sœur.", "Ma sœur chantait.", "Où est la gare ?"):
        (search,) = translate(network, tokenizer, [source], 4)
        best = search.hypotheses[0]
        found = cut(network, tokenizer, source, tokenizer.decode(best.tokens), whole=True)
        total = sum(read(network, tokenizer, source, [*found, END]).log_probabilities)
        assert total >= best.log_probability - 1e-3


def test_signs_outside_the_vocabulary_leave_the_tokenizers_cut() -> None:
    network = network_of("transformer")
    assert cut(network, TOKENIZER, SOURCE, "東", whole=True) == TOKENIZER.encode("東")
    assert cut(network, TOKENIZER, SOURCE, "", whole=True) == []
