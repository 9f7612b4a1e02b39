"""What is expected after each word: the oracles are the model, stepped, and the evaluation."""

import json
import math

import numpy as np
import pytest
import torch

from playground.next_word.predict.explain import explain
from playground.reading import words
from playground.reading.models import LANGUAGE_MODELS
from playground.reading.text import MOST_CHARACTERS, tokens_of
from seq_models import END, START, checkpoint
from seq_models.tokenizer import Tokenizer
from train.measures.next_word import evaluate_language_model

TEXT = "The old man sat down by the fire and"
BAD = {
    "": "no text",
    " \n\t ": "no text",
    "a b " * 2_500: "10,000 characters",
    "x" * 5_000: "5,000 characters",
    "Je\0 pars": "U\\+0000",
    "Je\x07 pars": "U\\+0007",
    "Je\ud800": "U\\+D800",
}


@pytest.mark.parametrize("model", LANGUAGE_MODELS)
def test_surprisal_is_the_log_probability_of_each_word_given_those_before(model: str) -> None:
    """Oracle: the model stepped word by word."""
    trace = explain(TEXT, model)
    network, tokenizer = words.load(model)
    device = next(network.parameters()).device
    state, last, bits = network.start(), torch.tensor([START], device=device), []
    for number in tokenizer.encode(TEXT):
        logits, state, memory = network.step(last, state)
        bits.append(-logits[0].log_softmax(-1)[number].item() / math.log(2))
        last = torch.tensor([number], device=device)
    logits, _, memory = network.step(last, state)
    np.testing.assert_allclose(trace.surprisal_bits, bits, atol=1e-4)
    np.testing.assert_allclose(trace.memory[-1], memory[0].cpu().numpy(), atol=1e-5)
    likeliest = logits[0].softmax(-1)
    assert trace.next_probabilities[0] == pytest.approx(likeliest.max().item(), abs=1e-5)
    assert "".join(trace.tokens) == TEXT


@pytest.mark.parametrize("model", LANGUAGE_MODELS)
@pytest.mark.parametrize("text", [TEXT, "The Zzyzxq sang, and", "No"])
def test_with_the_end_counted_perplexity_is_the_one_that_evaluation_computes(
    model: str, text: str
) -> None:
    network, tokenizer = words.load(model)
    expected = evaluate_language_model(network, tokenizer, [text])["perplexity"]
    assert round(explain(text, model).perplexity_ended, 2) == pytest.approx(expected, abs=0.0101)


def test_perplexity_is_two_to_the_mean_surprisal_with_and_without_the_end() -> None:
    trace = explain(TEXT, "gru")
    assert trace.perplexity == pytest.approx(2 ** trace.surprisal_bits.mean())
    ended = [*trace.surprisal_bits, trace.end_bits]
    assert trace.perplexity_ended == pytest.approx(2 ** np.mean(ended))
    network, _, _, ids, _ = words.opened(TEXT, "gru")
    with torch.inference_mode():
        end = -network(ids)[0][0, -1].log_softmax(-1)[END].item() / math.log(2)
    assert trace.end_bits == pytest.approx(end, abs=1e-4)


def test_the_answer_is_plain_json_with_every_number_of_its_sentences() -> None:
    trace = explain(TEXT)
    told = trace.to_json()
    assert json.loads(json.dumps(told)) == told
    assert type(told["entropy_bits"]) is type(told["perplexity"]) is float
    assert told["perplexity_ended"] == trace.perplexity_ended
    assert told["equally_likely"] == pytest.approx(2 ** told["entropy_bits"])


def test_a_continuation_goes_on_with_its_word_and_a_mark_has_none() -> None:
    trace = explain("My name is", "gru")
    pairs = list(zip(trace.next_words, trace.continuations, strict=True))
    assert ("⟨unknown⟩", "") in pairs
    for word, text in pairs:
        assert text.endswith(word) or (text == "" and word.startswith("⟨"))
        assert not text or explain(text).tokens[:3] == trace.tokens


def test_unknown_words_are_marked_and_kept_as_typed() -> None:
    trace = explain("The Zzyzxq sang")
    assert trace.tokens == ["The", " Zzyzxq", " sang"]
    assert trace.known[:2] == [True, False]


@pytest.mark.parametrize("text", BAD)
def test_bad_text_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=BAD[text]):
        explain(text)


def test_what_is_no_text_and_no_model_is_named() -> None:
    with pytest.raises(ValueError, match="one string"):
        explain(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no model 'lost'"):
        explain("a", "lost")


@pytest.mark.parametrize("text", ["我爱你", "😀😀", "<b>Je</b> <script>alert(1)</script> pars",
                                  "${alert(1)} {{value}}", "Je ⟨end⟩ pars"])  # fmt: skip
def test_other_scripts_and_markup_are_text_like_any_other(text: str) -> None:
    assert "".join(explain(text).tokens) == text


def test_tokens_of_a_long_text_stop_at_the_limit() -> None:
    tokenizer = checkpoint.load("next-word-gru").tokenizer
    assert isinstance(tokenizer, Tokenizer)
    with pytest.raises(ValueError, match="at most 160"):
        tokens_of(tokenizer, "a " * (MOST_CHARACTERS // 2))


def test_a_text_that_is_longer_once_mended_is_not_too_long() -> None:
    text = ("dont " * 40 + "wonderfully " * 90)[:MOST_CHARACTERS].strip()
    assert len("".join(explain(text).tokens)) > MOST_CHARACTERS
