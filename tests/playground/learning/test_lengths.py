"""Right answers by length: each example counts once, in the stretch of its length."""

from hypothesis import given
from hypothesis import strategies as st

from playground.learning.lengths import STRETCHES, stretches

examples = st.tuples(st.text("ab", min_size=1, max_size=30), st.booleans())


@given(st.lists(examples, min_size=1, max_size=60))
def test_each_example_counts_once_and_in_the_stretch_of_its_length(
    drawn: list[tuple[str, bool]],
) -> None:
    found = stretches([(text, "x" if ok else "y", "x") for text, ok in drawn])
    assert 1 <= len(found) <= STRETCHES
    assert found[0].shortest == min(len(text) for text, _ in drawn)
    ends = [edge for one in found for edge in (one.shortest, one.longest)]
    assert ends == sorted(ends)
    for one in found:
        oks = [ok for text, ok in drawn if one.shortest <= len(text) <= one.longest]
        assert (one.right, one.examples) == (sum(oks), len(oks))
        assert len(oks) > 0
    assert sum(one.examples for one in found) == len(drawn)
    assert found[-1].longest == max(len(text) for text, _ in drawn)
    widths = [one.longest - one.shortest + 1 for one in found]
    assert len(set(widths[:-1])) <= 1
    assert widths[-1] <= widths[0]
