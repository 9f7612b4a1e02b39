"""The Next word tab's instruments: a value for each output, and what explain computed in it."""

import json
from types import ModuleType
from typing import Any

import gradio as gr
import pytest
from playground.tabs.next_word.tree import Tree

from playground.explain import choice, guess, inside, look_back, next_word, surgery
from playground.plots.figure import percent
from playground.tabs import next_word as tab
from playground.tabs.next_word import api, back, choose, four, predict, tree
from playground.tabs.next_word import guess as game
from playground.tabs.next_word import inside as looking
from playground.tabs.next_word import surgery as operating
from playground.tabs.workbench import Bench

TEXT = "The old man sat down by the fire and"


@pytest.fixture(scope="module")
def bench() -> Bench:
    with gr.Blocks():
        return tab.build()


def test_every_instrument_shows_a_value_for_each_output(bench: Bench) -> None:
    for name, instrument in bench.instruments.items():
        settings = [setting.value for setting in bench.built[name].settings.values()]
        assert len(instrument.show(TEXT, "gru", *settings)) == len(bench.built[name].outputs)


def test_the_tab_is_alive_on_opening(bench: Bench) -> None:
    for output in bench.outputs:
        if isinstance(output, gr.HTML) and output.elem_id != "scores":
            assert output.value


@pytest.mark.parametrize("model", next_word.MODELS)
def test_each_figure_tells_what_explain_computed(model: str) -> None:
    surprise, expected, tried, _ = predict.show(TEXT, model, "", "")
    trace = next_word.explain(TEXT, model)
    assert f"Perplexity {trace.perplexity:.3g} so far" in surprise["told"]
    assert percent(trace.next_probabilities[0]) in expected["told"]
    assert TEXT in tried["told"]
    (stages,) = choose.show(TEXT, model, 0.8, 40, 0.9, 5)
    drawn = choice.explain(TEXT, model, 0.8, 40, 0.9, 5)
    assert f"“{drawn.chosen}”" in stages["told"]
    assert f"leaves {drawn.kept_after_top_p}" in stages["told"]
    memory, followed = looking.show(TEXT, model, "strength", -1)
    unit = inside.explain(TEXT, model, "strength").unit
    assert f"Unit {unit} ends at" in memory["told"]
    assert followed["told"].startswith(f"Unit {unit}.")
    (looked,) = back.show(TEXT, model, "the")
    found = look_back.explain(TEXT, model, "the")
    assert percent(found.probability) in looked["told"]
    (operated,) = operating.show(TEXT, model, "reset", 3, 0)
    divergence = surgery.explain(TEXT, model, "reset", 3).divergence_bits
    assert f"{divergence:.2g} bits" in operated["told"]


def test_every_value_can_be_sent_and_every_figures_call_computes_it_again(bench: Bench) -> None:
    for name, instrument in bench.instruments.items():
        settings = [setting.value for setting in bench.built[name].settings.values()]
        for value in instrument.show(TEXT, "lstm", *settings):
            json.dumps(value)
            if isinstance(value, dict):
                call = value["call"]
                answer = api.endpoints()[call["endpoint"]](*call["arguments"])
                space: dict[str, Any] = {}
                exec(value["cell"], space)
                assert space["trace"].to_json() == answer


def test_a_setting_beyond_a_shorter_text_or_a_smaller_model_still_answers() -> None:
    operating.show("The", "lstm", "zero", 40, 500)
    looking.show("The", "lstm", "change", 500)


@pytest.mark.parametrize("module", [predict, choose, looking, back, operating, four])
def test_bad_text_is_answered_with_a_sentence(module: ModuleType, bench: Bench) -> None:
    settings = [setting.value for setting in bench.built[module.NAME].settings.values()]
    with pytest.raises(ValueError, match="please"):
        module.show("", "gru", *settings)


def test_a_next_word_adds_itself_and_a_mark_cannot_be_picked() -> None:
    _, expected, _, _ = predict.show("My name is", "gru", "", "")
    words = [mark for mark in expected["drawing"]["marks"] if mark.get("anchor") == "end"]
    trace = next_word.explain("My name is", "gru")
    for word, mark in zip(trace.next_words, words, strict=True):
        if word.startswith("⟨"):
            assert "key" not in mark
        else:
            assert mark["key"].endswith(word)
            assert next_word.explain(mark["key"]).tokens[:3] == trace.tokens
            assert predict.pick(mark["key"]) == {"text": mark["key"], "picked": mark["key"]}


