"""Nothing of a part is in another, and no pair is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from train.engine.lines import bare
from train.fetching.split import chains, once, parted, without

SIDE = st.sampled_from(["a", "A!", "b", "c c", "C c.", "d", "e", "f", "g"])
PAIRS = st.lists(st.tuples(SIDE, SIDE), max_size=30)


@settings(max_examples=200, deadline=None)
@given(PAIRS, st.integers(0, 12), st.integers(0, 5))
def test_train_and_valid_share_no_sentence_and_make_up_the_whole(
    pairs: list[tuple[str, str]], count: int, seed: int
) -> None:
    train, valid = parted(pairs, count, seed)
    assert sorted(train + valid) == sorted(pairs)
    assert len(valid) <= count
    for side in (0, 1):
        assert not {bare(p[side]) for p in train} & {bare(p[side]) for p in valid}


@settings(max_examples=200, deadline=None)
@given(PAIRS, PAIRS)
def test_nothing_on_either_side_of_what_is_held_out_stays(
    pairs: list[tuple[str, str]], held: list[tuple[str, str]]
) -> None:
    kept = without(pairs, held)
    for side in (0, 1):
        assert not {bare(pair[side]) for pair in kept} & {bare(pair[side]) for pair in held}
    assert without(pairs, []) == pairs
    assert all(
        bare(s) in {bare(x) for x, _ in held} or bare(t) in {bare(y) for _, y in held}
        for s, t in set(pairs) - set(kept)
    )


def test_pairs_bound_by_a_chain_belong_together() -> None:
    pairs = [("a", "1"), ("b", "2"), ("a!", "2"), ("c", "3")]
    assert sorted(map(sorted, chains(pairs))) == [
        [("a", "1"), ("a!", "2"), ("b", "2")],
        [("c", "3")],
    ]


def test_a_pair_comes_once_in_its_first_form() -> None:
    pairs = [("Oui.", "Yes."), ("oui", "yes!"), ("Oui.", "Yeah."), ("Non", "No")]
    assert once(pairs) == [pairs[0], pairs[2], pairs[3]]
