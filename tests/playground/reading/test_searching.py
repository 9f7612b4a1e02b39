"""What a search looked at: its own steps, never a pass that grows with all that it weighed."""

from typing import Any

import numpy as np
import pytest

from playground.reading.searched import searched
from playground.reading.searching import live_beginnings, live_weights, weights_along
from playground.reading.translating import cross_weights, load
from seq_models.translate import read, source_ids

TEXT, WIDTH = "Le chat dort.", 4


@pytest.mark.parametrize("model", ["attention", "transformer"])
def test_a_finished_text_looked_where_forced_decoding_says(model: str) -> None:
    network, tokenizer = load(model)
    search = searched(network, tokenizer, TEXT, WIDTH)
    live = live_beginnings(search)
    weights = live_weights(network, source_ids(tokenizer, TEXT), search)
    assert [len(one) for one in live] == [len(one) for one in weights]
    assert len(search.finished) >= WIDTH
    for one in search.finished:
        reading = read(network, tokenizer, TEXT, one.tokens)
        expected = cross_weights(reading.decoder_weights)[-1].mean(axis=0)
        np.testing.assert_allclose(weights_along(live, weights, one.tokens), expected, atol=1e-5)


@pytest.mark.parametrize("model", ["attention", "transformer"])
def test_it_asks_for_a_step_of_the_search_at_a_time(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, tokenizer = load(model)
    search = searched(network, tokenizer, TEXT, WIDTH)
    rows: list[int] = []
    step = network.step

    def spied(tokens: Any, state: Any) -> Any:
        rows.append(len(tokens))
        return step(tokens, state)

    monkeypatch.setattr(network, "step", spied)
    monkeypatch.setattr(network, "look", None)
    live_weights(network, source_ids(tokenizer, TEXT), search)
    assert rows == [len(one) for one in live_beginnings(search)]
    assert max(rows) == WIDTH
