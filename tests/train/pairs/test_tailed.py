"""A sentence with something more at its end: said on both sides, before the mark."""

import random

import pytest

from train.pairs.frames import rows
from train.pairs.tables import TAILS
from train.pairs.tailed import tailed

PAIR = "Elle mange une pomme.", "She eats an apple."


@pytest.mark.parametrize("seed", range(40))
def test_the_same_is_said_at_both_ends_and_before_the_mark(seed: int) -> None:
    found = tailed(*PAIR, random.Random(seed))
    assert found is not None
    more = [text.removeprefix(kept[:-1]) for text, kept in zip(found, PAIR, strict=True)]
    assert all(text.endswith(".") and text[0] in " ," and len(text) > 3 for text in more)
    frames = [(french.split("{")[0].strip(" ,"), english.split("{")[0].strip(" ,"))
              for french, english in rows(TAILS)]  # fmt: skip
    assert any(more[0][1:].strip().startswith(one) and more[1][1:].strip().startswith(other)
               for one, other in frames)  # fmt: skip


def test_a_mark_keeps_the_space_before_it() -> None:
    source, target = tailed("Où est donc Marc ?", "Where is Marc?", random.Random(1)) or ("", "")
    assert source.endswith(" ?")
    assert target[-2:-1].isalpha()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Elle part ce soir.", "She leaves tonight."),  # its time is told
        ("Oui.", "Yes."),
        ("Elle part. Elle rit.", "She leaves. She laughs."),
        ("Elle part tout de suite !", "She leaves at once."),  # not the same mark
        ("Elle part, et elle rit.", "She leaves and laughs."),
        ("Elle part tout de suite", "She leaves at once"),
    ],
)
def test_a_pair_without_a_place_for_it_stays_as_it_is(source: str, target: str) -> None:
    assert tailed(source, target, random.Random(1)) is None
