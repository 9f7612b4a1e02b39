"""Many texts translated at once, where GPUs are lent: on one for the time of the call.

On ZeroGPU, Spaces of the Hugging Face Hub, CUDA pretends to be everywhere but works only inside of
functions that `spaces.GPU` decorates, and each call waits for its turn. So models stay on the CPU
there (`seq_models.device`), where a sentence takes milliseconds, and only what takes many is
worth the wait. Anywhere else the same function runs where the models are.

https://huggingface.co/docs/hub/spaces-zerogpu
"""

import copy
import importlib
import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from playground.reading.translating import load
from seq_models.device import gpus_are_lent
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import translate

SECONDS = 30  # that a call may take
FEW, MANY = 16, 128  # texts of a call: few, so that whoever else asks waits little; many on a GPU

log = logging.getLogger(__name__)
Function = TypeVar("Function", bound=Callable[..., Any])


def lent(function: Function) -> Function:
    """The function with a GPU of its own in each call, where GPUs are lent."""
    if not gpus_are_lent():
        return function
    found: Function = importlib.import_module("spaces").GPU(function, duration=SECONDS)
    return found


@lent
def on_gpu(model: str, texts: Sequence[str], width: int) -> list[str]:
    """`translations` on a GPU that is lent for them."""
    network, tokenizer = load(model)
    there = copy.deepcopy(network).to("cuda")  # a worker's memory is its own, and goes with it
    return best(there, tokenizer, texts, width)


def translations(model: str, texts: Sequence[str], width: int) -> list[str]:
    """What a translator, by its short name, writes for each text, all in one batch.

    If no GPU can be had that might be, the CPU does it.
    """
    if gpus_are_lent() and len(texts) > FEW:
        try:
            return on_gpu(model, texts, width)
        except Exception as error:  # no GPU is free, a quota is used up, the time is over
            log.warning("no GPU was lent (%s): the CPU translates", error)
    return best(*load(model), texts, width)


def best(network: Seq2Seq, tokenizer: Tokenizer, texts: Sequence[str], width: int) -> list[str]:
    """The best translation of each text."""
    searches = translate(network, tokenizer, texts, width)
    return [tokenizer.decode(search.hypotheses[0].tokens) for search in searches]


def rows() -> int:
    """How many texts one call should have."""
    return MANY if gpus_are_lent() else FEW
