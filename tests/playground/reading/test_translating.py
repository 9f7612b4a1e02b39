"""A French text is read as printed, and a person is told what was changed or left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.reading.models import LANGUAGE_MODELS, TRANSLATORS
from playground.reading.opening import sound
from playground.reading.translating import french, load, spotlight, wanted_tokens, write
from playground.reading.words import opened
from seq_models.translate import source_ids

MODELS = pytest.mark.parametrize("model", TRANSLATORS)


@MODELS
@pytest.mark.parametrize(
    "text", ["JE NE SAIS PAS OÙ ELLE HABITE.", "je ne sais pas ou elle habite"]
)
def test_what_was_typed_in_haste_is_read_as_printed_and_told(model: str, text: str) -> None:
    found = french(model, text, as_typed=False)
    assert found.text == "Je ne sais pas où elle habite."
    assert found.notes == ("Read as: Je ne sais pas où elle habite.",)


@MODELS
def test_as_typed_changes_nothing_and_tells_nothing(model: str) -> None:
    text = "je ne sais pas ou elle habite"
    found = french(model, text, as_typed=True)
    assert (found.text, found.notes) == (text, ())


@MODELS
@pytest.mark.parametrize("as_typed", [False, True])
def test_signs_that_the_model_does_not_know_are_left_out_and_named(
    model: str, as_typed: bool
) -> None:
    found = french(model, "J'ai dit שלום à mon ami.", as_typed)
    assert found.text == "J'ai dit à mon ami."
    (told,) = (note for note in found.notes if "Left out" in note)
    assert told.endswith(": שלום")
    assert all(token.known for token in found.tokens)


@MODELS
def test_clean_text_stays_and_nothing_is_told(model: str) -> None:
    text = "Je n'ai jamais vu un si beau jardin."
    found = french(model, text, as_typed=False)
    assert (found.text, found.notes) == (text, ())


def test_the_pieces_of_what_is_read_are_the_labels_and_the_ids() -> None:
    found = write("OU EST LA GARE", as_typed=False)
    assert found.text == "Où est la gare ?"
    assert len(found.source) == len(found.ids)
    light = spotlight("OU EST LA GARE", True, False)
    assert light.source == ["Où", "est", "la", "gare", "?", "⟨end⟩"]
    assert light.notes == ("Read as: Où est la gare ?",)


@pytest.mark.parametrize("as_typed", ["yes", 1, None])
def test_as_typed_is_true_or_false(as_typed: object) -> None:
    with pytest.raises(ValueError, match="true or false for as typed"):
        french("attention", "oui", as_typed)  # type: ignore[arg-type]


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40), st.booleans())
def test_any_text_is_read_or_refused_in_one_sentence(text: str, as_typed: bool) -> None:
    said, tokens = "", []
    try:
        tokens = french("transformer", text, as_typed).tokens
    except ValueError as error:
        said = str(error)
    assert bool(tokens) != bool(said)
    assert all(token.known for token in tokens)
    assert said == "" or (said.endswith(".") and "\n" not in said)


def test_a_wanted_text_is_read_as_a_source_is() -> None:
    network, tokenizer = load("transformer")
    ids = source_ids(tokenizer, "J'ai attendu.")
    one, three = (wanted_tokens(network, tokenizer, ids, text) for text in ("I…", "I..."))
    assert one == three


@pytest.mark.parametrize("text", ["Hello , my name is", "Wait ! I", "I waited…", "It is ½"])
def test_the_page_reads_a_text_as_the_package_does(text: str) -> None:
    for as_typed in (True, False):
        reading = opened(text, "gru", as_typed)
        loaded = sound(LANGUAGE_MODELS["gru"].folder)
        read = loaded.read(text, as_typed).read_as
        assert reading.ids[0, 1:].tolist() == loaded.tokenizer.encode(read)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Where is the station ?", "Where is the station?"),
        ("Stop !! Now .", "Stop!! Now."),
        ("It costs .5 euros", "It costs .5 euros"),
        ("? !", "?!"),
    ],
)
def test_a_wanted_text_has_no_space_before_the_mark_that_ends_a_word(
    typed: str, written: str
) -> None:
    network, tokenizer = load("attention")
    ids = source_ids(tokenizer, "Où est la gare ?")
    assert tokenizer.decode(wanted_tokens(network, tokenizer, ids, typed)) == written
