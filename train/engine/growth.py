"""A larger model that computes what a smaller one does, and has room to learn more.

    wider feed-forward   the new units read as new ones do, and their outputs are weighed with 0
    wider memory         the same: the old units and the answer weigh the new ones with 0
    more pieces          a word that is one piece now begins as the mean of those it was made of
    more words           a word that the smaller one did not know is read as it read ⟨unknown⟩, and
                         has an equal share of the probability that it gave to ⟨unknown⟩
    one more block       the residual sum gets 0 from its attention and its feed-forward network;
                         the norm after the block takes over that before it, whose scale becomes 1:
                         norm(norm(x)) = norm(x) but for the norm's epsilon

So what is weighed with 0 is all that a training has to find out first.
After T. Chen, I. Goodfellow, J. Shlens, 2016, https://arxiv.org/abs/1511.05641
"""

import math
import re
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from seq_models import UNKNOWN
from seq_models.tokenizer import SPACE, Tokenizer

LAYER = re.compile(r"(?P<stack>.*layers)\.(?P<number>\d+)\..*")
NORM = re.compile(r"norm(\d+)\.(weight|bias)")
MEMORY = "network.rnn."  # a language model's recurrent layer
WIDER = re.compile(r"feed_forward|network\.(rnn\.|fc\.weight)")
CAN = (
    "only a Transformer's layers, words, and the width of feed-forward networks and of recurrent "
    "memories can grow"
)
LAST_OF_A_PART = ("fc_out.weight", "fc_out.bias", "feed_forward.2.weight", "feed_forward.2.bias")


def grow(model: nn.Module, smaller: Mapping[str, Tensor]) -> None:
    """Give a newly built model the parameters of one with fewer layers or narrower ones.

    Raises ValueError, and changes nothing, for sizes in which no model can grow.
    """
    with torch.no_grad():
        larger = {name: grown(name, values, smaller) for name, values in model.named_parameters()}
        now = layers(larger)
        for stack, before in layers(smaller).items():
            if before < now.get(stack, 0):
                hand_on_the_norm(larger, stack, before - 1, now[stack] - 1)
        if lost := smaller.keys() - larger.keys():
            raise ValueError(f"it would lose {min(lost)}: a model can only grow")
        for name, values in model.named_parameters():
            values.copy_(larger[name])


def grown(name: str, built: Tensor, smaller: Mapping[str, Tensor]) -> Tensor:
    """A parameter as the larger model begins. Raises ValueError if it cannot begin so."""
    old = smaller.get(name)
    if old is None and not LAYER.fullmatch(name):
        raise ValueError(f"it would have {name}, which computes something new: {CAN}")
    if old is None:
        return torch.zeros_like(built) if name.endswith(LAST_OF_A_PART) else built.detach().clone()
    if old.shape == built.shape:
        return old.detach().clone()
    wider = all(a <= b for a, b in zip(old.shape, built.shape, strict=True))
    if not wider or not WIDER.search(name):
        raise ValueError(
            f"{name} has shape {tuple(old.shape)} and would have {tuple(built.shape)}: {CAN}"
        )
    if name.startswith(MEMORY):
        recurrent = smaller[f"{MEMORY}weight_hh_l0"]  # (gates * H, H)
        return wider_memory(built, old, gates=recurrent.size(0) // recurrent.size(1))
    reads = name.endswith("feed_forward.0.weight")
    new = built.detach().clone() if reads else torch.zeros_like(built)
    new[tuple(slice(size) for size in old.shape)] = old
    return new


def wider_memory(built: Tensor, old: Tensor, gates: int) -> Tensor:
    """A recurrent layer's matrix (gates * H, ...), or bias, with more units for each gate."""
    new, known = (values.detach().unflatten(0, (gates, -1)) for values in (built.clone(), old))
    new[:, : known.size(1)] = 0  # what an old unit reads of a new one
    new[tuple(slice(size) for size in known.shape)] = known
    wider: Tensor = new.flatten(0, 1)
    return wider


def with_words(
    parameters: Mapping[str, Tensor], before: Tokenizer, now: Tokenizer
) -> dict[str, Tensor]:
    """A language model's parameters with a row for each word of another vocabulary."""
    rows = torch.tensor([*map(before.number, now.pieces)])
    words = {name: parameters[name][rows] for name in ("embedding.weight", "bias")}
    words["bias"][rows == UNKNOWN] -= math.log(int((rows == UNKNOWN).sum()))
    return {**parameters, **words}


def with_pieces(
    parameters: Mapping[str, Tensor], before: Tokenizer, now: Tokenizer
) -> dict[str, Tensor]:
    """A translator's parameters with a row for each piece of a vocabulary that has some more."""
    old = before.vocab_size
    words = before.encode_many([piece.replace(SPACE, " ") for piece in now.pieces[old:]])
    rows = {name: values for name, values in parameters.items() if values.size(0) == old}
    new = {name: torch.stack([rows[name][ids].mean(0) for ids in words]) for name in rows}
    return {**parameters, **{name: torch.cat([rows[name], new[name]]) for name in rows}}


def layers(parameters: Mapping[str, Tensor]) -> dict[str, int]:
    """How many layers each stack has."""
    found: dict[str, int] = {}
    for match in filter(None, map(LAYER.fullmatch, parameters)):
        found[match["stack"]] = max(found.get(match["stack"], 0), int(match["number"]) + 1)
    return found


def hand_on_the_norm(parameters: dict[str, Tensor], stack: str, old: int, new: int) -> None:
    """Let the last norm of a stack's layer `new` be that of layer `old`, which becomes plain."""
    norms = {
        int(match[1])
        for name in parameters
        if name.startswith(f"{stack}.{old}.")
        and (match := NORM.fullmatch(name.removeprefix(f"{stack}.{old}.")))
    }
    for kind, plain in (("weight", 1.0), ("bias", 0.0)):
        one, other = (f"{stack}.{layer}.norm{max(norms)}.{kind}" for layer in (old, new))
        parameters[other] = parameters[one].clone()
        parameters[one].fill_(plain)
