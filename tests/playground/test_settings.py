"""A setting takes what it says it takes; anything else gets one sentence that says what to do."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.settings import Beyond, Choice, Number, Setting, Text, Toggle, spelled, within

WHOLE = Number(name="top_k", label="Top k", default=5, least=1, most=2**31 - 1)
SETTINGS = (
    WHOLE,
    Number(name="top_p", label="Top p", default=0.5, least=0.05, most=1, step=0.05),
    Choice(name="model", label="Model", options={"gru": "GRU", "rnn": "RNN"}, default="gru"),
    Choice(name="late", label="Late", options=lambda: {"x": "X"}, default="x"),
    Toggle(name="merged", label="Merged"),
    Text(name="word", label="Word", longest=10),
)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())
)


@given(st.sampled_from(SETTINGS), ANYTHING)
def test_a_value_is_taken_or_refused_in_a_sentence(setting: Setting, value: Any) -> None:
    try:
        taken = setting.check(value)
    except ValueError as error:
        said = str(error)
        assert said.endswith(".")
        assert len(said) < 200
    else:
        assert taken == value
        json.dumps(taken, allow_nan=False)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_default_is_one_of_its_own_values(setting: Setting) -> None:
    assert setting.check(setting.default) == setting.first == setting.default


def test_a_number_is_told_as_people_write_it() -> None:
    with pytest.raises(ValueError, match=r"from 1 to 2,147,483,647, not -3\."):
        WHOLE.check(-3)
    assert spelled(0.05) == "0.05"


def test_true_is_no_number_and_1_is_not_true() -> None:
    with pytest.raises(ValueError, match="whole number"):
        WHOLE.check(True)
    with pytest.raises(ValueError, match="true or false"):
        SETTINGS[4].check(1)


def test_a_place_beyond_the_text_says_the_last_there_is() -> None:
    assert within(WHOLE, 3, 3) == 3
    with pytest.raises(Beyond, match="from 1 to 3, not 4") as caught:
        within(WHOLE, 4, 3)
    assert (caught.value.name, caught.value.nearest) == ("top_k", 3)


def test_the_choices_are_those_there_are_when_it_is_asked() -> None:
    options = {"a": "A"}
    setting = Choice(name="model", label="Model", options=lambda: options, default="a")
    with pytest.raises(ValueError, match="There is no model 'b'; please choose a"):
        setting.check("b")
    options["b"] = "B"
    assert setting.check("b") == "b"
