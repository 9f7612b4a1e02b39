"""What a language model expects after each word of a text, and the memory it expects it from."""

from playground.reading.expectation import Expectation as Trace
from playground.reading.expectation import expect
from playground.reading.models import LANGUAGE_MODELS
from playground.reading.words import opened
from seq_models.language_model import LanguageModel

MODELS = {name: model.folder for name, model in LANGUAGE_MODELS.items()}
PARTS = (LanguageModel.forward, LanguageModel.score)  # what computes this tab's first figures


def explain(text: str, model: str = "gru") -> Trace:
    """Read the text with the model "rnn", "gru", "lstm" or "transformer".

    Raises ValueError, in a sentence for a person, for bad text.
    """
    return expect(text, model)


def step_back(text: str, model: str = "gru") -> str:
    """The text without its last token; of a single one, that one stays. Raises as `explain`."""
    tokens = opened(text, model).tokens
    return "".join(token.text for token in tokens[:-1] or tokens).rstrip()
