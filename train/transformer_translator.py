"""Train the Transformer translator: python -m train.transformer_translator --data DIR --out DIR.

A. Vaswani et al., 2017, section 5, https://arxiv.org/abs/1706.03762
"""

from train.engine.memory import keep_memory
from train.engine.recipe import Recipe
from train.engine.script import flags_of, told_in_a_sentence
from train.engine.translator import Choices, sizes_of, train_translator, translator_parser

SIZES = {
    "embed_size": 192,
    "encoder_layers": 4,
    "decoder_layers": 2,
    "heads": 6,
    "ff_dim": 768,
    "dropout": 0.1,
}
QUICK_SIZES = SIZES | {"embed_size": 32, "encoder_layers": 2, "heads": 4, "ff_dim": 64}
RECIPE = Recipe(steps=6_000, warmup=800, peak=2e-3, tokens=3_000)
SMOOTHING = 0.1


def main() -> None:
    """Read the flags and train."""
    given = translator_parser(__doc__).parse_args()
    sizes = sizes_of(given, SIZES, QUICK_SIZES)
    with told_in_a_sentence():
        flags = flags_of(given)
        choices = Choices.of(given)
        train_translator(flags, "transformer_translator", sizes, RECIPE, SMOOTHING, choices)


if __name__ == "__main__":
    keep_memory()
    main()
