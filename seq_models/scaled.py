"""A Transformer translator whose heads are turned up, down or off; all else stays as trained.

    head h writes  scale[h] * weights[h] V[h]  instead of  weights[h] V[h]
    or, with a mean,  mean[h] + scale[h] * (weights[h] V[h] - mean[h])

What a translation loses without a head is what that head was worth.
P. Michel, O. Levy, G. Neubig, 2019, section 3.2, https://arxiv.org/abs/1905.10650
The mean instead of zero: N. Pochinkov et al., 2024, https://arxiv.org/abs/2408.17322
"""

from collections.abc import Iterator, Mapping, Sequence

import torch
from torch import Tensor

from seq_models import PAD, START
from seq_models.causal import CausalTransformer
from seq_models.decoder import DecoderState, DecoderWeights
from seq_models.language_model import LanguageModel
from seq_models.self_attention import Blend, HeadScale
from seq_models.seq2seq import Seq2Seq

STACKS = ("encoder", "decoder", "cross")
AT_ONCE = 2**24  # logits, of which a few copies are needed: 64 MB each
State = tuple[tuple[HeadScale, HeadScale], DecoderState]  # the decoder's two scales, row by row


class ScaledHeads(Seq2Seq):
    """A translator that shares the given one's layers and multiplies what their heads write.

    scale: for any of `STACKS`, (layers, heads), or (B, layers, heads) for another one in each row;
    or a `Blend` of such a scale with other outputs, (layers, heads, 1, D) or with B before.
    Raises ValueError for a stack that there is not.
    """

    def __init__(self, model: Seq2Seq, scale: Mapping[str, HeadScale]) -> None:
        super().__init__(model.encoder, model.decoder)
        if unknown := scale.keys() - set(STACKS):
            raise ValueError(f"there is no stack {sorted(unknown)}, only {', '.join(STACKS)}")
        like = next(model.parameters())
        self.scale = {stack: placed(each, like) for stack, each in scale.items()}

    def look(self, src: Tensor, trg: Tensor) -> tuple[Tensor, tuple[Tensor, ...], DecoderWeights]:
        """As `Seq2Seq.look`."""
        (scales, state), encoder_weights = self._opened(src)
        logits, _, decoder_weights = self.decoder.decode(trg, state, *scales)
        return logits, encoder_weights, decoder_weights

    def start(self, src: Tensor) -> State:
        """As `Seq2Seq.start`; the scales go with their rows."""
        return self._opened(src)[0]

    def step(self, tokens: Tensor, state: State) -> tuple[Tensor, State, DecoderWeights]:
        """As `Seq2Seq.step`."""
        scales, inner = state
        logits, inner, weights = self.decoder.step(tokens, inner, *scales)
        return logits, (scales, inner), weights

    def _opened(self, src: Tensor) -> tuple[State, tuple[Tensor, ...]]:
        enc_out, weights = self.encoder(src, self.scale.get("encoder"))
        own, cross = (self._rows(stack, enc_out) for stack in ("decoder", "cross"))
        return ((own, cross), self.decoder.start(enc_out, src != PAD)), weights

    def _rows(self, stack: str, enc_out: Tensor) -> HeadScale:
        """The scale of a stack with a row for each of the batch."""
        blocks, count = self.decoder.blocks(), len(enc_out)
        ones = enc_out.new_ones(len(blocks), blocks[0].attention.heads)
        scale = self.scale.get(stack, ones)
        if isinstance(scale, Blend):
            own, other = scale.scale, scale.other
            return Blend(own.expand(count, *own.shape[-2:]), other.expand(count, *other.shape[-4:]))
        return scale.expand(count, *scale.shape[-2:])


def placed(scale: HeadScale, like: Tensor) -> HeadScale:
    """The scale where a tensor is, with its precision."""
    return Blend(*(part.to(like) for part in scale)) if isinstance(scale, Blend) else scale.to(like)


def one_each(layers: int, heads: int) -> Tensor:
    """A row for each head, in which it alone is removed: (layers * heads, layers, heads)."""
    kept: Tensor = (1 - torch.eye(layers * heads)).unflatten(1, (layers, heads))
    return kept


def scored(
    model: Seq2Seq, stack: str, scale: HeadScale, source: Sequence[int], target: Sequence[int]
) -> Tensor:
    """The log-probability (N,), in nats, of one target under each of N scales, in few batches.

    source, target: tokens, ⟨end⟩ included. scale: (N, layers, heads), or a `Blend` of such a one.
    """
    like = next(model.parameters())
    sources, given, wanted = (
        torch.tensor([[*tokens]], device=like.device)
        for tokens in (source, (START, *target[:-1]), target)
    )
    found = []
    with torch.inference_mode():
        for count, part in in_parts(scale, len(target) * model.decoder.fc_out.out_features):
            scaled = ScaledHeads(model, {stack: part})
            logits, _, _ = scaled.look(sources.expand(count, -1), given.expand(count, -1))
            found.append(chosen(logits, wanted).sum(dim=1))
    return torch.cat(found)


def read_under(
    model: LanguageModel, scale: HeadScale, tokens: Sequence[int]
) -> tuple[Tensor, Tensor]:
    """The log-probabilities, nats, of S tokens after ⟨start⟩ (N, S), and of the next word (N, V).

    scale: (N, layers, heads) of a causal Transformer, or a `Blend` of such a one: a row for each.
    """
    if not isinstance(model.network, CausalTransformer):
        raise ValueError(f"a {type(model.network).__name__} has no heads to scale")
    like = next(model.parameters())
    given = torch.tensor([[START, *tokens]], device=like.device)
    read, after = [], []
    with torch.inference_mode():
        for count, part in in_parts(scale, given.size(1) * len(model.bias)):
            words = model.embed(given.expand(count, -1))
            memory, _, _ = model.network.look(words, None, placed(part, like))
            logits = model.score(memory)
            read.append(chosen(logits[:, :-1], given[:, 1:]))
            after.append(logits[:, -1].float().log_softmax(dim=-1).cpu())
    return torch.cat(read), torch.cat(after)


def chosen(logits: Tensor, tokens: Tensor) -> Tensor:
    """The log-probabilities (B, T) of tokens (1, T) by logits (B, T, V), on the CPU, in double."""
    wanted = tokens.expand(len(logits), -1).unsqueeze(-1)
    return logits.float().log_softmax(dim=-1).gather(2, wanted).squeeze(-1).cpu().double()


def in_parts(scale: HeadScale, logits: int) -> Iterator[tuple[int, HeadScale]]:
    """N scales, some rows after the others, with their number: never more logits than `AT_ONCE`.

    logits: as many as one row has.
    """
    rows = max(1, AT_ONCE // logits)
    if not isinstance(scale, Blend):
        yield from ((len(part), part) for part in scale.split(rows))
        return
    own = scale.scale
    other = scale.other.expand(len(own), *scale.other.shape[-4:])  # (N, layers, heads, 1, D)
    for parts in zip(own.split(rows), other.split(rows), strict=True):
        yield len(parts[0]), Blend(*parts)
