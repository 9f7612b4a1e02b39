"""Words as typed: they spell the text, each as likely as its pieces together."""

import numpy as np
import pytest

from playground.reading.models import TRANSLATORS
from playground.reading.translating import load
from playground.reading.whole_words import whole_words

TEXTS = ["She's better.", "I don't know, he'd said.", 'He said "it\'s his".', "The dogs' food."]


@pytest.mark.parametrize("model", TRANSLATORS)
@pytest.mark.parametrize("text", TEXTS)
def test_words_spell_the_text_and_are_as_likely_as_their_pieces(model: str, text: str) -> None:
    _, tokenizer = load(model)
    ids = tokenizer.encode(text)
    shares = np.linspace(0.9, 0.3, len(ids))
    found = whole_words(tokenizer, ids, shares)
    assert "".join(found.words) == text.replace(" ", "")
    assert found.probabilities.prod() == pytest.approx(shares.prod())


def test_an_apostrophe_between_letters_is_in_its_word_and_no_other_mark_is() -> None:
    _, tokenizer = load("transformer")
    ids = [*tokenizer.encode("She's here, isn't she?"), 2]
    found = whole_words(tokenizer, ids, np.ones(len(ids)))
    assert found.words == ["She's", "here", ",", "isn't", "she", "?", "⟨end⟩"]
