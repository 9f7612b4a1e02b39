"""What heads do: matrices made by hand, and heads whose part of the output layer is zeroed."""

import copy

import pytest
import torch

from seq_models.decode import beam_search
from seq_models.tokenizer import train_pieces
from tests.folders import LINES
from tests.tiny import VOCABULARY, close, model, targets, words
from train.measures.heads import Habits, ScaledHeads, described, translator_habits, without_each

SIZES = {"encoder": (2, 3), "decoder": (2, 3)}


def ones() -> dict[str, torch.Tensor]:
    """A scale that changes nothing."""
    return {part: torch.ones(size) for part, size in SIZES.items()}


def test_habits_are_the_mass_on_each_place() -> None:
    weights = torch.tensor([[1.0, 0.0, 0.0], [0.5, 0.25, 0.25], [0.0, 0.5, 0.5]])
    habits = Habits()
    habits.add(weights, torch.tensor([False, False, True]))
    mean = habits.mean()
    expected = {
        "previous": (0.5 + 0.5) / 2,
        "next": (0.0 + 0.25) / 2,
        "same": (1.0 + 0.25 + 0.5) / 3,
        "first": 1.5 / 3,
        "entropy_bits": (0.0 + 1.5 + 1.0) / 3,
        "punctuation": (0.0 + 0.25 + 0.5) / 3,
    }
    assert mean == pytest.approx(expected, abs=1e-4)


def test_every_head_of_both_sides_is_described_and_only_the_decoder_cannot_look_ahead() -> None:
    tokenizer = train_pieces(LINES, VOCABULARY)
    habits = translator_habits(model("transformer"), tokenizer, [(LINES[2], LINES[0])])
    cost = dict(without_each(SIZES, lambda _: 1.25))
    entries = described(habits, cost, "bleu")
    assert [(e["part"], e["layer"], e["head"]) for e in entries] == [
        (part, layer, head)
        for part in ("encoder", "decoder")
        for layer in (1, 2)
        for head in (1, 2, 3)
    ]
    assert all((e["next"] == 0) == (e["part"] == "decoder") for e in entries)
    assert {e["removal_costs_bleu"] for e in entries} == {1.25}


def test_each_head_is_switched_off_once_and_alone() -> None:
    seen = []
    for place, scale in without_each(SIZES, lambda scale: scale):
        (off,) = [
            (part, *row) for part, each in scale.items() for row in (each == 0).nonzero().tolist()
        ]
        assert off == place
        seen.append(place)
    assert len(set(seen)) == 12


def test_with_all_heads_on_it_is_the_model_itself() -> None:
    ours, source, target = model("transformer"), words(5, 3), targets(2, 4)
    scaled = ScaledHeads(ours, ones())
    state, expected = scaled.start(source), ours.start(source)
    for t in range(4):
        logits, state, _ = scaled.step(target[:, t], state)
        wanted, expected, _ = ours.step(target[:, t], expected)
        close(logits, wanted, within=0)


@pytest.mark.parametrize("part", SIZES)
def test_a_head_off_is_a_head_whose_output_reaches_nobody(part: str) -> None:
    ours, source = model("transformer"), words(6, 4)
    scale = ones()
    scale[part][1, 2] = 0
    scaled = ScaledHeads(ours, scale)
    zeroed = copy.deepcopy(ours)
    with torch.no_grad():
        getattr(zeroed, part).layers[1].attention.fc_out.weight[:, 8:] = 0
    both = zip(found(scaled, source), found(zeroed, source), found(ours, source), strict=True)
    for muted, expected, whole in both:
        assert muted == pytest.approx(expected, abs=1e-4)
        assert muted != pytest.approx(whole, abs=1e-4)


def found(translator: torch.nn.Module, source: torch.Tensor) -> list[tuple[float, ...]]:
    """The log-probabilities of the greedy translations."""
    ours: ScaledHeads = translator  # type: ignore[assignment]
    with torch.inference_mode():
        searches = beam_search(ours, ours.start(source), [6] * len(source), torch.device("cpu"))
    return [search.hypotheses[0].log_probabilities for search in searches]
