"""A search that is remembered is the search, for each question of its own."""

from itertools import product

import pytest

from playground.reading import searched as room
from playground.reading.searched import searched
from playground.reading.translating import load
from seq_models.translate import translate


@pytest.fixture(autouse=True)
def forgotten() -> None:
    searched.cache_clear()


def test_each_text_model_and_setting_has_its_own_search() -> None:
    texts = ("Il dort.", "Elle lit.")
    asked = list(product(("attention", "transformer"), texts, (1, 3), (0.0, 1.0)))
    for model, text, width, penalty in [*asked, *asked]:
        network, tokenizer = load(model)
        found = searched(network, tokenizer, text, width, penalty)
        (own,) = translate(network, tokenizer, [text], width, penalty)
        assert [one.tokens for one in found.hypotheses] == [one.tokens for one in own.hypotheses]
        assert len(found.steps) == len(own.steps)


def test_what_was_searched_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    network, tokenizer = load("transformer")
    once = searched(network, tokenizer, "Il dort.")
    monkeypatch.setattr(room, "translate", None)
    assert searched(network, tokenizer, "Il dort.") is once


def test_a_width_of_another_kind_is_refused_as_ever() -> None:
    network, tokenizer = load("transformer")
    searched(network, tokenizer, "Il dort.", 1)
    for width in (1.0, True):
        with pytest.raises(ValueError, match="width"):
            searched(network, tokenizer, "Il dort.", width)  # type: ignore[arg-type]
