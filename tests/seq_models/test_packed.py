"""Packed layers: the oracle is `nn.Linear` with the same parameters."""

import copy

import pytest
import torch
from torch import nn
from torch.nn.utils import vector_to_parameters
from torch.nn.utils.prune import l1_unstructured

from seq_models.folder import fill
from seq_models.packed import EXISTS, PackedLinear, halved, pack
from seq_models.self_attention import SelfAttention
from seq_models.stored import in_eight_bits, read
from tests.tiny import close, model, randomized, targets, words

pytestmark = pytest.mark.skipif(not EXISTS, reason="this processor has no packed matrices")


def rounded(module: nn.Module) -> None:
    """Round parameters as a file in half precision has them."""
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(parameter.half())


def layer() -> tuple[nn.Linear, PackedLinear]:
    """A layer, and a packed one with the same parameters."""
    plain = randomized(nn.Linear(12, 9))
    rounded(plain)
    half = halved(plain.requires_grad_(False))
    assert half is not None
    return plain, PackedLinear(half)


@pytest.mark.parametrize("shape", [(1, 12), (5, 12), (2, 3, 12), (2, 0, 12)])
def test_it_computes_what_the_plain_layer_does(shape: tuple[int, ...]) -> None:
    plain, packed = layer()
    x = torch.randn(shape)
    with torch.inference_mode():
        close(packed(x), plain(x), within=1e-6)


def test_a_packed_translator_says_the_same_under_the_same_names() -> None:
    plain = model("transformer").requires_grad_(False)
    rounded(plain)
    packed = copy.deepcopy(plain)
    pack(packed)
    assert isinstance(packed.decoder.fc_out, PackedLinear)
    assert packed.decoder.fc_out.weight is packed.decoder.embedding.token.weight
    assert packed.state_dict().keys() == plain.state_dict().keys()
    source, target = words(5, 3), targets(2, 4)
    close(packed(source, target), plain(source, target))


def test_queries_keys_and_values_are_one_product_until_one_of_them_changes() -> None:
    attention, x = randomized(SelfAttention(12, 3)).requires_grad_(False), torch.randn(2, 4, 12)
    rounded(attention)
    plain = copy.deepcopy(attention)
    pack(attention)
    assert attention.packed is not None
    assert attention.packed.product(x) is not None
    close(attention(x)[0], plain(x)[0])
    for layer in (attention.keys, plain.keys):
        layer.weight.mul_(-1)
    assert attention.packed.product(x) is None
    close(attention(x)[0], plain(x)[0])


def test_parameters_that_were_kept_in_eight_bits_lose_nothing_either() -> None:
    """Oracle: the same layers, as they come out of a file in eight bits."""
    plain = model("transformer").requires_grad_(False)
    fill(plain, read(in_eight_bits(dict(plain.named_parameters()))))
    packed = copy.deepcopy(plain)
    pack(packed)
    assert isinstance(packed.decoder.fc_out, PackedLinear)
    assert packed.encoder.blocks()[0].attention.packed is not None
    source, target = words(5, 3), targets(2, 4)
    close(packed(source, target), plain(source, target))


def test_what_half_precision_would_change_is_left_as_it_is() -> None:
    attention = randomized(SelfAttention(12, 3))
    pack(attention)
    assert not any(isinstance(part, PackedLinear) for part in attention.modules())


def test_gradients_flow_to_what_is_read_and_to_parameters() -> None:
    plain, packed = layer()
    x = torch.randn(3, 12, requires_grad=True)
    packed(x).sum().backward()
    assert x.grad is not None
    close(x.grad, plain.weight.sum(dim=0).expand(3, 12))
    packed.requires_grad_(True)
    packed(torch.ones(1, 12)).sum().backward()
    assert packed.weight.grad is not None


def test_changed_parameters_count_at_once() -> None:
    plain, packed = layer()
    packed.weight.mul_(2)
    x = torch.randn(2, 12)
    close(packed(x), nn.functional.linear(x, plain.weight, plain.bias))


def test_a_copy_and_another_precision_leave_the_packed_matrix_behind() -> None:
    plain, packed = layer()
    x = torch.randn(2, 12)
    close(copy.deepcopy(packed)(x), plain(x))
    assert packed.double()(x.double()).dtype == torch.float64
    packed.load_state_dict({"weight": torch.zeros(9, 12), "bias": torch.ones(9)})
    close(packed(x.double()).float(), torch.ones(2, 9))


def test_parameters_put_in_their_place_count_at_once_and_a_vector_is_read_as_a_row() -> None:
    _, packed = layer()
    x = torch.randn(2, 12)
    close(packed(x[0]), packed(x)[0])
    packed.load_state_dict({"weight": torch.zeros(9, 12), "bias": torch.ones(9)}, assign=True)
    close(packed(x), torch.ones(2, 9))
    _, other = layer()
    other.weight = nn.Parameter(torch.zeros(9, 12))
    close(other(x), other.bias.expand(2, 9))
    vector_to_parameters(torch.ones(9 * 12 + 9), other.parameters())
    close(other(x), x.sum(dim=1, keepdim=True).expand(2, 9) + 1)
    l1_unstructured(other, "weight", 0.5)
    close(other(x), nn.functional.linear(x, other.weight, other.bias))
