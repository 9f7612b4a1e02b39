"""Numbers for people."""

import pytest

from playground.drawing.numbers import (
    added,
    change,
    minus,
    multiple,
    percent,
    shorten,
    signed,
    whole_percent,
    written,
)


@pytest.mark.parametrize(
    ("probability", "wanted"),
    [(0, "0 %"), (1, "100 %"), (0.12345, "12.3 %"), (1e-6, "< 0.01 %"), (0.001234, "0.123 %")],
)
def test_a_probability_has_at_most_three_digits(probability: float, wanted: str) -> None:
    assert percent(probability) == wanted


@pytest.mark.parametrize(
    ("number", "wanted"),
    [(2**31, "2,147,483,648"), (-3, "−3"), (0.5, "0.5"), (1e12, "1,000,000,000,000"), (2.0, "2")],
)
def test_a_large_number_is_written_out(number: float, wanted: str) -> None:
    assert written(number) == wanted


def test_sums_are_as_on_paper() -> None:
    assert added([1.0, -2.0], 1) == "1.0 + (−2.0)"
    assert added([1.0] * 9, 0).endswith(" + …")
    assert signed(-0.5, 2) == "(−0.50)"
    assert minus("-1") == "−1"
    assert shorten("a" * 30, 5) == "aaaa…"


def test_a_change_has_its_sign_and_nothing_has_none() -> None:
    assert [change(n) for n in (1.25, -0.3, -0.04, 0.0)] == ["+1.2", "−0.3", "0.0", "0.0"]
    assert change(-0.004, 2) == "0.00"


def test_in_a_narrow_cell_only_nothing_is_0_and_only_all_is_100() -> None:
    told = [whole_percent(p) for p in (0.0, 0.0016, 0.37, 0.9951, 1.0)]
    assert told == ["0 %", "< 1 %", "37 %", "> 99 %", "100 %"]


def test_how_many_times_is_told_from_once() -> None:
    told = [multiple(many) for many in (1.0, 1.0000001, 1.00334, 1.05, 41.27, 5e9)]
    assert told == ["", "", "1.00334", "1.05", "41.3", "over a million"]
