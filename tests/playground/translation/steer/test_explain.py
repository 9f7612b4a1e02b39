"""Steering: what is given stands, what follows is greedy, each number is the model's own."""

from dataclasses import replace

import pytest

from playground.reading.models import TRANSLATORS
from playground.reading.translating import load
from playground.settings import Beyond
from playground.translation.steer import picked
from playground.translation.steer.explain import agreeing, explain
from playground.translation.steer.figures import figures, kept
from seq_models.translate import read, translate

TEXT = "Elle lit un livre."


@pytest.mark.parametrize("model", TRANSLATORS)
def test_nothing_given_is_greedy_decoding(model: str) -> None:
    network, tokenizer = load(model)
    (search,) = translate(network, tokenizer, [TEXT])
    trace = explain(TEXT, model)
    assert trace.translation == trace.free == tokenizer.decode(search.hypotheses[0].tokens)
    assert trace.given == 0
    assert trace.log_probability == pytest.approx(search.hypotheses[0].log_probability, abs=1e-4)


@pytest.mark.parametrize("model", TRANSLATORS)
@pytest.mark.parametrize("beginning", ["A woman", "Yesterday she", "The", "!"])
def test_a_given_beginning_stands_and_is_counted(model: str, beginning: str) -> None:
    network, tokenizer = load(model)
    trace = explain(TEXT, model, beginning)
    assert trace.translation.startswith(beginning)
    assert trace.given == len(tokenizer.encode(beginning))
    assert len(trace.target) > trace.given


def test_its_log_probability_is_that_of_being_forced() -> None:
    network, tokenizer = load("transformer")
    trace = explain(TEXT, beginning="A woman")
    tokens = [*tokenizer.encode(trace.translation), 2]
    if len(tokens) == len(trace.target):
        forced = sum(read(network, tokenizer, TEXT, tokens).log_probabilities)
        assert trace.log_probability == pytest.approx(forced, abs=1e-3)
    assert trace.free_log_probability >= trace.log_probability


def test_the_likeliest_alternative_is_what_greedy_wrote() -> None:
    trace = explain(TEXT)
    for place, word in enumerate(trace.target, start=1):
        there = explain(TEXT, at=place)
        likelier = there.alternatives[0].probability > there.ending
        assert (there.alternatives[0].word if likelier else "⟨end⟩") == word
        shares = [one.probability for one in there.alternatives]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-6


def test_an_alternative_that_is_taken_stands_at_its_place() -> None:
    second = explain(TEXT).alternatives[1]
    taken = explain(TEXT, beginning=second.beginning, taken=second.beginning)
    assert taken.target[: taken.given][-1] == second.word
    assert f"to:{second.beginning}" in str(figures(explain(TEXT))["instead"].picture.to_json())  # type: ignore[union-attr]


def test_a_place_beyond_the_translation_says_the_last() -> None:
    count = len(explain(TEXT).target)
    with pytest.raises(Beyond) as caught:
        explain(TEXT, at=count + 1)
    assert caught.value.nearest == count


def test_what_the_model_says_itself_costs_no_keystroke() -> None:
    wanted = explain(TEXT).translation
    saved = explain(TEXT, reference=wanted).saved
    assert saved is not None
    assert (saved.typed, saved.rounds, saved.reached) == (0, [wanted], True)


def test_what_a_proposal_says_beyond_the_wanted_translation_is_told() -> None:
    whole = explain(TEXT).translation.split()
    saved = explain(TEXT, reference=" ".join(whole[:2])).saved
    assert saved is not None
    assert (saved.typed, saved.reached, saved.beyond) == (0, True, " ".join(whole[2:]))


def test_a_person_never_types_more_than_the_whole_and_ends_with_what_they_want() -> None:
    wanted = "The woman over there is reading some old book."
    saved = explain(TEXT, reference=wanted).saved
    assert saved is not None
    assert 0 < saved.typed <= saved.characters == len(wanted) + 1
    assert saved.rounds[-1].split()[: len(wanted.split())] == wanted.split()


def test_how_the_wanted_translation_is_typed_costs_no_keystroke() -> None:
    plain = explain("Je ne sais pas.", reference="I don't know.").saved
    assert explain("Je ne sais pas.", reference="I don’t   know. ").saved == plain


def test_what_is_still_missing_when_it_stops_counts_as_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("playground.translation.steer.explain.ROUNDS", 2)
    wanted = "green tables sing under seven windows"
    shown = figures(explain(TEXT, reference=wanted))["keystrokes"]
    assert f"types {len(wanted) + 1} of {len(wanted) + 1} characters" in shown.sentence
    assert "0 % saved, in 2 proposals. There it stopped" in shown.sentence


@pytest.mark.parametrize("beginning", ["I 😀", "I love you😀", "I Б", "I 😀 "])
def test_a_sign_that_it_cannot_write_is_refused_wherever_it_stands(beginning: str) -> None:
    with pytest.raises(ValueError, match="cannot write"):
        explain(TEXT, beginning=beginning)


def test_texts_agree_up_to_their_first_difference() -> None:
    assert agreeing(["a", "b", "c"], ["a", "x", "c"]) == 1
    assert agreeing(["a"], ["a", "b"]) == 1
    assert agreeing(["a", "b"], ["a"]) == 1


