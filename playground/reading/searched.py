"""A sentence's search, remembered for a while: several instruments ask for the same one."""

from functools import lru_cache

from seq_models.beam import Search, Stop
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import translate

REMEMBERED = 32  # searches


@lru_cache(maxsize=REMEMBERED, typed=True)
def searched(
    network: Seq2Seq,
    tokenizer: Tokenizer,
    text: str,
    width: int = 1,
    length_penalty: float = 1.0,
    stop: Stop = "nothing_alive_can_win",
) -> Search:
    """`translate` of one text. What it gives is everybody's: it is read and never changed."""
    (search,) = translate(network, tokenizer, [text], width, length_penalty, stop)
    return search
