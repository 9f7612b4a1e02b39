"""Memory curves: lower perplexity is lower, more context is further right."""

import pytest

from playground.plots.curves import APART, TALL, TOP, curves, spread
from playground.plots.drawing import Box, Path, Word

SERIES = {"A": [(1, 256.0), (4, 64.0), (None, 64.0)], "B": [(1, 128.0), (None, 16.0)]}


def test_each_model_has_a_line_that_falls_as_its_perplexity_does() -> None:
    drawing = curves(SERIES)
    first, second = (m.points for m in drawing.marks if isinstance(m, Path) and m.width == 2.5)
    assert [y for _, y in first] == sorted(y for _, y in first)
    assert [x for x, _ in first] == sorted(x for x, _ in first)
    assert first[0][0] == second[0][0]
    assert first[-1][0] == second[-1][0]
    heights = {y for _, y in (*first, *second)}
    assert (first[1][1] - first[0][1]) == pytest.approx(2 * (second[0][1] - first[0][1]))
    assert len(heights) == 4


def test_points_tell_their_exact_numbers_and_all_context_is_named() -> None:
    drawing = curves(SERIES)
    titles = [m.title for m in drawing.marks if isinstance(m, Box)]
    assert "A, 4 words seen: perplexity 64" in titles
    assert "B, all words seen: perplexity 16" in titles
    assert {"1", "4", "all"} <= {m.text for m in drawing.marks if isinstance(m, Word)}


def test_names_never_stand_on_each_other() -> None:
    found = sorted(spread([10.0, 210.0, 212.0, 10.5]))
    assert found[0] >= 10.0
    assert found[-1] <= TOP + TALL
    assert all(b - a >= APART for a, b in zip(found, found[1:], strict=False))


def test_a_thin_line_leads_from_the_end_of_each_line_to_its_name() -> None:
    close = {"A": [(1, 250.0), (None, 65.0)], "B": [(1, 128.0), (None, 64.0)]}
    drawing = curves(close)
    lines = [m.points for m in drawing.marks if isinstance(m, Path) and m.width == 2.5]
    leaders = [m.points for m in drawing.marks if isinstance(m, Path) and m.width == 1]
    names = {m.text: m.y for m in drawing.marks if isinstance(m, Word)}
    for line, name in zip(lines, ("A 65", "B 64"), strict=True):
        (reached,) = [points[1][1] for points in leaders if points[0] == line[-1]]
        assert reached == names[name]


def test_a_power_of_two_stands_above_every_line() -> None:
    drawing = curves({"A": [(1, 250.0), (None, 65.0)]})
    (tick,) = [m.y for m in drawing.marks if isinstance(m, Word) and m.text == "256"]
    assert all(m.y + m.height / 2 > tick for m in drawing.marks if isinstance(m, Box))


def test_no_curve_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no curve"):
        curves({})
