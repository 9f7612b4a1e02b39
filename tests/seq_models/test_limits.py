"""A setting is used as it is, or refused in one sentence that names it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from seq_models.decode import beam_search
from seq_models.limits import finite, whole
from seq_models.sample import reshape, sampler
from seq_models.tokenizer import train_pieces
from seq_models.translate import translate
from tests.seq_models.test_decode import CPU, Markov
from tests.tiny import VOCABULARY, model

BAD = [float("nan"), float("inf"), -float("inf"), 1e400, 2.5, -1, "4", None, True, [1], 10**400]
ANYTHING = (
    st.floats() | st.integers() | st.text(max_size=3) | st.none() | st.booleans() | st.just(10**400)
)
TOKENIZER = train_pieces(["le chat est là", "the cat is here"], VOCABULARY)


@pytest.mark.parametrize("value", BAD)
def test_a_width_that_cannot_be_is_named_in_a_sentence(value: Any) -> None:
    with pytest.raises(ValueError, match="^width is .*; it must be a whole number of at least 1"):
        translate(model("attention"), TOKENIZER, "le chat", width=value)


@pytest.mark.parametrize("value", [v for v in BAD if v != 2.5])
def test_a_length_penalty_that_cannot_be_is_named_in_a_sentence(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^length_penalty is .*; it must be a number from 0 to"):
        translate(model("attention"), TOKENIZER, "le chat", width=2, length_penalty=value)


def test_a_stop_rule_that_is_none_is_refused_with_those_there_are() -> None:
    stop: Any = "early"
    with pytest.raises(ValueError, match="stop is 'early'.*nothing_alive_can_win, width_finished"):
        translate(model("attention"), TOKENIZER, "le chat", stop=stop)


def refused(do: Callable[[], Any]) -> Any:
    """What `do` gives; None if it is refused in a sentence that says what must be."""
    try:
        return do()
    except ValueError as error:
        told = str(error)
    assert "it must be" in told
    assert "\n" not in told
    return None


@settings(deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_any_sampling_rules_shape_the_words_or_are_refused_in_a_sentence(
    temperature: Any, top_k: Any, top_p: Any, seed: Any
) -> None:
    table = torch.tensor([[0.5, 0.25, 0.125, 0.125]]).log()
    shaped = refused(lambda: reshape(table, temperature, top_k, top_p).exp())
    ranks = refused(lambda: sampler(temperature, top_k, top_p, seed)(table))
    if shaped is not None:
        assert shaped.sum().item() == pytest.approx(1, abs=1e-4)
    if ranks is not None:
        assert shaped is not None
        assert not ranks.isnan().any()


@settings(deadline=None, max_examples=50)
@given(st.integers(-1, 20) | st.floats(), ANYTHING, st.integers(-1, 9) | st.just(10**400))
def test_any_search_settings_find_a_text_or_are_refused_in_a_sentence(
    width: Any, penalty: Any, limit: Any
) -> None:
    found = refused(lambda: beam_search(Markov(1), torch.zeros(1), [limit], CPU, width, penalty))
    assert found is None or found[0].hypotheses


def test_numbers_of_other_libraries_are_numbers() -> None:
    assert whole("width", np.int64(4), 1) == 4
    assert finite("top_p", np.float32(0.5), 0, 1) == 0.5
    assert finite("temperature", 1, 0, 2) == 1.0
