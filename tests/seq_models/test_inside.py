"""What heads computed: the oracles are the models' own passes, and torch's scaled dot product."""

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from seq_models import PAD
from seq_models.inside import Layer, causal_layers, decoder_layers, encoder_layers
from tests.tiny import close, model, targets, words


def stacks() -> list[tuple[list[Layer], tuple[Tensor, ...]]]:
    """The layers of every stack, and the weights that the model itself returned."""
    translator, source, target = model("transformer"), words(6, 4), targets(2, 5)
    enc_out, weights = translator.encoder(source)
    _, both = translator.decoder(target, enc_out, source != PAD)
    own, cross = decoder_layers(translator.decoder, target, enc_out, source != PAD)
    language = model("causal")
    vectors = language.embed(words(7))
    _, _, looked = language.network.look(vectors)
    return [
        (encoder_layers(translator.encoder, source), weights),
        (own, both.own),
        (cross, both.cross),
        (causal_layers(language.network, vectors), looked),
    ]


def test_the_weights_are_those_that_the_model_returned() -> None:
    for layers, weights in stacks():
        assert len(layers) == len(weights) == 2
        for layer, expected in zip(layers, weights, strict=True):
            assert torch.equal(layer.look.weights, expected)


def test_a_score_is_the_scaled_product_and_its_softmax_the_weights() -> None:
    for layers, _ in stacks():
        for layer in layers:
            look = layer.look
            seen = look.score > float("-inf")
            product = look.queries @ look.keys.mT / look.queries.size(-1) ** 0.5
            close(look.score[seen], product[seen])
            expected = scaled_dot_product_attention(
                look.queries, look.keys, look.values, seen.expand_as(look.score)
            )
            close(look.heads, expected)


def test_what_the_heads_write_and_the_bias_are_the_output() -> None:
    for layers, _ in stacks():
        for layer in layers:
            parts = layer.attention.written(layer.look.heads)  # (B, heads, T, E)
            close(parts.sum(dim=1) + layer.attention.fc_out.bias, layer.look.output)


def test_what_the_words_give_weighed_sums_to_what_a_head_writes() -> None:
    for layers, _ in stacks():
        for layer in layers:
            weighed = layer.look.weights.unsqueeze(-1) * layer.given.unsqueeze(2)  # (B,h,T,S,E)
            close(weighed.sum(dim=3), layer.attention.written(layer.look.heads))