def test_a_typed_word_stands_at_its_place_and_the_rest_is_decoded_again() -> None:
    words = explain(TEXT).translation.split()
    trace = explain(TEXT, at=2, word="devours")
    assert trace.translation.split()[:2] == [words[0], "devours"]
    assert trace.beginning == f"{words[0]} devours "
    assert kept(trace) == {"beginning": trace.beginning, "word": ""}
    again = explain(TEXT, beginning=trace.beginning, at=2)
    assert again.to_json() == trace.to_json()
    assert picked("word:devours") == {"word": "devours"}


@pytest.mark.parametrize("model", TRANSLATORS)
def test_an_unfinished_word_is_completed_to_the_likeliest_that_begins_so(model: str) -> None:
    """Letter by letter: what was typed stands, and is never cut where no word goes on."""
    own = explain(TEXT, model).translation
    for count in range(1, len(own)):
        assert explain(TEXT, model, own[:count].rstrip()).translation.startswith(
            own[:count].rstrip()
        )
    first = own.split()[0]
    typed = explain(TEXT, model, first[:2])
    assert typed.translation == own  # its own beginning leads it nowhere else


def test_a_space_ends_a_word() -> None:
    trace = explain(TEXT, beginning="She read ")
    assert trace.translation.split()[1].rstrip(".") == "read"
    assert picked("to:She read") == {"beginning": "She read", "taken": "She read"}


def test_a_word_that_no_token_begins_with_is_written_as_it_is_typed() -> None:
    trace = explain(TEXT, beginning="Zzyqxv")
    assert trace.translation.startswith("Zzyqxv")


@pytest.mark.parametrize("model", TRANSLATORS)
@pytest.mark.parametrize("text", ["Pourquoi est-ce que tu ris ?", "Le rhinocéros grignote."])
def test_what_it_wrote_itself_is_as_likely_when_it_is_given(model: str, text: str) -> None:
    """However the tokenizer would cut it: `seq_models.cuts` has a test of that."""
    free = explain(text, model)
    before = free.translation.rpartition(" ")[0]
    given = explain(text, model, beginning=f"{before} ")
    assert given.translation == free.translation
    assert given.log_probability == pytest.approx(free.log_probability, abs=1e-3)


def test_signs_that_the_model_cannot_write_are_told_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="cannot write 😀"):
        explain(TEXT, beginning="😀 hello ")


def test_where_it_would_rather_end_its_choice_is_not_the_first() -> None:
    trace = explain("Je t'aime.", beginning="I love you. I ", at=5)
    likeliest = replace(trace, ending=0.9)
    said = figures(likeliest)["instead"].sentence
    assert "likeliest is the end. That it ends there has 90 %." in said
    before = figures(replace(trace, ending=0.0))["instead"].sentence
    assert "is the end" not in before
    if "its choice number 1;" in before:
        assert "its choice number 2;" in said


def test_what_is_shouted_is_counted_as_it_is_read() -> None:
    text = (
        "JE NE SAIS PAS POURQUOI MA GRANDE SŒUR A VOULU PARTIR SI TÔT CE MATIN AVEC LES "
        "ENFANTS DE NOS VOISINS, QUI HABITENT DEPUIS LONGTEMPS DANS CETTE PETITE MAISON BLANCHE."
    )
    assert explain(text).translation
    with pytest.raises(ValueError, match="words or pieces of words"):
        explain("le chat dort et " * 60)


@pytest.mark.parametrize("model", TRANSLATORS)
def test_a_typed_word_is_joined_as_it_would_be_written(model: str) -> None:
    trace = explain(TEXT, model)
    end = trace.target.index(".") + 1
    stopped = explain(TEXT, model, at=end, word="!")
    assert stopped.beginning == trace.translation.removesuffix(".") + "! "
    assert stopped.translation.startswith(stopped.beginning.strip())
    apart = explain(TEXT, model, at=2, word="woman")
    assert apart.beginning == f"{trace.translation.split()[0]} woman "
    owner = explain(TEXT, model, at=2, word="'s")
    assert owner.beginning == f"{trace.translation.split()[0]}'s "


def test_a_piece_typed_for_one_that_goes_on_with_a_word_goes_on_with_it() -> None:
    trace = explain("Bonjour.", "attention")
    split = next((n for n, word in enumerate(trace.target) if word.startswith("·")), None)
    if split is not None:
        rest = trace.target[split].removeprefix("·")
        again = explain("Bonjour.", "attention", at=split + 1, word=rest)
        assert again.translation.split()[0] == trace.translation.split()[0]


@pytest.mark.parametrize("beginning", ["The well ", "Well ", "A co "])
def test_nothing_is_joined_to_an_ended_word(beginning: str) -> None:
    trace = explain("Mon grand-père est sympa.", beginning=beginning)
    assert not trace.translation[len(beginning.rstrip()) :].startswith(("-", "'"))


@pytest.mark.parametrize(
    ("typed", "written"), [("The storm…", "The storm..."), ("The storm !", "The storm!")]
)
def test_an_unfinished_beginning_is_read_as_an_ended_one_is(typed: str, written: str) -> None:
    for ending in ("", " "):
        assert explain(TEXT, beginning=typed + ending).translation.startswith(written)


def test_what_stands_at_a_place_is_known_by_its_number_not_its_look() -> None:
    trace = explain(TEXT, at=2)
    assert [one.word for one in trace.alternatives if one.here] == [trace.target[1]]
    other = replace(trace, alternatives=[replace(one, here=False) for one in trace.alternatives])
    assert "not among its first 8 choices" in figures(other)["instead"].sentence
