"""Pairs to examples: a source that a machine wrote begins with ⟨start⟩, and no other does."""

from pathlib import Path

import pytest

from seq_models import END, START
from seq_models.tokenizer import train_pieces
from train.engine.batches import EDGES
from train.engine.lines import LeftOut
from train.engine.translator import count_of, shard_examples

BY_PEOPLE = [(f"le chat {n}", f"the cat {n}") for n in range(20)]
BY_MACHINE = [("un chien", "a dog"), ("deux", "two")]


def test_only_what_a_machine_wrote_is_tagged() -> None:
    texts = [side for pair in (*BY_PEOPLE, *BY_MACHINE) for side in pair]
    tokenizer = train_pieces(texts, 100)
    left_out = LeftOut()
    examples = shard_examples(tokenizer, BY_PEOPLE, BY_MACHINE, 3, left_out)
    assert not +left_out
    tagged = [example for example in examples if example[0][0] == START]
    assert tagged == [
        ([START, *tokenizer.encode(x), END], [START, *tokenizer.encode(y), END])
        for x, y in BY_MACHINE
    ]
    rest = [tokenizer.decode(source) for source, _ in examples if source[0] != START]
    assert rest[: len(BY_PEOPLE)] == [source for source, _ in BY_PEOPLE]
    assert len(rest) == len(BY_PEOPLE) + 2  # longer ones, made of a person's only
    assert all("chat" in source for source in rest)


def test_lines_are_counted_by_their_file() -> None:
    one, two = Path("one"), Path("two")
    lines = {0: [(one, ("a", "b")), (two, ("c", "d"))], 5: [(two, ("e", "f"))]}
    assert count_of([two], lines) == 2
    assert count_of([one, two], lines) == 3
    assert count_of([], lines) == 0


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("machine", [False, True])
def test_a_pair_that_is_too_long_is_left_out_and_counted(side: int, machine: bool) -> None:
    tokenizer = train_pieces([text for pair in BY_PEOPLE for text in pair], 100)
    long = ("le chat " * 200, "cat") if side == 0 else ("chat", "the cat " * 200)
    people, others = (BY_PEOPLE, [*BY_MACHINE, long]) if machine else ([*BY_PEOPLE, long], [])
    left_out = LeftOut()
    examples = shard_examples(tokenizer, people, others, 3, left_out)
    assert left_out == {"long": 1}
    assert max(len(part) for example in examples for part in example) <= EDGES[-1]
