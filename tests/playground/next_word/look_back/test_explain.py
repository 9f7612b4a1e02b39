"""Looking back: the oracles are the shorter sentence, and a finite difference."""

import copy
import json
import math
from itertools import permutations

import numpy as np
import pytest
import torch

from playground.next_word.look_back.explain import COUNT, ROWS, compared, explain, ranks
from playground.reading.expectation import expect
from playground.reading.models import LANGUAGE_MODELS
from playground.reading.words import load, opened, word_of
from seq_models import START
from seq_models.language_model import LanguageModel
from seq_models.tokenizer import Tokenizer

TEXT = "The old man sat down by the fire and"
MODELS = (*LANGUAGE_MODELS, "tiny")
pytestmark = pytest.mark.usefixtures("tiny")


def number_of(model: str, word: str) -> int:
    """A word's number in a model's vocabulary."""
    (token,) = load(model)[1].tokens(word)
    return token.id


@pytest.mark.parametrize("model", MODELS)
def test_leaving_a_word_out_is_running_the_sentence_without_it(model: str) -> None:
    """Oracle: one pass for each shorter sentence."""
    word = "the"
    trace = explain(TEXT, model, word)
    network, _, _, ids, _ = opened(TEXT, model)
    number = number_of(model, word)

    def bits(row: list[int]) -> float:
        with torch.inference_mode():
            logits, _, _ = network(torch.tensor([row], device=ids.device))
        return logits[0, -1].log_softmax(-1)[number].item() / math.log(2)

    whole = ids[0].tolist()
    expected = [bits(whole) - bits(whole[:t] + whole[t + 1 :]) for t in range(1, len(whole))]
    np.testing.assert_allclose(trace.left_out, expected, atol=1e-4)
    assert trace.probability == pytest.approx(2 ** bits(whole), rel=1e-4)


@pytest.mark.parametrize("model", MODELS)
def test_the_gradient_is_what_a_small_step_along_each_vector_changes(model: str) -> None:
    """Oracle: a central difference, in double precision."""
    reading = opened(TEXT, model)
    number = number_of(model, "the")
    told = explain(TEXT, model, "the").gradient
    step, network = 1e-4, double(reading.network)
    vectors = network.embed(reading.ids.clone()).detach()
    for place in range(1, reading.ids.size(1)):
        moved = torch.zeros_like(vectors)
        moved[0, place] = vectors[0, place]
        with torch.inference_mode():
            up, down = (
                exact(network, vectors + sign * step * moved)[number].item() for sign in (1, -1)
            )
        assert told[place - 1] == pytest.approx((up - down) / (2 * step), abs=1e-3)


def double(network: LanguageModel) -> LanguageModel:
    """The same model in double precision, apart from the one that serves."""
    return copy.deepcopy(network).double()


def exact(network: LanguageModel, vectors: torch.Tensor) -> torch.Tensor:
    """log2 P (V,) after words with these vectors."""
    memory, _ = network.network.read(vectors)
    return network.score(memory)[0, -1].log_softmax(-1) / math.log(2)


@pytest.mark.parametrize("model", MODELS)
def test_without_its_only_word_a_text_is_the_start_alone(model: str) -> None:
    trace = explain("the", model)
    network, tokenizer = load(model)
    number = next(n for n in range(tokenizer.vocab_size) if word_is(tokenizer, n, trace.word))
    with torch.inference_mode():
        alone, _, _ = network(torch.tensor([[START]], device=next(network.parameters()).device))
    bits = alone[0, -1].log_softmax(-1)[number].item() / math.log(2)
    assert trace.left_out.tolist() == [pytest.approx(math.log2(trace.probability) - bits, abs=1e-4)]
    assert trace.rank_correlation is trace.disagreement is None


def word_is(tokenizer: Tokenizer, number: int, word: str) -> bool:
    return word_of(tokenizer, number) == word


def test_a_mark_is_not_among_the_likeliest_though_it_may_be_named() -> None:
    finished = explain("I saw a dog.")
    assert len(finished.likeliest) == COUNT
    assert not any(word.startswith("⟨") for word in finished.likeliest)
    assert explain("I saw a dog.", word="⟨end⟩").probability > finished.probability


def test_without_a_word_named_it_is_the_likeliest_that_may_be_written() -> None:
    for text in (TEXT, "My name is", "The Zzyzxq"):
        trace = explain(text, "gru")
        expected = [w for w in expect(text, "gru").next_words if w != "⟨unknown⟩"]
        assert trace.word == expected[0]


@pytest.mark.parametrize("word", [",", ".", "⟨end⟩", "fire", " fire "])
def test_any_entry_of_the_vocabulary_can_be_asked_for(word: str) -> None:
    assert explain(TEXT, "gru", word).word == word.strip()


@pytest.mark.parametrize("word", ["Zzyzxq", "the fire", " ", "⟨unknown⟩", "⟨start⟩", "x" * 999])
def test_a_word_that_the_model_does_not_have_is_named(word: str) -> None:
    with pytest.raises(ValueError, match="has no word .* please choose another"):
        explain(TEXT, "gru", word)
    with pytest.raises(ValueError, match="as a text, not 3"):
        explain(TEXT, "gru", 3)  # type: ignore[arg-type]


def test_a_rank_correlation_is_spearmans() -> None:
    """Oracle: 1 - 6 sum d^2 / (n (n^2 - 1)), where no ranks are equal."""
    one = np.array([0.1, 0.2, 0.3, 0.4])
    for order in permutations(range(4)):
        other = one[list(order)]
        distance = sum((a - b) ** 2 for a, b in enumerate(order))
        found, place = compared(one, other)
        assert found == pytest.approx(1 - 6 * distance / (4 * 15))
        gaps = [abs(a - b) for a, b in enumerate(order)]
        alone = gaps.count(max(gaps)) == 1
        assert place == (gaps.index(max(gaps)) if alone else None)


def test_equal_values_share_their_rank_and_where_all_are_equal_nothing_is_ranked() -> None:
    assert ranks(np.array([2.0, 1.0, 2.0, 5.0])).tolist() == [1.5, 0.0, 1.5, 3.0]
    assert compared(np.zeros(3), np.arange(3.0)) == (None, None)


@pytest.mark.parametrize("model", MODELS)
def test_looking_back_leaves_no_gradient_on_the_model(model: str) -> None:
    told = explain(TEXT, model).to_json()
    assert all(p.grad is None for p in load(model)[0].parameters())
    assert json.loads(json.dumps(told)) == told


def test_a_long_text_is_left_out_of_word_by_word_in_several_batches() -> None:
    text = "the cat and " * 14
    trace = explain(text, "rnn")
    assert len(trace.left_out) == len(trace.tokens) > ROWS


@pytest.mark.parametrize("model", ["gru", "transformer"])
@pytest.mark.parametrize("text", ["No...", "(", "She said"])
def test_what_could_come_next_is_offered_under_different_names(model: str, text: str) -> None:
    found = explain(text, model).likeliest
    assert len(found) == len(set(found)) == COUNT
