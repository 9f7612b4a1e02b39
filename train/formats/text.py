"""A tokenizer.json that reads on its own: what `Tokenizer` does before and after is written in it.

    text -> usual signs, NFKC, single spaces -> pieces -> their numbers, ⟨end⟩

What cannot be written there: a space between two sentences that were typed without one, one number
for what was typed as one sign ("…"), and that nobody typed a space before a first sign without one.
"""

import json
from pathlib import Path

import tokenizers
from tokenizers import Regex, decoders, normalizers, processors

from seq_models import END, PAD, START, UNKNOWN
from seq_models.normalise import GUILLEMETS, IGNORABLE, LOOK_ALIKES
from seq_models.tokenizer import SPACE, SPECIAL, Tokenizer

TOKENIZER, SETTINGS = "tokenizer.json", "tokenizer_config.json"
NAMES = {"pad_token": PAD, "bos_token": START, "eos_token": END, "unk_token": UNKNOWN}


def write_tokenizer(folder: Path, tokenizer: Tokenizer) -> None:
    """Write tokenizer.json, and tokenizer_config.json, by which AutoTokenizer finds it."""
    path = folder / TOKENIZER
    tokenizer.save(path)
    backend = tokenizers.Tokenizer.from_file(str(path))
    backend.normalizer = normalizer(tokenizer)
    end = SPECIAL[END]
    backend.post_processor = processors.TemplateProcessing(
        single=f"$A {end}", pair=f"$A {end} $B {end}", special_tokens=[(end, END)]
    )
    backend.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    path.write_text(backend.to_str(pretty=True), encoding="utf-8")
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "clean_up_tokenization_spaces": False,
        **{name: SPECIAL[number] for name, number in NAMES.items()},
    }
    text = json.dumps(settings, indent=2, ensure_ascii=False) + "\n"
    (folder / SETTINGS).write_text(text, encoding="utf-8")


def normalizer(tokenizer: Tokenizer) -> normalizers.Normalizer:
    """`seq_models.normalise`, as far as the library's own parts go."""
    usual: dict[str, list[str]] = {}
    for sign, instead in LOOK_ALIKES.items():
        if not "\ud800" <= sign <= "\udfff":  # a lone surrogate is no text to the library
            usual.setdefault(instead, []).append(sign)
    parts: list[normalizers.Normalizer] = [normalizers.Replace(Regex(r"\s"), " ")]
    parts.append(normalizers.Replace(Regex(r"\p{Cf}"), ""))
    parts.append(normalizers.Replace(Regex("|".join(map(escaped, sorted(IGNORABLE)))), ""))
    for instead, signs in usual.items():
        parts.append(normalizers.Replace(Regex("|".join(map(escaped, signs))), instead))
    parts += [normalizers.Replace(pair, sign) for pair, sign in GUILLEMETS.items()]
    parts.append(normalizers.NFKC())
    if tokenizer.normal("«").text != "«":  # a vocabulary without guillemets
        parts.append(normalizers.Replace(Regex("[«»]"), '"'))
    parts += [normalizers.Replace(Regex(" +"), " "), normalizers.Strip()]
    return normalizers.Sequence(parts)


def escaped(sign: str) -> str:
    """A sign as a regular expression of the library has it."""
    return f"\\x{{{ord(sign):X}}}"
