"""Looking elsewhere, told: both texts, the cost, and where it had to look."""

import pytest

from playground.attention.elsewhere import INSTRUMENT, RULE, cell_picked
from playground.attention.elsewhere.explain import Trace, explain
from playground.attention.elsewhere.figures import figures
from playground.drawing import Box, Drawing

TEXT = "Où est la gare ?"


@pytest.mark.parametrize("rule", RULE.labels)
def test_both_translations_and_the_cost_are_told(rule: str) -> None:
    trace = explain(TEXT, rule, 2, "0 1")
    shown = figures(trace)
    told, used = shown["elsewhere"].sentence, shown["elsewhere-weights"]
    assert f"“{trace.original.translation}”" in told
    assert f"“{trace.replaced.translation}”" in told
    same = abs(trace.cost_bits) < 0.05
    assert ("costs the same" if same else f"costs {abs(trace.cost_bits):.1f} bits") in told
    assert "(0 %)" not in used.sentence
    assert ("same share at each step" in used.sentence) == (rule == "uniform")
    assert ("softmax" in used.formula[0]) == (rule in ("shuffled", "typed"))
    assert shown["elsewhere"].formula[1].endswith(f"{trace.cost_bits:.3f} bits".replace("-", "−"))
    assert used.table.headers[1:] == trace.source
    assert [row[0] for row in used.table.body] == trace.replaced.target


def test_a_translation_without_an_end_is_told_as_cut() -> None:
    trace = explain(TEXT)
    cut = type(trace.replaced)(**vars(trace.replaced) | {"finished": False})
    told = figures(Trace(**vars(trace) | {"replaced": cut}))["elsewhere"].sentence
    assert "It found no end and was cut." in told


def test_what_is_picked_is_a_rule_that_is_typed() -> None:
    assert cell_picked("2") == {"rule": "typed", "step": 3}
    assert cell_picked("c2") == {"rule": "typed", "weights": "0 0 1"}
    assert cell_picked("1,0") == {"rule": "typed", "step": 2, "weights": "1"}


def test_only_the_typed_step_is_framed() -> None:
    for rule, frames in (("typed", 1), ("uniform", 0)):
        picture = figures(explain(TEXT, rule, 2))["elsewhere-weights"].picture
        assert isinstance(picture, Drawing)
        assert sum(isinstance(m, Box) and m.framed for m in picture.marks) == frames


def test_a_seed_beyond_the_last_is_told_as_people_write_numbers() -> None:
    seed = next(one for one in INSTRUMENT.settings if one.name == "seed")
    with pytest.raises(ValueError, match="whole number from 0 to 2,147,483,647, not 3,000,000,000"):
        seed.check(3_000_000_000)


@pytest.mark.parametrize("rule", ["diagonal", "argmax", "last"])
def test_where_each_step_looks_at_one_piece_none_is_called_strongest(rule: str) -> None:
    said = figures(explain("Elle lit un livre.", rule))["elsewhere-weights"].sentence
    assert said == "Each step looks at one French piece alone."
