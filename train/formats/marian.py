"""A Transformer translator as a Marian model, which the library `transformers` reads.

The two compute the same but for one order: Marian's position codes have all sines first and then
all cosines, ours have them in turn. So the numbers of every word vector are put in Marian's order,
and with them the rows and columns of all that reads or writes such vectors.

    W (x P) = (W P^T) x  for any order P of the numbers in x

M. Junczys-Dowmunt et al., 2018, https://aclanthology.org/P18-4020
"""

import json
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import Tensor

from seq_models import END, PAD, START, UNKNOWN
from seq_models.folder import CONFIG, PARAMETERS
from seq_models.loaded import LoadedTranslator
from train.formats.text import write_tokenizer
from train.formats.translators import PLACES

GENERATION = "generation_config.json"
PARTS = {  # ours -> Marian's
    "cross_attention.": "encoder_attn.",
    ".attention.": ".self_attn.",
    "queries": "q_proj",
    "keys": "k_proj",
    "values": "v_proj",
    "fc_out": "out_proj",
    "feed_forward.0": "fc1",
    "feed_forward.2": "fc2",
    "norm1": "self_attn_layer_norm",
}
NORMS = {  # the later ones of each stack
    "encoder": {"norm2": "final_layer_norm"},
    "decoder": {"norm2": "encoder_attn_layer_norm", "norm3": "final_layer_norm"},
}
READ_VECTORS = ("queries.weight", "keys.weight", "values.weight", "feed_forward.0.weight")


def write_marian(folder: Path, loaded: LoadedTranslator) -> None:
    """Write what MarianMTModel and AutoTokenizer read; needs no library but ours."""
    folder.mkdir(parents=True, exist_ok=True)
    parameters = {name: p.detach().cpu() for name, p in loaded.model.named_parameters()}
    saved = safetensors.torch.save(as_marians(parameters), metadata={"format": "pt"})
    (folder / PARAMETERS).write_bytes(saved)
    for file, content in ((CONFIG, config(loaded)), (GENERATION, generation())):
        (folder / file).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    write_tokenizer(folder, loaded.tokenizer)


def as_marians(ours: dict[str, Tensor]) -> dict[str, Tensor]:
    """The parameters of a `transformer_translator` under Marian's names, in Marian's order."""
    words = ours["encoder.embedding.token.weight"]  # (V, E), of both languages, in and out
    order = torch.cat([torch.arange(0, words.size(1), 2), torch.arange(1, words.size(1), 2)])
    found = {
        "model.shared.weight": words[:, order],
        "final_logits_bias": ours["decoder.fc_out.bias"].unsqueeze(0),
    }
    for name, tensor in ours.items():
        if ".layers." in name:
            found[f"model.{renamed(name)}"] = reordered(name, tensor, order)
    return {name: tensor.float().contiguous() for name, tensor in found.items()}


def renamed(name: str) -> str:
    """Marian's name of a layer's parameter."""
    for ours, marians in (PARTS | NORMS[name.partition(".")[0]]).items():
        name = name.replace(ours, marians)
    return name


def reordered(name: str, tensor: Tensor, order: Tensor) -> Tensor:
    """The parameter for word vectors whose numbers stand in another order."""
    if name.endswith(READ_VECTORS):
        return tensor[:, order]
    writes = "norm" in name or "fc_out" in name or "feed_forward.2" in name
    return tensor[order] if writes else tensor


def config(loaded: LoadedTranslator) -> dict[str, Any]:
    """Marian's config.json."""
    ours = loaded.config["arguments"]
    return {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "is_encoder_decoder": True,
        "vocab_size": ours["vocab_size"],
        "d_model": ours["embed_size"],
        "max_position_embeddings": PLACES,
        "encoder_layers": ours["encoder_layers"],
        "decoder_layers": ours["decoder_layers"],
        "encoder_attention_heads": ours["heads"],
        "decoder_attention_heads": ours["heads"],
        "encoder_ffn_dim": ours["ff_dim"],
        "decoder_ffn_dim": ours["ff_dim"],
        "activation_function": "relu",
        "scale_embedding": True,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        "dropout": ours["dropout"],
        "pad_token_id": PAD,
        "eos_token_id": END,
        "bos_token_id": START,
        "decoder_start_token_id": START,
        "forced_eos_token_id": None,
    }


def generation() -> dict[str, Any]:
    """How `generate` searches unless told otherwise: as ours does, with a beam of 4."""
    return {
        "pad_token_id": PAD,
        "eos_token_id": END,
        "bos_token_id": START,
        "decoder_start_token_id": START,
        "suppress_tokens": [PAD, START, UNKNOWN],
        "begin_suppress_tokens": [END],
        "num_beams": 4,
        "length_penalty": 1.0,
        "early_stopping": "never",  # "nothing alive can win"
        "max_new_tokens": PLACES - 1,
    }
