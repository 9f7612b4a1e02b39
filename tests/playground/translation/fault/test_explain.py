"""Whose fault: each number is the model's own, and the verdict follows from the numbers."""

from dataclasses import replace

import pytest
import torch

from playground.reading.models import TRANSLATORS
from playground.reading.searched import searched
from playground.reading.translating import load
from playground.translation.fault import explain as module
from playground.translation.fault.explain import SAME, Suspect, explain, verdict
from playground.translation.fault.figures import figures, told
from seq_models import END
from seq_models.beam import Hypothesis, Search
from seq_models.exact import exact_search
from seq_models.translate import NEVER_WRITTEN, read, source_ids

TEXT = "Elle lit un livre."
LONG = (
    "Faites attention de ne pas tomber !",
    "Le vieux monsieur qui habite en face de la boulangerie a perdu les clés de sa voiture.",
    "Il aurait fallu que nous partions plus tôt pour ne pas rater le dernier train.",
    "Ma grand-mère racontait des histoires que personne d'autre ne connaissait dans le village.",
    "Si tu avais su ce qui allait se passer, tu ne serais jamais venu jusqu'ici.",
    "On dit que les habitants de cette île ne ferment jamais la porte de leur maison.",
)


@pytest.mark.parametrize("model", TRANSLATORS)
def test_each_suspect_has_the_log_probability_of_being_forced(model: str) -> None:
    network, tokenizer = load(model)
    trace = explain(TEXT, model, "A cat sleeps.", 3)
    for one in trace.suspects:
        tokens = [*tokenizer.encode(one.text), END] if one.text else [END]
        if len(tokens) == one.tokens:  # a text can be cut into pieces in more than one way
            forced = sum(read(network, tokenizer, TEXT, tokens).log_probabilities)
            assert one.log_probability == pytest.approx(forced, abs=1e-3)
    assert {"beam", "greedy", "yours", "empty"} <= {one.name for one in trace.suspects}
    order = [one.log_probability for one in trace.suspects]
    assert order == sorted(order, reverse=True)


@pytest.mark.parametrize("model", TRANSLATORS)
def test_nothing_is_likelier_than_the_first_where_that_is_proved(model: str) -> None:
    """Oracle: a second exact search, with little to beat, finds the first suspect's likelihood."""
    trace = explain("Je t'aime.", model, "I hate cheese.")
    assert trace.proved
    network, tokenizer = load(model)
    ids = source_ids(tokenizer, "Je t'aime.")
    cpu = torch.device("cpu")
    with torch.inference_mode():
        state = network.start(torch.tensor([ids]))
    again = exact_search(
        network, state, 40, cpu, trace.suspects[0].log_probability - 0.5, 5_000, NEVER_WRITTEN,
        least=0,
    )  # fmt: skip
    assert again.best is not None
    assert again.best.log_probability == pytest.approx(trace.suspects[0].log_probability, abs=1e-3)


def test_the_widths_differ_where_searching_wider_finds_another() -> None:
    """Whatever the weights: of some sentences there is one where it does."""
    for text in LONG:
        narrow, wide = (explain(text, "attention", "", width).named("beam") for width in (1, 4))
        assert narrow is not None
        assert wide is not None
        if wide.text != narrow.text:
            break
    assert wide.log_probability > narrow.log_probability


def test_the_verdict_follows_from_the_numbers() -> None:
    mine = Suspect("beam", "a b", -3.0, 3)
    assert verdict(mine, None) == "none"
    assert verdict(mine, Suspect("yours", "a b", -3.0, 3)) == "same"
    assert verdict(mine, Suspect("yours", "a c", -2.0, 3)) == "search"
    assert verdict(mine, Suspect("yours", "a c", -4.0, 3)) == "model"
    assert verdict(mine, Suspect("yours", "a c", -3.0 + SAME / 2, 3)) == "model"


def test_what_the_beam_found_is_the_same_as_expected() -> None:
    found = explain(TEXT).named("beam")
    assert found is not None
    trace = explain(TEXT, expected=found.text)
    assert trace.verdict == "same"
    assert trace.chrf == pytest.approx(100)
    assert {mark for _, mark in trace.difference} == {"same"}


@pytest.mark.parametrize("typed", ["I don’t  know.", " I don't know. "])
def test_how_a_translation_is_typed_makes_no_model_error(typed: str) -> None:
    plain = explain("Je ne sais pas.", expected="I don't know.")
    found = explain("Je ne sais pas.", expected=typed)
    assert found.to_json() == plain.to_json()


def test_what_was_measured_stands_beside_what_was_published() -> None:
    rates = {"sentences": 500, "beam": 4, "missed": 0.124, "empty_best": 0.0, "proved": 0.98}
    trace = replace(explain(TEXT), measured={"transformer": rates})
    shown = figures(trace)["missed"]
    assert "missed the likeliest translation of at least 12.4 %" in shown.sentence
    assert "empty one is likeliest for at least 0 %" in shown.sentence
    assert "which ended for 98 %" in shown.sentence
    assert "over half" in str(shown.picture.to_json())  # type: ignore[union-attr]
    nothing = figures(replace(trace, measured={}))["missed"]
    assert (nothing.picture, nothing.table.body) == (None, [])


def test_without_an_expectation_nothing_is_compared_and_one_is_asked_for() -> None:
    shown = figures(explain(TEXT))
    assert list(shown) == ["suspects", "missed"]
    assert "Type the translation" in shown["suspects"].sentence


def test_how_many_times_likelier_is_told_as_people_write_it() -> None:
    assert told(1.0) == "1 times"
    assert told(8103.08) == "8,103 times"
    assert told(None) == "over a million times"


@pytest.mark.parametrize("expected", ["\0", "x" * 1_001])
def test_a_bad_expectation_is_answered_with_a_sentence(expected: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        explain(TEXT, expected=expected)


def test_signs_that_the_model_cannot_write_are_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="cannot write 😀"):
        explain(TEXT, expected="😀")


@pytest.mark.parametrize("model", TRANSLATORS)
def test_its_own_translation_is_as_likely_when_a_person_types_it(model: str) -> None:
    """Whatever way the tokenizer cuts it: "d" "ances", or "dance" "s" as the model wrote it."""
    text = "Elle danse mieux que sa sœur."
    own = next(one for one in explain(text, model).suspects if one.name == "beam")
    found = {one.name: one for one in explain(text, model, expected=own.text).suspects}
    assert found["yours"].log_probability >= own.log_probability - 1e-3


def test_a_beam_that_found_no_end_is_nobodys_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        module, "searched",
        lambda *asked: replace_first(searched(*asked), Hypothesis((5, 6), (-0.1, -0.1))),
    )  # fmt: skip
    trace = explain(TEXT, "transformer", "She reads a book.")
    assert trace.verdict == "cut"
    assert trace.times is None
    said = figures(trace)["suspects"].sentence
    assert said.startswith("The beam found no end and was cut")
    bar = max(one.log_probability for one in trace.suspects if one.finished)
    assert bar < -0.2 == pytest.approx(trace.named("beam").log_probability)  # type: ignore[union-attr]


def replace_first(search: Search, best: Hypothesis) -> Search:
    """A search that found this one first."""
    return replace(search, hypotheses=[best, *search.hypotheses])


def test_marks_are_no_words() -> None:
    trace = replace(explain(TEXT, "transformer", "Cats!"),
                    difference=[("Cats", "same"), ("!", "added"), (".", "removed")])  # fmt: skip
    assert (
        "Words in both: 1; only the beam's: 0, only yours: 0." in figures(trace)["apart"].sentence
    )
