"""Examples of heads: what is told of a sentence is true of it, and no other sentence beats it."""

import math

import pytest
import torch

from seq_models import START
from seq_models.scaled import ScaledHeads
from seq_models.self_attention import Blend
from seq_models.tokenizer import train_pieces
from tests.folders import LINES
from tests.tiny import VOCABULARY, model
from train.measures import head_examples
from train.measures.head_examples import (
    COUNT,
    Text,
    disagreements,
    examples,
    read_alone,
    short,
    translated,
)
from train.measures.heads import SHARES, habits_of, means

TOKENIZER = train_pieces(LINES, VOCABULARY)


def test_the_examples_are_the_texts_at_which_a_head_does_it_most() -> None:
    network = model("transformer")
    texts = translated(network, TOKENIZER, LINES)
    mean = {p: h.mean() for p, h in habits_of(TOKENIZER, [t.stacks for t in texts]).items()}
    for place, best in examples(TOKENIZER, texts, mean).items():
        role = max(SHARES, key=lambda name: mean[place][name])
        each = {t.text: habits_of(TOKENIZER, [t.stacks])[place].mean()[role] for t in texts}
        assert [one["share"] for one in best] == sorted(each.values(), reverse=True)[:COUNT]
        assert all(each[one["text"]] == one["share"] for one in best)


def test_the_disagreement_is_that_of_single_removals() -> None:
    """Oracle: the log-probability of the translation, each head removed in a pass of its own."""
    network = model("transformer")
    texts = translated(network, TOKENIZER, LINES[:2])
    mean = means(habits_of(TOKENIZER, [one.stacks for one in texts]))
    for found in disagreements(network, texts, mean):
        part, layer, head = found["part"], found["layer"] - 1, found["head"] - 1
        (text,) = [one for one in texts if one.text == found["text"]]
        whole = probability(network, text)
        off = torch.ones(2, 3)
        off[layer, head] = 0
        zero = probability(ScaledHeads(network, {part: off}), text)
        blend = Blend(off, mean[part].unsqueeze(-2))
        instead = probability(ScaledHeads(network, {part: blend}), text)
        assert found["zero_bits"] == pytest.approx((whole - zero) / math.log(2), abs=0.01)
        assert found["mean_bits"] == pytest.approx((whole - instead) / math.log(2), abs=0.01)


def test_the_disagreement_is_where_one_costs_much_and_the_other_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither the widest gap of two large costs, nor a ratio of two small ones."""
    lost = {"wide": (20.0, 14.0), "telling": (5.0, 0.25), "small": (0.5, 0.0)}

    def costs(_: object, __: str, one: Text, mean: object = None) -> tuple[float, torch.Tensor]:
        return 0.0, torch.tensor([[1.0, lost[one.text][mean is not None]]])

    monkeypatch.setattr(head_examples, "costs", costs)
    texts = [Text(name, [1], [], {}) for name in lost]
    (found,) = disagreements(model("causal"), texts, {"network": torch.zeros(1, 2, 4)})
    assert (found["text"], found["head"]) == ("telling", 2)
    assert (found["zero_bits"], found["mean_bits"]) == (5.0, 0.25)


def probability(network: torch.nn.Module, text: object) -> float:
    """The log-probability of what was written, in nats."""
    source, target = text.source, text.target  # type: ignore[attr-defined]
    with torch.inference_mode():
        given = torch.tensor([[START, *target[:-1]]])
        logits = network(torch.tensor([source]), given)[0]
    chosen: torch.Tensor = logits.log_softmax(-1)[range(len(target)), target]
    return float(chosen.sum())


def test_a_language_model_reads_its_examples_itself() -> None:
    network = model("causal")
    texts = read_alone(network, TOKENIZER, LINES)
    mean = means(habits_of(TOKENIZER, [one.stacks for one in texts]))
    (found,) = disagreements(network, texts, mean)
    assert found["part"] == "network"
    assert found["text"] in LINES


def test_only_short_mild_texts_without_numbers_are_examples_each_once() -> None:
    four, three = "un deux trois quatre", "un deux trois"
    assert short([four, three, four, " ".join([four] * 3), "il a 3 chats"], "fr") == [four]
    hard = "he has a gun too"
    assert short([hard], "en") == []
    assert short([hard], "de") == [hard]
