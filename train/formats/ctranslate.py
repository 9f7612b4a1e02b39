"""A Transformer translator as CTranslate2 reads it, a program that does nothing but decode fast.

Its layers are ours: queries, keys and values in one matrix, the codes of the places in a table.

https://opennmt.net/CTranslate2
"""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from seq_models import END, START, UNKNOWN
from seq_models.decoder import Decoder
from seq_models.encoder import Encoder
from seq_models.loaded import LoadedTranslator
from seq_models.self_attention import SelfAttention
from seq_models.tokenizer import SPECIAL
from seq_models.transformer import TransformerBlock, positions
from train.formats.text import write_tokenizer
from train.formats.translators import PLACES


def write_ctranslate2(folder: Path, loaded: LoadedTranslator) -> None:
    """Write what `ctranslate2.Translator` reads, in single precision, and the tokenizer.

    Raises ValueError, in a sentence, where the library is not installed.
    """
    try:
        from ctranslate2.specs import TransformerSpec
    except ImportError as error:
        raise ValueError(
            "the format needs CTranslate2: pip install -r requirements-bench.txt"
        ) from error
    encoder, decoder = loaded.model.encoder, loaded.model.decoder
    heads = encoder.blocks()[0].attention.heads
    layers = len(encoder.layers), len(decoder.layers)
    spec = TransformerSpec.from_config(layers, heads, pre_norm=False)
    fill_stack(spec.encoder, spec.encoder.embeddings[0], encoder)
    fill_stack(spec.decoder, spec.decoder.embeddings, decoder)
    fill_linear(spec.decoder.projection, decoder.fc_out)
    vocabulary = [*loaded.tokenizer.pieces]
    vocabulary[UNKNOWN] = SPECIAL[UNKNOWN]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.bos_token = spec.config.decoder_start_token = SPECIAL[START]
    spec.config.eos_token, spec.config.unk_token = SPECIAL[END], SPECIAL[UNKNOWN]
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    write_tokenizer(folder, loaded.tokenizer)


def fill_stack(spec: Any, words: Any, stack: Encoder | Decoder) -> None:
    """The embedding and all layers of an encoder or a decoder."""
    embedding = stack.embedding
    words.weight = numbers(embedding.token.weight)
    spec.scale_embeddings = embedding.scale
    spec.position_encodings.encodings = numbers(positions(PLACES, embedding.token.embedding_dim))
    for layer, block in zip(spec.layer, stack.blocks(), strict=True):
        fill_layer(layer, block)


def fill_layer(spec: Any, block: TransformerBlock) -> None:
    """One layer; a decoder's has a second attention and a third norm."""
    own, cross = block.attention, getattr(block, "cross_attention", None)
    fill_linear(spec.self_attention.linear[0], own.queries, own.keys, own.values)
    fill_attention(spec.self_attention, own, block.norm1)
    if isinstance(cross, SelfAttention):
        fill_linear(spec.attention.linear[0], cross.queries)
        fill_linear(spec.attention.linear[1], cross.keys, cross.values)
        fill_attention(spec.attention, cross, block.norm2)
    fill_linear(spec.ffn.linear_0, block.feed_forward[0])
    fill_linear(spec.ffn.linear_1, block.feed_forward[2])
    fill_norm(spec.ffn.layer_norm, getattr(block, "norm3", block.norm2))


def fill_attention(spec: Any, attention: SelfAttention, norm: nn.LayerNorm) -> None:
    """What comes after the heads: the output layer, and the norm of the residual sum."""
    fill_linear(spec.linear[-1], attention.fc_out)
    fill_norm(spec.layer_norm, norm)


def fill_linear(spec: Any, *layers: Any) -> None:
    """One matrix of all the layers, below each other."""
    spec.weight = numbers(torch.cat([layer.weight for layer in layers]))
    spec.bias = numbers(torch.cat([layer.bias for layer in layers]))


def fill_norm(spec: Any, norm: nn.LayerNorm) -> None:
    """A layer norm."""
    spec.gamma, spec.beta = numbers(norm.weight), numbers(norm.bias)


def numbers(tensor: Tensor) -> Any:
    """A parameter as CTranslate2 takes it."""
    return tensor.detach().float().cpu().numpy()
