"""A fifth and a sixth language model and a third translator, added from outside: all of the page
has them, and says of none what is true of another."""

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

import app
from playground.instrument import Instrument
from playground.page.answer import Answer, first_values
from playground.page.backend import HERE
from playground.reading import measurements
from playground.reading.models import LANGUAGE_MODELS, TRANSLATORS, Model
from playground.settings import Choice, Setting
from seq_models import checkpoint, manifest
from seq_models.hub import Hub

FIFTH = Model("Elman net", "elman", "a memory as it was first described")
SIXTH = Model("Cho's unit", "cho", "gates that nobody has described here")
THIRD = Model("Third translator", "third", "another one that attends")
COPIES = {"elman": "next-word-rnn", "cho": "next-word-gru", "third": "attention-translator"}


@pytest.fixture(autouse=True, scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copies of three bundled models under names of their own, in the tables and on a shelf."""
    weights = tmp_path_factory.mktemp("weights")
    for name, original in COPIES.items():
        shutil.copytree(manifest.WEIGHTS / original, weights / name)
    manifest.update(weights)
    shelf, load, describe = checkpoint.Shelf(weights, Hub("")), checkpoint.load, checkpoint.describe
    for name in manifest.names(manifest.WEIGHTS):
        (weights / name).symlink_to(manifest.WEIGHTS / name)  # for what was measured of them
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            checkpoint, "load", lambda name: (shelf.load if name in COPIES else load)(name)
        )
        patch.setattr(checkpoint, "describe", lambda: describe() + shelf.describe())
        patch.setattr(measurements, "WEIGHTS", weights)
        patch.setitem(LANGUAGE_MODELS, "elman", FIFTH)
        patch.setitem(LANGUAGE_MODELS, "cho", SIXTH)
        patch.setitem(TRANSLATORS, "third", THIRD)
        yield


def instruments() -> Iterator[tuple[Instrument, list[Setting]]]:
    """Every instrument of the page with all that can be set for it, the tab's inputs first."""
    for tab in app.TABS:
        for instrument in tab.instruments:
            yield instrument, [*tab.inputs, *instrument.settings]


def asked(instrument: Instrument, settings: list[Setting], **values: Any) -> Answer:
    """What it answers to the untouched page, but for these values."""
    return Answer(instrument, first_values(settings) | values)


def offering(*models: str) -> Iterator[tuple[Instrument, list[Setting], str]]:
    """Every instrument with a choice among models, and the name of that choice."""
    for instrument, settings in instruments():
        for setting in settings:
            if isinstance(setting, Choice) and set(models) <= set(setting.labels):
                yield instrument, settings, setting.name


def test_the_page_offers_them_and_tells_where_they_came_from() -> None:
    config = json.dumps(app.build().get_config_file(), ensure_ascii=False, default=str)
    for model in (FIFTH, SIXTH):
        assert f'"{model.label}"' in config
    described = {model["name"]: model for model in HERE.models()}
    for copy, original in COPIES.items():
        assert described[copy]["source"] == "bundled"
        assert described[copy]["parameters"] == described[original]["parameters"]


def test_every_instrument_answers_with_a_copy_as_with_its_original() -> None:
    pairs = [("elman", "rnn"), ("cho", "gru"), ("third", "attention")]
    found = [(pair, *one) for pair in pairs for one in offering(*pair)]
    assert {pair for pair, *_ in found} == set(pairs)
    for (copy, original), instrument, settings, name in found:
        mine = asked(instrument, settings, **{name: copy})
        theirs = asked(instrument, settings, **{name: original})
        assert mine.shown.keys() == theirs.shown.keys()
        answer = mine.trace.to_json()
        if answer.get(name) == copy and instrument.name != "inside":  # whose gates the table tells
            assert answer | {name: original} == theirs.trace.to_json()


def test_a_model_of_which_the_table_says_nothing_is_told_by_its_own_name() -> None:
    for copy, model, other in (("elman", FIFTH, "A plain RNN"), ("cho", SIXTH, "GRU")):
        for instrument, settings, name in offering(copy):
            for shown in asked(instrument, settings, **{name: copy}).shown.values():
                told = " ".join([shown.sentence, *shown.formula])
                if instrument.name != "compare":  # which tells of all
                    assert other not in told
        inside = next(one for one in offering(copy) if one[0].name == "inside")
        shown = asked(*inside[:2], model=copy).shown
        assert f"{model.label} has no gates." in shown["unit"].sentence


def test_all_language_models_stand_side_by_side_with_a_curve_each() -> None:
    compare = next(one for one in instruments() if one[0].name == "compare")
    answer = asked(*compare)
    shown = answer.shown
    labels = [model.label for model in LANGUAGE_MODELS.values()]
    assert len(labels) == len(set(labels)) >= 6
    words, curves = (one.picture for one in (shown["four"], shown["curves"]))
    assert words is not None
    assert curves is not None
    texts = {mark.get("text") for mark in words.to_json()["marks"]}
    made = curves.to_json()
    assert set(labels) <= texts
    assert [line["name"] for line in made["data"]] == labels
    assert len(made["layout"]["annotations"]) == len(labels)
    for label in labels:
        assert f"{label} expects" in shown["four"].sentence
        assert f"{label}: " in shown["curves"].sentence
    assert answer.trace.to_json()["models"].keys() == LANGUAGE_MODELS.keys()


def test_whatever_lists_translators_lists_the_third() -> None:
    """Each figure that names both of the others, names it too."""
    known = [model.label for model in TRANSLATORS.values() if model is not THIRD]
    for instrument, settings in instruments():
        for name, shown in asked(instrument, settings).shown.items():
            content = json.dumps(
                [shown.picture and shown.picture.to_json(), shown.sentence, shown.table],
                ensure_ascii=False,
            )
            if all(label in content for label in known):
                assert THIRD.label in content, f"{instrument.name}, {name}"
    rates = measurements.alignment_rates()
    assert rates["third"] == rates["attention"]
