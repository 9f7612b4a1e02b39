"""How near a translation is to another: BLEU and chrF as everybody counts them, by sacrebleu.

K. Papineni et al., 2002, https://aclanthology.org/P02-1040
M. Popović, 2015, https://aclanthology.org/W15-3049
M. Post, 2018, https://aclanthology.org/W18-6319
"""

from collections.abc import Sequence
from typing import Any

from sacrebleu import BLEU, CHRF, sentence_bleu, sentence_chrf


def chrf(text: str, reference: str) -> float:
    """The F-score of shared letter groups, 0..100."""
    return float(sentence_chrf(text, [reference]).score)


def bleu(text: str, reference: str) -> float:
    """The BLEU of one sentence, 0..100, smoothed: two short ones share few groups of four words."""
    return float(sentence_bleu(text, [reference]).score)


def corpus(texts: Sequence[str], references: Sequence[str]) -> dict[str, Any]:
    """BLEU and chrF (0..100) of all texts together, and the signatures that make them comparable.

    Keys: lines, bleu, bleu_signature, chrf, chrf_signature.
    """
    bleu, chrf = BLEU(), CHRF()
    return {
        "lines": len(texts),
        "bleu": float(bleu.corpus_score(texts, [references]).score),
        "bleu_signature": str(bleu.get_signature()),
        "chrf": float(chrf.corpus_score(texts, [references]).score),
        "chrf_signature": str(chrf.get_signature()),
    }
