"""Many sentences: each as it is translated alone, none twice, scores as sacrebleu has them."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu import corpus_bleu, corpus_chrf

from playground.reading import lent
from playground.reading.models import TRANSLATORS
from playground.reading.translating import load
from playground.translation.many_sentences import LINES
from playground.translation.many_sentences.explain import (
    FEW,
    WINDOW,
    batches,
    explain,
    progress,
)
from playground.translation.many_sentences.figures import figures
from playground.translation.many_sentences.lines import pasted
from playground.translation.many_sentences.told import going
from seq_models.translate import translate

TEXTS = ["Il pleut.", "Elle lit un livre près de la fenêtre.", "Je t'aime.", "Où est la gare ?"]
REFERENCES = ["It rains.", "She is reading a book by the window.", "I love you.", "Where is it?"]
BOTH = "\n".join(f"{text}\t{other}" for text, other in zip(TEXTS, REFERENCES, strict=True))


@pytest.mark.parametrize("model", TRANSLATORS)
def test_each_line_is_translated_as_it_is_alone(model: str) -> None:
    network, tokenizer = load(model)
    found = explain("\n".join(TEXTS), model, 2)
    for text, said in zip(TEXTS, found.translations, strict=True):
        (search,) = translate(network, tokenizer, [text], 2)
        assert said == tokenizer.decode(search.hypotheses[0].tokens)
    assert found.scores is None


@given(st.lists(st.integers(1, 160), max_size=3 * WINDOW))
def test_every_line_is_in_one_small_batch(lengths: list[int]) -> None:
    found = list(batches(lengths))
    assert sorted(chain.from_iterable(found)) == list(range(len(lengths)))
    assert all(0 < len(batch) <= lent.FEW for batch in found)


def test_the_scores_are_sacrebleus_with_its_signature() -> None:
    found = explain(BOTH, beam_width=1)
    assert found.scores is not None
    bleu = corpus_bleu(found.translations, [REFERENCES]).score
    chrf = corpus_chrf(found.translations, [REFERENCES]).score
    assert found.scores["bleu"] == pytest.approx(bleu)
    assert found.scores["chrf"] == pytest.approx(chrf)
    assert "tok:13a" in found.scores["bleu_signature"]
    assert found.scores["bleu_signature"] in figures(found)["many"].sentence


def test_results_come_as_they_are_and_the_last_says_all() -> None:
    lines = pasted(f"{BOTH}\n" * 5)
    steps = list(progress(lines, "transformer", 1, False))
    assert [done for done, *_ in steps] == [0, lent.FEW, len(lines)]
    for done, _, rows, _ in steps:
        assert len(rows) == done
        assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)
    _, told, rows, said = steps[-1]
    assert told == "All 20 lines are translated."
    assert [row[1] for row in rows] == TEXTS * 5
    assert said.startswith("On 20 lines: BLEU ")


def test_the_untouched_page_says_what_can_be_done_and_has_lines_with_references() -> None:
    assert "“Translate all” shows how near" in figures(explain(TEXTS[0]))["many"].sentence
    lines = pasted(LINES)
    assert len(lines) == 5
    assert all(line.reference for line in lines)


def test_how_long_it_takes_is_told_as_people_say_it() -> None:
    assert going(16, 1_000, 70.4) == "16 of 1,000 lines; about 70 s left."
    assert going(16, 1_000, 180.0) == "16 of 1,000 lines; about 3 minutes left."
    assert going(1, 1, 0.0) == "1 line is translated."
    assert going(0, 1_000, 0.0) == "0 of 1,000 lines."
    assert going(0, 1, 0.0) == "0 of 1 line."


def test_a_bad_line_is_named() -> None:
    with pytest.raises(ValueError, match=r"^Line 3: Most of this text is in signs"):
        explain("Il pleut.\n\nПривет мир")
    with pytest.raises(ValueError, match=r"^Line 2: This text has 1,001 characters"):
        explain("Il pleut.\n" + "a" * 1_001)
    with pytest.raises(ValueError, match="51 lines; please give at most 50"):
        explain("Il pleut.\n" * (FEW + 1))


def test_much_work_is_sent_to_the_field_for_many_sentences() -> None:
    """One call must not keep a worker for minutes: long lines, all that it accepts in number."""
    line = "le chat et le chien et la souris sont dans la maison de ma grand-mère et " * 5
    with pytest.raises(ValueError, match=r"a beam of 10; please give fewer or a narrower beam"):
        explain("\n".join([line] * FEW), beam_width=10)
    assert len(explain("\n".join(["Il pleut."] * FEW), beam_width=10).translations) == FEW


def test_what_was_left_out_is_told_with_its_line() -> None:
    found = explain("J'aime les 🍎 rouges.\nOui.", "attention")
    alone = explain("J'aime les 🍎 rouges.", "attention").notes
    assert found.notes == tuple(f"Line 1: {note}" for note in alone)
    assert any("🍎" in note for note in alone)
