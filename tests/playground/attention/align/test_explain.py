"""Coverage and entropy: sums and logarithms of the spotlight's own rows."""

import json

import numpy as np
import pytest

from playground.attention.align.explain import explain
from playground.reading.translating import spotlight

TEXTS = ["Où est la gare ?", "Je n'ai pas vu Zsófia depuis hier.", "!", "oui"]


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_coverage_shares_out_all_rows_and_entropy_stays_in_its_range(
    text: str, merged: bool
) -> None:
    found, trace = spotlight(text, merged, False), explain(text, merged)
    assert (trace.source, trace.target) == (found.source, found.target)
    assert trace.coverage.sum() == pytest.approx(len(trace.target), abs=1e-4)
    np.testing.assert_allclose(trace.coverage, found.weights.sum(axis=0), atol=1e-5)
    assert (trace.entropy_bits >= 0).all()
    assert (trace.entropy_bits <= np.log2(len(trace.source)) + 1e-6).all()
    assert 1 <= trace.looked_at <= len(trace.source) + 1e-6


def test_entropy_is_the_bits_of_each_row() -> None:
    """Oracle: the definition, number by number."""
    trace = explain(TEXTS[1])
    for row, bits in zip(trace.weights.tolist(), trace.entropy_bits, strict=True):
        assert bits == pytest.approx(-sum(w * np.log2(w) for w in row if w > 0))


def test_the_named_words_are_the_extremes_among_words() -> None:
    trace = explain(TEXTS[1])
    cover = dict(zip(trace.source, trace.coverage, strict=True))
    bits = dict(zip(trace.target, trace.entropy_bits, strict=True))
    words = [word for word in trace.source if word.strip("·").isalnum()]
    written = [word for word in trace.target if word.strip("·").isalnum()]
    assert trace.most == max(words, key=cover.__getitem__)
    assert trace.least == min(words, key=cover.__getitem__)
    assert trace.sharpest == min(written, key=bits.__getitem__)
    assert trace.broadest == max(written, key=bits.__getitem__)


@pytest.mark.parametrize("text", TEXTS)
def test_its_answer_is_plain_numbers(text: str) -> None:
    told = explain(text).to_json()
    assert json.loads(json.dumps(told)) == told
