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


def test_the_parts_of_the_first_scores_sum_to_them() -> None:
    translator, language = model("transformer"), model("causal")
    source, target = words(6, 4), targets(2, 5)
    vectors = language.embed(words(7))
    own, _ = decoder_layers(translator.decoder, target, translator.encoder(source)[0])
    for layer, (given, places) in [
        (encoder_layers(translator.encoder, source)[0], translator.encoder.embedding.parts(source)),
        (own[0], translator.decoder.embedding.parts(target)),
        (causal_layers(language.network, vectors)[0], language.network.parts(vectors)),
    ]:
        parts = layer.attention.score_parts(given, places)  # (5, B, heads, S, S)
        seen = (layer.look.score > float("-inf")).expand_as(parts[0])
        close(parts.sum(dim=0)[seen], layer.look.score.expand_as(parts[0])[seen], 1e-4)


def test_a_part_of_the_scores_knows_only_words_or_only_places() -> None:
    encoder = model("transformer").encoder
    attention, embedding = encoder.layers[0].attention, encoder.embedding
    given, places = embedding.parts(words(6))
    others, _ = embedding.parts(words(6, seed=5))
    one, two = attention.score_parts(given, places), attention.score_parts(others, places)
    close(one[3].expand_as(two[3]), two[3])  # place with place: whatever the words
    none = attention.score_parts(given, places * 0)
    close(none[0], one[0])  # word with word: wherever they stand
    assert torch.equal(none[1:4], torch.zeros_like(none[1:4]))


def test_a_word_asks_in_its_row_and_answers_in_its_column() -> None:
    encoder = model("transformer").encoder
    attention, one, two = encoder.layers[0].attention, words(6), words(6)
    two[0, 2] += 1
    first, second = (attention.score_parts(*encoder.embedding.parts(x)) for x in (one, two))
    changed = (first - second).abs().amax(dim=(1, 2)) > 1e-4  # (5, S, S)
    assert changed[1].any(dim=1).tolist() == [False, False, True, False, False, False]
    assert changed[2].any(dim=0).tolist() == [False, False, True, False, False, False]
