"""What a language model expects after each word of a text.

    surprisal(word) = -log2 P(word | words before),  perplexity = 2^(mean surprisal)

C. Shannon, 1948, https://doi.org/10.1002/j.1538-7305.1948.tb01338.x
"""

from playground.next_word.shared import MODEL
from playground.reading.expectation import Expectation, expect
from playground.settings import AS_TYPED

Trace = Expectation  # what every instrument of this tab begins with


def explain(text: str, model: str = MODEL.default, as_typed: bool = AS_TYPED.default) -> Trace:
    """What a language model expects after each word of an English text.

    Args:
        text: English words, at most 1,000 characters and 160 words or pieces.
        model: "rnn" (plain), "gru" (gated), "lstm" or "transformer".
        as_typed: true mends neither capitals nor accents.

    Returns:
        model, tokens (as typed), known, surprisal_bits of each, perplexity, end_bits (surprisal of
        the end after the text), perplexity_ended (with the end counted), entropy_bits of the next
        word, equally_likely (how many equally likely words would leave it as open), and next: the
        likeliest words and ⟨marks⟩ with their probabilities.
        Where the text was mended, notes say how it was read.

    Raises ValueError, in a sentence, for bad text.
    """
    return expect(text, model, as_typed)
