"""Every model runs in single, half and brain precision, and says nearly the same."""

import pytest
import torch

from seq_models.models import build
from seq_models.tokenizer import train_pieces
from seq_models.translate import read, translate
from tests.tiny import (
    CONFIGS,
    LANGUAGE_MODELS,
    TRANSLATORS,
    VOCABULARY,
    close,
    model,
    targets,
    words,
)

HALF = {"bfloat16": (torch.bfloat16, 0.08), "float16": (torch.float16, 0.01)}  # and how near
EACH_FORMAT = pytest.mark.parametrize(("kind", "within"), HALF.values(), ids=HALF)
TOKENIZER = train_pieces(["le chat est là", "the cat is here"], VOCABULARY)


def test_every_model_of_the_table_is_tried() -> None:
    assert {*LANGUAGE_MODELS, *TRANSLATORS} == set(CONFIGS)
    assert all(build(config) for config in CONFIGS.values())


@EACH_FORMAT
@pytest.mark.parametrize("name", LANGUAGE_MODELS)
def test_a_language_model_says_nearly_the_same(name: str, kind: torch.dtype, within: float) -> None:
    x = words(6, 6)
    wanted, _, _ = model(name)(x)
    network = model(name).to(kind)
    logits, _, state = network(x)
    assert logits.dtype == kind
    close(logits.float().softmax(-1), wanted.softmax(-1), within)
    stepped, _, _ = network.step(x[:, 0], network.start(2))
    close(stepped.float().softmax(-1), wanted[:, 0].softmax(-1), within)


@EACH_FORMAT
@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_translator_says_nearly_the_same(name: str, kind: torch.dtype, within: float) -> None:
    src, trg = words(6, 3), targets(2, 5)
    wanted = model(name)(src, trg)
    logits = model(name).to(kind)(src, trg)
    assert logits.dtype == kind
    close(logits.float().softmax(-1), wanted.softmax(-1), within)


@EACH_FORMAT
@pytest.mark.parametrize("name", TRANSLATORS)
def test_a_translator_decodes_and_reads_in_every_format(
    name: str, kind: torch.dtype, within: float
) -> None:
    network = model(name).to(kind)
    (search,) = translate(network, TOKENIZER, "le chat est là", width=3)
    best = search.hypotheses[0]
    reading = read(network, TOKENIZER, "le chat est là", best.tokens)
    for stepped, parallel in zip(best.log_probabilities, reading.log_probabilities, strict=True):
        assert stepped == pytest.approx(parallel, abs=10 * within)
