"""A causal Transformer reads like a recurrent network, but keeps every word instead of a summary.

    x[t] = sqrt(E) word[t] + position[t],  then blocks in which word t looks at words 1..t

Its state is what its layers have projected of the words so far: it grows with the text, where a
recurrent memory has one size for ever.
A. Radford et al., "Improving Language Understanding by Generative Pre-Training", 2018, section 3.1,
https://cdn.openai.com/research-covers/language-unsupervised/language_understanding_paper.pdf
"""

import math

from torch import Tensor, nn

from seq_models.self_attention import Cache, HeadScale
from seq_models.transformer import TransformerBlock, causal_mask, layer_scale, placed_codes

State = tuple[Cache, ...]  # of each layer


class CausalTransformer(nn.Module):
    """A stack of `TransformerBlock`s in which no word sees a later one, and a reading, `fc`."""

    def __init__(
        self, embed_size: int, num_layers: int, heads: int, ff_dim: int, dropout: float
    ) -> None:
        super().__init__()
        self.hidden_size = embed_size
        self.layers = nn.ModuleList(
            TransformerBlock(embed_size, heads, dropout, ff_dim) for _ in range(num_layers)
        )
        self.fc = nn.Linear(embed_size, embed_size)

    def start(self, batch: int = 1) -> State:
        """The state before any word: caches of no length."""
        nothing = self.fc.weight.new_zeros(batch, 0, self.hidden_size)
        return tuple(layer.attention.project(nothing) for layer in self.blocks())

    def read(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """Memory (B, S, E) after each word of x (B, S, E), and the state to go on from."""
        memory, state, _ = self.look(x, state)
        return memory, state

    def look(
        self, x: Tensor, state: State | None = None, head_scale: HeadScale | None = None
    ) -> tuple[Tensor, State, tuple[Tensor, ...]]:
        """As `read`, and where each layer looked: weights (B, heads, S, past + S).

        head_scale (layers, heads) or (B, layers, heads): what each head's output is multiplied by.
        """
        state = self.start(len(x)) if state is None else state
        first, length = state[0].keys.size(2), x.size(1)
        mask = causal_mask(length, first, x.device) if length > 1 else None
        x = self.placed(x, first)
        caches, weights = [], []
        for number, layer in enumerate(self.blocks()):
            scale = layer_scale(head_scale, number)
            x, cache, looked = layer.extend(x, state[number], mask, scale)
            caches.append(cache)
            weights.append(looked)
        return x, tuple(caches), tuple(weights)

    def placed(self, x: Tensor, first: int = 0) -> Tensor:
        """Word vectors x (B, S, E), scaled, with the codes of the positions from `first` on."""
        words, code = self.parts(x, first)
        return words + code

    def parts(self, x: Tensor, first: int = 0) -> tuple[Tensor, Tensor]:
        """What is added: word vectors x (B, S, E), scaled, and the codes of their places (S, E)."""
        code = placed_codes(first, x.size(1), self.hidden_size, x.dtype, x.device)
        return x * math.sqrt(self.hidden_size), code

    def blocks(self) -> list[TransformerBlock]:
        """The layers, first to last."""
        return [layer for layer in self.layers if isinstance(layer, TransformerBlock)]
