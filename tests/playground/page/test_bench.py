"""Instruments side by side: only the open one is computed, and no other output moves."""

import dataclasses
import json
import sys
from typing import Any

import gradio as gr
import pytest

from playground.instrument import Instrument
from playground.page import backend, controls, parts
from playground.page.answer import BROKEN, Answer
from playground.page.bench import Bench, answerer, asked, bench
from tests.playground.toy import TAB, rooms

USUAL = {"size": 2, "kind": "a", "whole": False, "kept": ""}


def ask(
    made: Bench,
    view: str,
    text: str,
    act: str = "",
    seen: str = "",
    number: int | None = None,
    **own: Any,
) -> dict[Any, Any]:
    """What the tab's listener answers."""
    given: dict[str, Any] = {"text": text}
    for name in ("first", "second"):
        given |= {f"{name}.{key}": value for key, value in USUAL.items()}
    given |= {f"{view}.{key}": value for key, value in own.items()}
    if number is None:
        number = json.loads(seen).get("question", 0) + 1 if seen.startswith('{"act"') else 1
    answer: dict[Any, Any] = answerer(made)(view, act, seen, number, **given)
    return answer


def having(made: Bench, *instruments: Instrument) -> Bench:
    """The bench with these instruments in the place of those of the same names."""
    all_of_them = made.instruments | {one.name: one for one in instruments}
    tab = dataclasses.replace(made.tab, instruments=tuple(all_of_them.values()))
    return dataclasses.replace(made, tab=tab)


def sentence(made: Bench, view: str, answer: dict[Any, Any]) -> str:
    """What the instrument's figure says in an answer."""
    said: str = json.loads(answer[made.panels[view]])["figures"]["toy"]["sentence"]
    return said


def act(*numbers: int, key: str = "x 1", view: str = "second", figure: str = "toy") -> str:
    """What the browser tells when marks were picked, the last one with this key."""
    picks = [
        {"view": view, "figure": figure, "key": key if number == numbers[-1] else f"z {number}"}
        | {"number": number}
        for number in numbers
    ]
    return json.dumps({"number": numbers[-1], "picks": picks})


def test_only_the_open_instrument_is_computed_with_its_own_settings(made: Bench) -> None:
    answer = ask(made, "second", "a b", size=1, kind="b")
    assert sentence(made, "second", answer) == "a b, 1, b, False, "
    assert made.panels["first"] not in answer


def test_the_untouched_page_shows_the_first_instrument_and_no_other(made: Bench) -> None:
    shown = json.loads(made.panels["first"].value)
    assert shown["figures"]["toy"]["sentence"] == "one two, 2, a, False, "
    assert made.panels["second"].value in (None, "null")


def test_what_is_worked_out_already_is_not_answered_again(made: Bench) -> None:
    values = {one.name: one.first for one in (*TAB.inputs, *TAB.instruments[0].settings)}
    answer = ask(made, "first", str(values.pop("text")), seen=made.seen.value, **values)
    assert answer == {made.note: gr.skip()}


def test_a_tab_that_nobody_sees_at_first_is_worked_out_when_it_is_opened() -> None:
    with rooms() as tab, gr.Blocks(), gr.Tab() as place:
        later = bench(tab, place, shown=False)
        assert later.panels["first"].value in (None, "null")
        answer = ask(later, "first", "a b", seen=later.seen.value)
        assert sentence(later, "first", answer).startswith("a b")


def test_bad_input_leaves_every_figure_and_says_why(made: Bench) -> None:
    answer = ask(made, "first", "  ")
    assert answer[made.note] == parts.noticed("please type a word", stale=True)
    assert not {*made.panels.values()} & {*answer}
    assert "no such instrument" in ask_view(made, "third")


def ask_view(made: Bench, view: str) -> str:
    said: str = answerer(made)(view, "", "")[made.note]["notice"]
    return said


