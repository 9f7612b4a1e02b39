"""What heads do: a plain loop over every row and column, and matrices made by hand."""

import math
from collections import defaultdict
from typing import Any

import pytest
import torch

from seq_models import END, PAD, START
from seq_models.inside import decoder_layers
from seq_models.tokenizer import train_pieces
from tests.folders import LINES
from tests.tiny import VOCABULARY, close, model
from train.measures.heads import (
    Habits,
    described,
    habits_of,
    means,
    network_stack,
    translator_texts,
    without_each,
)

SIZES = {"encoder": (2, 3), "decoder": (2, 3), "cross": (2, 3)}
PAIRS = [(LINES[2], LINES[0]), (LINES[2] + ".", LINES[1])]
TOKENIZER = train_pieces(LINES, VOCABULARY)


def test_habits_are_the_mass_on_each_place() -> None:
    weights = torch.tensor([[1.0, 0.0, 0.0], [0.5, 0.25, 0.25], [0.0, 0.5, 0.5]])
    habits = Habits()
    habits.add(weights, torch.tensor([False, False, True]), torch.ones(3, 4))
    mean = habits.mean()
    expected = {
        "previous": (0.5 + 0.5) / 2,
        "next": (0.0 + 0.25) / 2,
        "same": (1.0 + 0.25 + 0.5) / 3,
        "first": 1.5 / 3,
        "entropy_bits": (0.0 + 1.5 + 1.0) / 3,
        "punctuation": (0.0 + 0.25 + 0.5) / 3,
        "distance": (0.0 + 0.75 + 0.5) / 3,
    }
    assert mean == pytest.approx(expected, abs=1e-4)
    assert habits.mean_output().tolist() == [1.0] * 4


def looped(weights: torch.Tensor, keys: list[int]) -> dict[str, list[float]]:
    """One head's measures of one text, number by number."""
    found: dict[str, list[float]] = defaultdict(list)
    for t, row in enumerate(weights.tolist()):
        near = {"previous": t - 1, "next": t + 1, "same": t, "first": 0}
        for name, place in near.items():
            if 0 <= place < len(row):
                found[name].append(row[place])
        pieces = [(TOKENIZER.piece(token), token not in (START, END)) for token in keys]
        signs = [typed and not any(sign.isalnum() for sign in piece) for piece, typed in pieces]
        found["punctuation"].append(sum(w for w, sign in zip(row, signs, strict=True) if sign))
        found["entropy_bits"].append(-sum(w * math.log2(w) for w in row if w > 0))
        found["distance"].append(sum(w * abs(t - s) for s, w in enumerate(row)))
    return found


def test_they_are_what_a_plain_loop_finds_in_every_stack() -> None:
    """Oracle: the weights that the model itself returns, summed number by number."""
    network: Any = model("transformer")
    sums: dict[Any, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    read = defaultdict(list)
    for pair in PAIRS:
        source, target = ([*TOKENIZER.encode(text), END] for text in pair)
        given = [START, *target[:-1]]
        with torch.inference_mode():
            _, own, both = network.look(torch.tensor([source]), torch.tensor([given]))
            enc_out, _ = network.encoder(torch.tensor([source]))
            layers, _ = decoder_layers(network.decoder, torch.tensor([given]), enc_out)
        for part, looked, keys in [
            ("encoder", own, source), ("decoder", both.own, given), ("cross", both.cross, source),
        ]:  # fmt: skip
            for layer, heads in enumerate(looked):
                for head, weights in enumerate(heads[0]):
                    for name, values in looped(weights, keys).items():
                        sums[part, layer, head][name] += values
        for layer, one in enumerate(layers):
            for head, rows in enumerate(one.look.heads[0]):
                read[layer, head] += rows.tolist()
    habits = habits_of(TOKENIZER, translator_texts(network, TOKENIZER, PAIRS))
    assert habits.keys() == sums.keys()
    for place, each in habits.items():
        expected = {name: sum(values) / len(values) for name, values in sums[place].items()}
        assert each.mean() == pytest.approx(expected, abs=1e-4)
    found = means(habits)["decoder"]
    for (layer, head), rows in read.items():
        close(found[layer, head], torch.tensor(rows).mean(dim=0))


def test_every_head_of_every_stack_is_described_and_only_the_decoder_cannot_look_ahead() -> None:
    habits = habits_of(TOKENIZER, translator_texts(model("transformer"), TOKENIZER, PAIRS))
    cost = dict(without_each(SIZES, lambda _: 1.25))
    mean = {place: each.mean() for place, each in habits.items()}
    entries = described(mean, cost, "bleu", {("encoder", 0, 1): [{"text": "a", "share": 1.0}]})
    assert [(e["part"], e["layer"], e["head"]) for e in entries] == [
        (part, layer, head) for part in SIZES for layer in (1, 2) for head in (1, 2, 3)
    ]
    assert all((e["next"] == 0) == (e["part"] == "decoder") for e in entries)
    assert {e["removal_costs_bleu"] for e in entries} == {1.25}
    assert [len(e["examples"]) for e in entries] == [0, 1] + 16 * [0]


def test_a_causal_transformer_has_one_stack() -> None:
    ids = TOKENIZER.encode(LINES[0])
    habits = habits_of(TOKENIZER, [network_stack(model("causal"), ids)])
    assert len(habits) == 6
    assert means(habits)["network"].shape == (2, 3, 4)
    assert all(each.mean()["next"] == 0 for each in habits.values())
    assert habits["network", 0, 0].rows["same"] == len(ids) + 1
    assert PAD not in ids


def test_each_head_is_switched_off_once_and_alone() -> None:
    seen = []
    for place, scale in without_each(SIZES, lambda scale: scale):
        (off,) = [
            (part, *row) for part, each in scale.items() for row in (each == 0).nonzero().tolist()
        ]
        assert off == place
        seen.append(place)
    assert len(set(seen)) == 18
