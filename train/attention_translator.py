"""Train the recurrent translator: python -m train.attention_translator --data DIR --out DIR.

D. Bahdanau, K. Cho, Y. Bengio, 2015, https://arxiv.org/abs/1409.0473
"""

from train.engine.memory import keep_memory
from train.engine.recipe import Recipe
from train.engine.script import flags_of, told_in_a_sentence
from train.engine.translator import Choices, sizes_of, train_translator, translator_parser

SIZES = {"embed_size": 256, "encoder_layers": 1, "hidden_size": 384, "dropout": 0.2}
QUICK_SIZES = SIZES | {"embed_size": 32, "hidden_size": 48}
RECIPE = Recipe(steps=5_400, warmup=400, peak=1.5e-3, tokens=3_000)
SMOOTHING = 0.1


def main() -> None:
    """Read the flags and train."""
    given = translator_parser(__doc__).parse_args()
    sizes = sizes_of(given, SIZES, QUICK_SIZES)
    with told_in_a_sentence():
        flags = flags_of(given)
        choices = Choices.of(given)
        train_translator(flags, "attention_translator", sizes, RECIPE, SMOOTHING, choices)


if __name__ == "__main__":
    keep_memory()
    main()
