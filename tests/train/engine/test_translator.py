"""Pairs to examples: a source that a machine wrote begins with ⟨start⟩, and no other does."""

from pathlib import Path

from seq_models import END, START
from seq_models.tokenizer import train_pieces
from train.engine.translator import lines_of, shard_examples

BY_PEOPLE = [(f"le chat {n}", f"the cat {n}") for n in range(20)]
BY_MACHINE = [("un chien", "a dog"), ("deux", "two")]


def test_only_what_a_machine_wrote_is_tagged() -> None:
    texts = [side for pair in (*BY_PEOPLE, *BY_MACHINE) for side in pair]
    tokenizer = train_pieces(texts, 100)
    examples = shard_examples(tokenizer, BY_PEOPLE, BY_MACHINE, 3)
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
    lines = {0: [(one, 1, "a\tb"), (two, 1, "c\td")], 5: [(two, 2, "e\tf")]}
    assert lines_of([two], lines) == 2
    assert lines_of([one, two], lines) == 3
    assert lines_of([], lines) == 0
