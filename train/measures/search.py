"""How well beam search searches: what it misses, and what a wider beam brings.

A text is missed if the model finds another one likelier than the likeliest that the beam finished;
exact search finds that other one, or proves that there is none.
F. Stahlberg and B. Byrne, 2019, https://aclanthology.org/D19-1331
"""

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sacrebleu
import torch

from seq_models import END
from seq_models.exact import exact_search
from seq_models.manifest import fingerprint
from seq_models.replacing import replace_text
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import NEVER_WRITTEN, limit, read, source_ids, translate
from train.engine.shards import from_main, merged, place, share, together
from train.measures.translation import translations

BEAM = 4
MOST = 4_000  # expansions of one exact search
SAME = 1e-3  # nats: two ways to compute one log-probability differ by less
WIDTHS = (1, 2, 4, 8, 16, 32)
PENALTIES = (0.0, 1.0)  # powers of the length

Note = dict[str, Any]


def exact_rates(
    model: Seq2Seq, tokenizer: Tokenizer, texts: Sequence[str], notes: Path
) -> dict[str, Any]:
    """The shares (0..1) of texts that the beam missed, and where the empty one is likeliest.

    notes: a line of JSON for each text that is done, one file a process; a measurement that was
    stopped goes on after them. Raises ValueError if they are of other texts.
    """
    own, (rank, world) = share(texts), place()
    path = notes.with_suffix(f".{rank}-{world}.jsonl")
    done = noted(path)
    if [note["text"] for note in done] != list(own[: len(done)]):
        raise ValueError(f"{path} is of other texts; delete it")
    for text in own[len(done) :]:
        done.append({"text": text, **searched(model, tokenizer, text)})
        note(path, done[-1])
    return rates(merged(together(done)))


def noted(path: Path) -> list[Note]:
    """What was noted before; a line that was cut off is taken away."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        replace_text(path, whole)
    return [json.loads(line) for line in whole.splitlines()]


def note(path: Path, found: Note) -> None:
    """Note what was found, so that it isn't measured again."""
    with path.open("a", encoding="utf-8") as file:
        print(json.dumps(found), file=file)


def searched(model: Seq2Seq, tokenizer: Tokenizer, text: str) -> Note:
    """The log-probabilities (nats) of the beam's likeliest text, the empty one and the likeliest.

    "proved": exact search went through all that could have been likelier.
    """
    device = next(model.parameters()).device
    ids = source_ids(tokenizer, text)
    (search,) = translate(model, tokenizer, [text], BEAM, 0.0)
    beam = search.hypotheses[0].log_probability
    empty = sum(read(model, tokenizer, text, [END]).log_probabilities)
    with torch.inference_mode():
        state = model.start(torch.tensor([ids], device=device))
    proof = exact_search(
        model, state, limit(len(ids)), device, max(beam, empty) + SAME, MOST, NEVER_WRITTEN
    )
    best = max(beam, empty) if proof.best is None else proof.best.log_probability
    return {
        "beam": round(beam, 6),
        "empty": round(empty, 6),
        "best": round(best, 6),
        "expansions": proof.expansions,
        "proved": proof.proved,
    }


def rates(notes: Sequence[Note]) -> dict[str, Any]:
    """What the notes of all texts say together; of unproved ones only what is certain counts."""
    count = len(notes)
    missed = sum(note["best"] > note["beam"] + SAME for note in notes)
    empty = sum(
        note["proved"] and note["empty"] > note["beam"] + SAME and note["best"] <= note["empty"]
        for note in notes
    )
    return {
        "sentences": count,
        "beam": BEAM,
        "missed": round(missed / count, 4),
        "empty_best": round(empty / count, 4),
        "proved": round(sum(note["proved"] for note in notes) / count, 4),
        "most_expansions": MOST,
    }


def by_width(
    model: Seq2Seq, tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]], notes: Path
) -> list[dict[str, Any]]:
    """BLEU (0..100) and the length (1: as long as the references) of wider and wider beams.

    notes: as of `exact_rates`, a line for each width and length penalty. Raises ValueError if
    they are of other pairs.
    """
    sources, wanted = [source for source, _ in pairs], [target for _, target in pairs]
    path, pairs_hash = notes.with_suffix(".width.jsonl"), fingerprint(json.dumps(pairs).encode())
    found = from_main(lambda: noted(path))
    if any(entry.pop("pairs") != pairs_hash for entry in found):
        raise ValueError(f"{path} is of other pairs; delete it")
    for width, penalty in list(itertools.product(WIDTHS, PENALTIES))[len(found) :]:
        texts = translations(model, tokenizer, sources, width, penalty)
        bleu = sacrebleu.corpus_bleu(texts, [wanted])
        entry = {"beam": width, "length_penalty": penalty, "sentences": len(pairs)}
        scored = {"bleu": round(bleu.score, 2), "length": round(bleu.sys_len / bleu.ref_len, 4)}
        found.append(entry | scored)
        if place()[0] == 0:
            note(path, found[-1] | {"pairs": pairs_hash})
    return found
