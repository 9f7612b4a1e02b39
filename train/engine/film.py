"""A translator's training as a film: at some moments the same six sentences, and BLEU.

    moments evenly in the logarithm of the steps, for most is learnt early

Nothing of it touches the training: no random number is drawn, and the model learns on as before.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from seq_models import END
from seq_models.manifest import fingerprint
from seq_models.replacing import replace_text
from seq_models.seq2seq import Seq2Seq
from seq_models.tokenizer import Tokenizer
from seq_models.translate import looked, read, translate
from train.engine.lines import Pair
from train.engine.writing import write_json
from train.measures.translation import evaluate_translator

FILE = "film.json"
MOMENTS = 40
LINES = 200  # of `valid`
SOON = 10  # steps that are told apart little
DIGITS = 3  # of a weight
SENTENCES = (
    ("Il pleut depuis ce matin.", "It has been raining since this morning."),
    ("Je t'aime.", "I love you."),
    ("Je n'ai pas faim.", "I'm not hungry."),
    ("Où est la gare ?", "Where is the station?"),
    ("Elle a une voiture rouge.", "She has a red car."),
    ("Si j'avais su, je serais venu plus tôt.", "Had I known, I would have come earlier."),
)
"""What it is asked at each moment, and a translation whose probability is followed."""


def moments(steps: int) -> list[int]:
    """At most 40 steps from 0 to the last, evenly in the logarithm."""
    ratio = ((steps + SOON) / SOON) ** (1 / (MOMENTS - 1))
    return sorted({round(SOON * ratio**n - SOON) for n in range(MOMENTS)} | {0, steps})


class Film:
    """Records a training; what it has so far stands in a file beside the model's folder."""

    def __init__(
        self, out: Path, tokenizer: Tokenizer, pairs: list[Pair], steps: int, resume: bool
    ) -> None:
        """pairs: `valid`. resume: go on with what was recorded before a kill."""
        self.path = out.with_name(f"{out.name}.{FILE}")
        self.tokenizer, self.pairs = tokenizer, pairs[:LINES]
        self.wanted = set(moments(steps))
        self.parameters = 0
        known = resume and self.path.exists()
        self.scenes: list[dict[str, Any]] = []
        if known:
            self.scenes = json.loads(self.path.read_text(encoding="utf-8"))

    def __call__(self, step: int, model: nn.Module) -> None:
        """Look at the model after so many steps, if that is a moment of the film."""
        self.parameters = sum(values.numel() for values in model.parameters())
        if step not in self.wanted or not isinstance(model, Seq2Seq):
            return
        training = model.training
        model.eval()
        random_numbers = torch.get_rng_state()
        scene = {
            "step": step,
            "bleu": evaluate_translator(model, self.tokenizer, self.pairs)["bleu"],
            "sentences": [self.scene(model, *pair) for pair in SENTENCES],
        }
        torch.set_rng_state(random_numbers)
        model.train(training)
        before = [one for one in self.scenes if one["step"] < step]
        self.scenes = [*before, scene]
        write_json(self.path, self.scenes)

    def scene(self, model: Seq2Seq, source: str, target: str) -> dict[str, Any]:
        """One sentence: its translation and where it looked; the known translation's log P."""
        (search,) = translate(model, self.tokenizer, [source])
        tokens = search.hypotheses[0].tokens
        written = read(model, self.tokenizer, source, tokens)
        known = [*self.tokenizer.encode(target), END]
        known_log_probabilities = read(model, self.tokenizer, source, known).log_probabilities
        weights = looked(written.decoder_weights)
        piece = self.tokenizer.piece
        return {
            "source": [piece(token) for token in [*self.tokenizer.encode(source), END]],  # S
            "written": [piece(token) for token in tokens],  # T
            "translation": self.tokenizer.decode(tokens),
            "log_probability": round(sum(written.log_probabilities), DIGITS),  # nats
            "known": [piece(token) for token in known],  # K
            "known_log_probabilities": [round(one, DIGITS) for one in known_log_probabilities],  # K
            "weights": None
            if weights is None
            else [[round(one, DIGITS) for one in row] for row in weights.tolist()],  # (T, S)
        }

    def finish(self, folder: Path, parameters: str, config: Mapping[str, Any]) -> None:
        """Put the film into the model's folder, bound to its parameters by their SHA-256.

        parameters: the name of their file. config: of the model and its training.
        """
        sha256 = fingerprint((folder / parameters).read_bytes())
        told = {"parameters": self.parameters, "sentences": SENTENCES, "scenes": self.scenes}
        made: dict[str, Any] = {"sha256": sha256, **config, **told}
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        replace_text(folder / FILE, text + "\n")
        self.path.unlink(missing_ok=True)
