"""Without a part of the textbook: what it was for is gone, and nothing else has changed."""

import pytest
import torch

from seq_models.decode import beam_search
from seq_models.left_out import PARTS, Reread, without
from seq_models.seq2seq import Seq2Seq
from tests.tiny import CONFIGS, close, model, outputs, targets, words

CONFIG = CONFIGS["transformer"]


def pair(part: str) -> tuple[Seq2Seq, Seq2Seq]:
    """The tiny translator, and the same without a part."""
    whole = model("transformer")
    return whole, without(whole, CONFIG, part)


@pytest.mark.parametrize("part", PARTS)
def test_the_parameters_are_the_very_same_and_the_output_is_another(part: str) -> None:
    whole, other = pair(part)
    for name, parameter in other.named_parameters():
        assert parameter.data_ptr() == whole.get_parameter(name).data_ptr()
    source, target = words(5, 3), targets(2, 4)
    assert not torch.allclose(other(source, target), whole(source, target), atol=1e-4, rtol=0)


def test_nothing_of_what_serves_is_trained_by_way_of_it() -> None:
    assert not any(p.requires_grad for p in pair("positions")[1].parameters())


def test_without_positions_the_order_of_the_source_does_not_matter() -> None:
    whole, other = pair("positions")
    source, target = words(6), targets(1, 4)
    mixed = source[:, [3, 1, 5, 0, 2, 4]]
    close(other(source, target), other(mixed, target))
    assert not torch.allclose(whole(source, target), whole(mixed, target), atol=1e-4, rtol=0)


def test_without_the_causal_mask_a_word_sees_the_next() -> None:
    whole, other = pair("causal")
    source, target = words(6), targets(1, 5)
    changed = target.clone()
    changed[0, -1] = 4 if target[0, -1] != 4 else 5
    close(whole(source, target)[:, :-1], whole(source, changed)[:, :-1])
    assert not torch.allclose(
        other(source, target)[:, 0], other(source, changed)[:, 0], atol=1e-4, rtol=0
    )


def test_without_cross_attention_the_source_is_not_heard() -> None:
    _, other = pair("cross")
    target = targets(1, 4)
    close(other(words(6), target), other(words(6, seed=5), target))


def test_without_the_residual_sum_a_block_is_its_parts_one_after_the_other() -> None:
    _, other = pair("residual")
    block, x = other.encoder.layers[0], torch.randn(1, 4, 12)
    attended, _ = block.attention(x)
    once = block.norm1(attended)
    close(block(x)[0], block.norm2(block.feed_forward(once)))


def test_without_the_scale_a_score_is_the_bare_product() -> None:
    _, other = pair("scaled")
    attention, x = other.encoder.layers[0].attention, torch.randn(1, 4, 12)
    look = attention.look(x, *attention.project(x))
    close(look.score, look.queries @ look.keys.mT)
    close(attention.score_parts(x, x * 0).sum(dim=0), look.score)


def test_reading_all_words_anew_gives_what_steps_give() -> None:
    whole, source, target = model("transformer"), words(5, 3), targets(2, 4)
    anew = Reread(whole)
    state, expected = anew.start(source), whole.start(source)
    for tokens in target.unbind(dim=1):
        logits, state, _ = anew.step(tokens, state)
        wanted, expected, _ = whole.step(tokens, expected)
        close(logits, wanted)


def test_what_is_read_anew_can_be_searched() -> None:
    """Oracle: the search that keeps what it computed."""
    whole, source = model("transformer"), words(5, 3)
    found = [
        [h.tokens for h in search.hypotheses]
        for one in (whole, Reread(whole))
        for search in beam_search(one, one.start(source), [6, 6], torch.device("cpu"), width=3)
    ]
    assert found[:2] == found[2:]


def test_the_last_word_sees_the_same_with_and_without_a_mask() -> None:
    _, other = pair("causal")
    source, target = words(6), targets(1, 5)
    state, rows = other.start(source), []
    for tokens in target.unbind(dim=1):
        logits, state, _ = other.step(tokens, state)
        rows.append(logits)
    close(rows[-1], other(source, target)[:, -1])
    assert not torch.allclose(rows[0], other(source, target)[:, 0], atol=1e-4, rtol=0)
    assert len(outputs(state)) > 1


def test_a_part_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="no part 'dropout', only positions, causal"):
        without(model("transformer"), CONFIG, "dropout")