def test_a_fault_of_an_instrument_is_one_sentence_and_its_story_is_in_the_log(
    made: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("the secret of line 7")

    monkeypatch.setattr(backend, "Answer", broken)
    answer = ask(made, "first", "a b")
    assert answer[made.note] == parts.noticed(BROKEN, stale=True)
    assert not {*made.panels.values()} & {*answer}
    assert "the secret of line 7" in caplog.text
    monkeypatch.undo()
    assert made.panels["first"] in ask(made, "first", "a b", seen=answer[made.seen], size=1)


def test_a_good_answer_clears_the_notice_and_tells_its_notes(made: Bench) -> None:
    note = ask(made, "first", "a b")[made.note]
    assert note == parts.noticed(notes=["read as typed"])


def test_what_is_picked_changes_inputs_and_the_answer_together(made: Bench) -> None:
    """The shared input by its own name, a setting of the instrument by that instrument's."""
    answer = ask(made, "second", "a b", act=act(1, key="c d 2"))
    assert answer[made.inputs["text"]] == "c d 2"
    assert answer[made.inputs["second.size"]] == 2
    assert made.inputs["first.size"] not in answer
    assert sentence(made, "second", answer).startswith("c d 2, 2")


def test_a_pick_counts_once(made: Bench) -> None:
    """What is typed after a pick is asked with the pick still in the browser's hidden text."""
    seen = ask(made, "second", "a b", act=act(1))[made.seen]
    again = ask(made, "second", "e f", act=act(1), seen=seen)
    assert made.inputs["text"] not in again
    assert sentence(made, "second", again).startswith("e f")
    assert made.inputs["text"] in ask(made, "second", "e f", act=act(2), seen=seen)


def test_a_mark_picked_while_another_is_computed_takes_nothing_from_it(made: Bench) -> None:
    """Gradio asks for the second before any field holds the first one's answer, `seen` included."""
    first = ask(made, "second", "a b", act=act(1))
    early = ask(made, "second", "a b", act=act(1, 2, key="c 1"))
    assert early[made.inputs["second.size"]] == 1
    late = ask(made, "second", "x 1", act=act(1, 2, key="c 1"), seen=first[made.seen], kept="1")
    assert late[made.inputs["text"]] == early[made.inputs["text"]] == "c 1"
    assert json.loads(late[made.seen])["act"] == 2


def test_each_of_several_picks_leaves_what_only_it_changed(
    made: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = dataclasses.replace(
        made.instruments["second"].figures[0],
        pick=lambda key: {"size": 3} if key == "z 1" else {"kind": "b"},
    )
    second = dataclasses.replace(made.instruments["second"], figures=(figure,))
    answer = ask(having(made, second), "second", "a b c", act=act(1, 2))
    assert sentence(made, "second", answer).startswith("a b c, 3, b")


def test_a_mark_of_another_instrument_changes_nothing_here(made: Bench) -> None:
    answer = ask(made, "first", "a b", act=act(1, view="second"))
    assert made.inputs["text"] not in answer
    assert json.loads(answer[made.seen])["act"] == 1


def test_the_echo_of_an_answer_is_not_answered_again(made: Bench) -> None:
    first = ask(made, "second", "a b", act=act(1, key="c d 2"))
    echo = ask(made, "second", "c d 2", act=act(1, key="c d 2"), seen=first[made.seen], kept="2")
    assert echo == {made.note: parts.noticed(notes=["read as typed"])}


def test_what_is_undone_while_an_answer_is_computed_is_asked_again(made: Bench) -> None:
    """The third question was written before the second was answered, and says what it saw then."""
    first = ask(made, "second", "a b", number=1)
    undone = {"seen": first[made.seen], "number": 3, "kept": "2"}
    assert sentence(made, "second", ask(made, "second", "a b", **undone)).startswith("a b")
    echo = undone | {"number": 2}
    assert made.panels["second"] not in ask(made, "second", "a b", **echo)


def test_a_refused_answer_is_not_given_twice_either(made: Bench) -> None:
    """So a notice stands until a person acts: Gradio's own later events do not clear it."""
    seen = ask(made, "first", "")[made.seen]
    again = ask(made, "first", "", seen=seen)
    assert again == {made.note: parts.noticed("please type a word", stale=True)}
    assert made.panels["first"] in ask(made, "first", "a b", seen=seen)


@pytest.mark.parametrize("timed", [False, True])
def test_two_who_ask_the_same_share_an_answer_unless_it_tells_a_time(
    timed: bool, made: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[str] = []

    def counted(*given: Any) -> Answer:
        computed.append("")
        return Answer(*given)

    monkeypatch.setattr(backend, "Answer", counted)
    answer = answerer(having(made, dataclasses.replace(made.instruments["first"], timed=timed)))
    given = {f"first.{name}": value for name, value in USUAL.items()} | {"text": "a b"}
    one, other = (answer("first", "", "", **given) for _ in range(2))
    assert one[made.panels["first"]] == other[made.panels["first"]]
    assert len(computed) == 1 + timed


@pytest.mark.parametrize(
    "wrong",
    [
        "{",
        "[]",
        "7",
        '{"picks": 3}',
        '{"picks": [3, {}]}',
        '{"number": 1e400}',
        '{"number": [1]}',
        "[" * 5_000,
    ],
)
def test_what_somebody_else_wrote_into_a_hidden_text_does_no_harm(made: Bench, wrong: str) -> None:
    assert made.panels["first"] in ask(made, "first", "a b", act=wrong, seen=wrong)


@pytest.mark.parametrize("key", ["", "no number"])
def test_a_mark_that_is_not_there_is_told_in_a_sentence(made: Bench, key: str) -> None:
    answer = ask(made, "second", "a b", act=act(3, key=key))
    assert "pick another" in answer[made.note]["notice"]
    assert not answer[made.note]["stale"]
    again = ask(made, "second", "a b", act=act(3, key=key), seen=answer[made.seen], kept="2")
    assert again == {made.note: answer[made.note]}


def test_a_value_beyond_the_text_takes_the_nearest_and_the_cell_says_which(made: Bench) -> None:
    answer = ask(made, "first", "a b c", size=40)
    panel = json.loads(answer[made.panels["first"]])
    assert panel["figures"]["toy"]["sentence"].startswith("a b c, 3,")
    assert "size=3" in panel["cell"]
    assert panel["call"] == {"endpoint": "first", "arguments": ["a b c", 3, "a", False]}


def test_what_an_instrument_keeps_goes_to_its_own_setting(made: Bench) -> None:
    answer = ask(made, "first", "a b", kept="1")
    assert answer[made.inputs["first.kept"]] == "12"
    assert made.inputs["second.kept"] not in answer


def test_what_is_kept_as_it_was_is_not_written_over_what_is_typed_meanwhile(
    made: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys.modules["toy_tab.second.figures"], "kept", lambda trace: {"text": "a b"}
    )
    fresh = having(made, dataclasses.replace(made.instruments["second"]))
    assert made.inputs["text"] not in ask(fresh, "second", "a b")
    assert ask(fresh, "second", "c d")[made.inputs["text"]] == "a b"


def test_any_two_different_questions_are_told_apart(made: Bench) -> None:
    assert asked("first", {"a": "1"}) != asked("first", {"a": 1})
    assert asked("first", {"a": "\ud800"}) != asked("second", {"a": "\ud800"})


def test_what_is_pasted_or_taken_back_is_heard_and_a_hidden_setting_is_not() -> None:
    with gr.Blocks():
        typed, kept = gr.Textbox(), gr.Textbox(visible="hidden")
        size = gr.Slider(1, 5, 2)
        assert [event.event_name for event in controls.asking(typed)] == ["change"]
        assert controls.asking(kept) == []
        assert [event.event_name for event in controls.asking(size)] == ["input", "release"]
        assert [event.event_name for event in controls.asking(gr.Checkbox())] == ["input"]


def test_a_mark_of_an_instrument_that_was_left_meanwhile_counts_when_it_is_opened(
    made: Bench,
) -> None:
    done = act(7, view="second")
    left = ask(made, "first", "a b", done)
    opened = ask(made, "second", "a b", done, left[made.seen])
    at_once = ask(made, "second", "a b", done)
    assert sentence(made, "second", opened) == sentence(made, "second", at_once)
    assert sentence(made, "second", opened) != sentence(made, "second", ask(made, "second", "a b"))
    again = ask(made, "second", "a b", done, opened[made.seen])
    assert made.inputs["text"] not in again
