"""What the textbook leaves out: the costs are the models' own, the words sum to them."""

import json
import math
import re

import numpy as np
import pytest

from playground.heads.left_out import WITHOUT, part_picked
from playground.heads.left_out.explain import explain, lacking
from playground.heads.left_out.figures import BREAKS, figures
from playground.reading.translating import load
from seq_models.left_out import PARTS
from seq_models.translate import read, translate

TEXT = "Le chat dort."


def test_every_part_can_be_chosen_and_is_explained() -> None:
    assert tuple(WITHOUT.labels) == PARTS == tuple(BREAKS)


@pytest.mark.parametrize("part", PARTS)
def test_the_costs_are_those_of_the_model_without_the_part(part: str) -> None:
    trace = explain(TEXT, without=part)
    network, tokenizer = load("transformer")
    (search,) = translate(network, tokenizer, TEXT)
    target = search.hypotheses[0].tokens
    whole = sum(read(network, tokenizer, TEXT, target).log_probabilities)
    other = sum(read(lacking(part), tokenizer, TEXT, target).log_probabilities)
    cost = trace.costs_bits[trace.parts.index(part)]
    assert cost == pytest.approx((whole - other) / math.log(2), abs=1e-3)
    assert trace.costs_bits == pytest.approx(explain(TEXT).costs_bits, abs=1e-4)
    assert trace.bits - trace.after_bits == pytest.approx(cost, abs=1e-6)
    assert np.log2(trace.probabilities).sum() == pytest.approx(trace.bits, abs=1e-3)
    assert trace.changes_bits.sum() == pytest.approx(-cost, abs=1e-6)
    assert json.loads(json.dumps(trace.to_json(), allow_nan=False)) == trace.to_json()
    shown = figures(trace)
    assert BREAKS[part] in shown["left-out"].sentence
    numbers = re.findall(r"−?\d+\.\d+", shown["left-out"].formula[1])
    before, after, told = (float(one.replace("−", "-")) for one in numbers)
    assert before - after == pytest.approx(told, abs=0.0016)
    assert trace.after in shown["left-out"].sentence
    assert [part_picked(one)["without"] for one in trace.parts] == [*PARTS]


def test_the_language_model_is_sent_elsewhere() -> None:
    with pytest.raises(ValueError, match="please choose Encoder, Decoder or Cross-attention"):
        explain("Once upon a time", "language")
