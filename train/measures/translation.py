"""How good translations are: BLEU and chrF, by sacrebleu with its default settings.

They compare detokenised, cased text with what people wrote.
M. Post, 2018, https://arxiv.org/abs/1804.08771
"""

import time
from collections.abc import Sequence
from typing import Any

import sacrebleu

from seq_models.beam import Search
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import translate
from train.engine.data import by_length
from train.engine.shards import merged, share, together

ROWS = 64  # sentences decoded at once


def evaluate_translator(
    model: Seq2Seq,
    tokenizer: Tokenizer,
    pairs: Sequence[tuple[str, str]],
    beam: int = 1,
    length_penalty: float = 1.0,
) -> dict[str, Any]:
    """BLEU and chrF (0..100) of the model's translations of `pairs`, and the time it took."""
    started = time.monotonic()
    sources = [source for source, _ in pairs]
    found = translations(model, tokenizer, sources, beam, length_penalty)
    return {
        **scores(found, [target for _, target in pairs]),
        "sentences": len(pairs),
        "seconds": round(time.monotonic() - started, 1),
    }


def scores(found: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """BLEU and chrF (0..100) of translations."""
    return {
        "bleu": round(sacrebleu.corpus_bleu(found, [wanted]).score, 2),
        "chrf": round(sacrebleu.corpus_chrf(found, [wanted]).score, 2),
    }


def translations(
    model: Seq2Seq, tokenizer: Tokenizer, sources: Sequence[str], beam: int, length_penalty: float
) -> list[str]:
    """The best translation of each source, in their order; each process works on its share."""
    own = share(sources)
    lengths = [len(ids) for ids in tokenizer.encode_many(own)]
    found = [""] * len(own)
    for group in by_length(lengths, ROWS):
        texts = [own[index] for index in group]
        searches = translate(model, tokenizer, texts, beam, length_penalty)
        for index, search in zip(group, searches, strict=True):
            found[index] = detokenized(tokenizer, search)
    return merged(together(found))


def detokenized(tokenizer: Tokenizer, search: Search) -> str:
    """The best translation of a search, as text."""
    return tokenizer.decode(search.hypotheses[0].tokens)