def test_a_tree_grows_by_what_is_picked_and_stays_when_one_returns() -> None:
    grown, here = tree.grown(Tree(), "The", "")
    grown, here = tree.grown(grown, "The cat", "The cat")
    grown, here = tree.grown(grown, "The", "The cat")
    assert (grown.texts, here) == (("The", "The cat"), 0)
    grown, here = tree.grown(grown, "The dog", "The dog")
    assert (grown.parents, here) == ((-1, 0, 0), 2)
    assert grown.words() == ["The", "cat", "dog"]
    grown, here = tree.grown(grown, "The dog.", "The dog.")
    assert grown.parents == (-1, 0, 0, 2)
    assert tree.parsed(grown.to_json()) == grown


def test_what_is_typed_letter_by_letter_is_one_leaf() -> None:
    grown, _ = tree.grown(Tree((-1, 0), ("The", "The cat")), "The cat", "The cat")
    for text in ("The cat s", "The cat sa", "The cat sat"):
        grown, here = tree.grown(grown, text, "The cat")
    assert (grown.texts, here) == (("The", "The cat", "The cat sat"), 2)


def test_an_unrelated_text_starts_a_tree_and_a_beginning_becomes_its_root() -> None:
    grown = Tree((-1, 0), ("The cat", "The cat sat"))
    assert tree.grown(grown, "A dog", "")[0].texts == ("A dog",)
    assert tree.grown(grown, "The cats", "")[0].texts == ("The cats",)
    rooted, here = tree.grown(grown, "The", "")
    assert (rooted.parents, rooted.texts, here) == ((-1, 0, 1), ("The", *grown.texts), 0)


def test_a_tree_stays_small_enough_for_a_link() -> None:
    grown = Tree()
    for number in range(100):
        text = "word " * 20 + str(number)
        grown, here = tree.grown(grown, text, text)
        assert grown.texts[here] == text
        assert len(grown.to_json()) <= tree.LONGEST


@pytest.mark.parametrize(
    "kept", ["", "null", "[]", "[[0],[1],2]", '[[-1,5],["a","ab"],false]', "[" * 5000, '{"a":1}']
)
def test_what_is_no_tree_is_an_empty_one(kept: str) -> None:
    assert tree.parsed(kept) == Tree()


def test_a_game_goes_on_word_by_word_and_ends_with_the_score() -> None:
    shown, asked, result, kept, _ = game.show("", "gru", "1", "", "")
    hidden = [guess.turn("1", position) for position in range(guess.ROUND)]
    for position, turn in enumerate(hidden):
        assert shown == f"{turn.text} ____"
        assert result is None
        answer = guess.turn("1", position, turn.choices)
        right = next(word for word in turn.choices if guess.turn("1", position, [word]).found)
        assert answer.count == guess.ROUND
        wrong = next(word for word in turn.choices if word != right)
        shown, asked, result, kept, _ = game.show("", "gru", "1", kept, f"{position}.0:{wrong}")
        assert f"Not “{wrong}”" in asked["told"]
        tried = f"{position}.1:{right.upper()}"
        shown, asked, result, kept, _ = game.show("", "gru", "1", kept, tried)
        assert f"“{right}” is right, at guess 2." in asked["told"]
        again = game.show("", "gru", "1", kept, tried)  # the same event once more
        assert json.loads(again[3]) == json.loads(kept) or result is not None
    assert shown == guess.PASSAGES[0]
    assert result is not None
    late = game.show("", "gru", "1", kept, f"{guess.ROUND - 1}.2:late")
    assert late[2] == result
    assert result["table"]["body"][0][:3] == ["You", "0 %", "2.0"]
    names = ["Plain RNN", "GRU", "LSTM", "Transformer"]
    assert [row[0] for row in result["table"]["body"]][1:] == names


def test_the_passage_is_not_on_the_page_before_it_is_found() -> None:
    values = game.show("", "gru", "3", "", "")
    rest = guess.PASSAGES[2].removeprefix(guess.turn("3", 0).text).strip()
    assert rest not in json.dumps(values)
    assert " ".join(rest.split()[1:4]) not in json.dumps(values)


@pytest.mark.parametrize("kept", ["", "1", "[1, 2]", '["1", "x"]', '["2", [["a"]]]', "[" * 9999])
def test_what_is_no_game_of_this_passage_begins_anew(kept: str) -> None:
    assert game.parsed(kept, "1") == [[]]


def test_a_text_of_ones_own_is_a_passage_too() -> None:
    shown, asked, _, _, _ = game.show(TEXT, "gru", game.OWN, "", "")
    assert shown == "The old man ____"
    assert "Word 1 of 6" in asked["told"]


def test_writing_on_streams_the_text_and_answers_bad_settings_with_a_sentence() -> None:
    written = list(choose.go_on("Once upon a", "gru", 0.8, 50, 0.95, 1))
    assert all(text.startswith("Once upon a") for _, text in written)
    ((note, kept),) = choose.go_on("", "gru", 0.8, 50, 0.95, 1)
    assert "please" in note
    assert kept == gr.skip()
