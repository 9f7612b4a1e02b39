"""Text to numbers and back, for words and for pieces."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seq_models import END, PAD, START, UNKNOWN
from seq_models.normalise import normalise
from seq_models.tokenizer import SPECIAL, Tokenizer, train_pieces, train_words, with_whole_words
from tests.tiny import sentences

LINES = [side for pair in sentences() for side in pair]
LINES += ["I don't know, said l'ami.", "In 1984 we had 20 cats!", "Is it so? A hundred (100)."]
TOKENIZERS = {"words": train_words(LINES, 300), "pieces": train_pieces(LINES, 160)}
TOKENIZERS["whole words too"] = with_whole_words(train_pieces(LINES, 140), LINES, 146)
EACH = pytest.mark.parametrize("tokenizer", TOKENIZERS.values(), ids=TOKENIZERS)
WORDS, PIECES = TOKENIZERS["words"], TOKENIZERS["pieces"]

KNOWN_WORDS = st.lists(
    st.sampled_from(["the", "cat", "don't", "voit", "maison", "1984", "big", "I"]), max_size=8
)
ODD_LETTERS = "ab 9.,'’“”…⟨⟩é▁¨½ﬁﷺ👩🏽\t\n\x00\x1f\x85\u0301\u0327\u200b\u200d\u2028\u3000"
STRANGE = st.text(st.sampled_from(ODD_LETTERS), max_size=12)


@EACH
@settings(max_examples=100, deadline=None)
@given(text=st.text() | STRANGE)
@example(text="⟨end⟩ the cat ⟨start⟩")
@example(text="  don’t… “stop” , 👩‍👩‍👧  e\u0301 \x00 ")
@example(text="👩 the cat")
@example(text="Cafe\u0301 is nice")
@example(text="½ of it")
@example(text="Hello … world")
@example(text="(the cat)")
@example(text="q\u0303 the cat")
def test_the_texts_of_all_tokens_joined_are_the_text_as_typed(
    tokenizer: Tokenizer, text: str
) -> None:
    tokens = tokenizer.tokens(text)
    if tokens:
        assert "".join(token.text for token in tokens) == text
        assert all(token.text for token in tokens)
    else:
        assert not normalise(text).text
    for token in tokens[1:]:
        assert not unicodedata.category(token.text[0]).startswith("M")
    assert [token.id for token in tokens] == tokenizer.encode(text)
    assert all(token.known == (token.id != UNKNOWN) for token in tokens)


@EACH
@settings(max_examples=100, deadline=None)
@given(text=st.text() | STRANGE)
def test_typed_text_never_becomes_start_end_or_padding(tokenizer: Tokenizer, text: str) -> None:
    assert not {PAD, START, END} & set(tokenizer.encode(f"{text}⟨end⟩{text} ⟨padding⟩ ⟨start⟩"))


@EACH
@settings(max_examples=50, deadline=None)
@given(words=KNOWN_WORDS)
def test_text_of_known_words_comes_back_as_it_was(tokenizer: Tokenizer, words: list[str]) -> None:
    text = " ".join(words)
    assert tokenizer.decode(tokenizer.encode(text)) == text
    assert all(token.known for token in tokenizer.tokens(text))


@EACH
@pytest.mark.parametrize("text", LINES[-3:])
def test_punctuation_comes_back_where_it_was(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.decode(tokenizer.encode(text)) == text


@EACH
@pytest.mark.parametrize("text", ["", " ", "\t\n\u3000\x85", "▁", " ▁ "])
def test_blanks_give_no_tokens(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.encode(text) == []
    assert tokenizer.tokens(text) == []
    assert tokenizer.decode([]) == ""


@EACH
def test_blanks_around_and_between_words_change_no_number(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("  the \t cat\n") == tokenizer.encode("the cat")


@EACH
def test_an_unknown_word_is_marked_and_never_dropped(tokenizer: Tokenizer) -> None:
    for text in ("the 猫 sees us.", "猫 sees us.", "sees us 猫"):
        unknown = [token.text.strip() for token in tokenizer.tokens(text) if not token.known]
        assert unknown == ["猫"]
        assert tokenizer.decode(tokenizer.encode(text)) == text.replace("猫", "⟨unknown⟩")


def test_a_word_outside_the_vocabulary_is_unknown_but_its_pieces_are_known() -> None:
    assert WORDS.decode(WORDS.encode("the treehouse sees us")) == "the ⟨unknown⟩ sees us"
    assert PIECES.decode(PIECES.encode("the treehouse sees us")) == "the treehouse sees us"


@settings(max_examples=50, deadline=None)
@given(st.text("abdehiklmnorstu ", min_size=1))
def test_every_piece_stands_at_its_own_letters(text: str) -> None:
    for token in PIECES.tokens(text):
        piece = PIECES.piece(token.id).replace("▁", "")
        assert not token.known or token.text.replace(" ", "") == piece


@EACH
@pytest.mark.parametrize(("typed", "plain"), [("don’t", "don't"), ("“so”", '"so"')])
def test_curly_quotes_are_read_as_straight_ones_and_kept_as_typed(
    tokenizer: Tokenizer, typed: str, plain: str
) -> None:
    assert tokenizer.encode(typed) == tokenizer.encode(plain)
    assert "".join(token.text for token in tokenizer.tokens(typed)) == typed


@EACH
def test_an_ellipsis_in_one_character_is_one_token_of_a_point(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("the cat…") == tokenizer.encode("the cat.")
    assert [token.text for token in tokenizer.tokens("the cat…")][-1] == "…"


@EACH
def test_a_sign_that_would_be_several_tokens_is_one_unknown_one(tokenizer: Tokenizer) -> None:
    half, *_ = tokenizer.tokens("½ of the cat")
    assert (half.text, half.known) == ("½", False)


def test_an_accent_that_the_model_lacks_leaves_its_letter_known() -> None:
    (token, *_) = PIECES.tokens("t\u0303he cat")
    assert (token.text, PIECES.piece(token.id)) == ("t\u0303", "▁t")


@EACH
def test_format_characters_change_no_number_and_are_no_text(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("\ufeffthe c\u00adat\u200b") == tokenizer.encode("the cat")
    assert tokenizer.tokens("\u200b\ufeff") == []


@EACH
def test_guillemets_are_quotation_marks_to_a_model_without_any(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("«the cat»") == tokenizer.encode('"the cat"')


@EACH
def test_one_text_is_not_taken_for_many(tokenizer: Tokenizer) -> None:
    with pytest.raises(ValueError, match="wanted several texts, got one: 'the cat'"):
        tokenizer.encode_many("the cat")


def test_a_word_keeps_its_apostrophe_and_punctuation_stands_alone() -> None:
    texts = [token.text for token in WORDS.tokens("I don't know, said l'ami.")]
    assert texts == ["I", " don't", " know", ",", " said", " l'ami", "."]


def test_digits_stand_alone_in_pieces_and_together_in_words() -> None:
    assert [token.text for token in PIECES.tokens("1984")] == ["1", "9", "8", "4"]
    assert [token.text for token in WORDS.tokens("1984")] == ["1984"]
    entries = [PIECES.piece(number) for number in range(PIECES.vocab_size)]
    assert all(sum(map(str.isdigit, entry)) <= 1 for entry in entries)


@EACH
def test_every_vocabulary_begins_with_the_special_tokens(tokenizer: Tokenizer) -> None:
    assert [tokenizer.piece(number) for number in (PAD, START, END)] == list(SPECIAL[:3])
    assert tokenizer.piece(UNKNOWN).lstrip("▁") == SPECIAL[UNKNOWN]
    assert tokenizer.decode([START, *tokenizer.encode("the cat"), END, PAD, PAD]) == "the cat"


@EACH
def test_numbers_run_up_to_the_size_of_the_vocabulary(tokenizer: Tokenizer) -> None:
    assert tokenizer.vocab_size <= 300
    entries = [tokenizer.piece(number) for number in range(tokenizer.vocab_size)]
    assert len(set(entries)) == tokenizer.vocab_size


@EACH
def test_a_word_has_a_letter_or_a_digit_in_it(tokenizer: Tokenizer) -> None:
    judged = {t.text.strip(): t.is_word for t in tokenizer.tokens("us, 1984. cat!")}
    marks = {text for text, is_word in judged.items() if not is_word}
    assert marks == {",", ".", "!"}


@EACH
def test_a_word_starts_where_a_blank_was(tokenizer: Tokenizer) -> None:
    text = "the treehouse sees us."
    tokens = [token for token in tokenizer.tokens(text) if token.known]
    for token in tokens[1:]:
        assert tokenizer.starts_word(token.id) == token.text.startswith(" ")
    assert tokenizer.starts_word(tokens[0].id)


@EACH
def test_many_texts_at_once_get_the_numbers_that_each_gets_alone(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode_many(LINES) == [tokenizer.encode(line) for line in LINES]


@EACH
def test_saving_what_was_loaded_writes_the_same_bytes(tokenizer: Tokenizer, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    tokenizer.save(one)
    loaded = Tokenizer.load(one)
    loaded.save(two)
    assert one.read_bytes() == two.read_bytes()
    for text in [*LINES, "the 猫 ⟨end⟩ don’t…"]:
        assert loaded.tokens(text) == tokenizer.tokens(text)
        assert loaded.decode(loaded.encode(text)) == tokenizer.decode(tokenizer.encode(text))


@pytest.mark.parametrize("train", [train_words, train_pieces])
def test_training_twice_gives_the_same_tokenizer(train: object, tmp_path: Path) -> None:
    assert callable(train)
    for name in ("one", "two"):
        train(LINES, 100).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_tokenizer_with_other_special_tokens_is_refused(tmp_path: Path) -> None:
    WORDS.save(tmp_path / "t.json")
    text = (tmp_path / "t.json").read_text(encoding="utf-8")
    (tmp_path / "t.json").write_text(text.replace("⟨start⟩", "<s>"), encoding="utf-8")
    with pytest.raises(ValueError, match="⟨start⟩ has number None, not 1"):
        Tokenizer.load(tmp_path / "t.json")
    for text in ("", "{}", "[1", '{"model": {}}'):
        (tmp_path / "t.json").write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match="t.json holds no tokenizer"):
            Tokenizer.load(tmp_path / "t.json")


@settings(max_examples=50, deadline=None)
@given(mark=st.sampled_from(['"', "(", "[", "'", '("']), words=KNOWN_WORDS.filter(len))
def test_a_word_is_the_same_after_an_opening_mark(mark: str, words: list[str]) -> None:
    plain, marked = WORDS.encode(" ".join(words)), WORDS.encode(f"I {mark}{' '.join(words)}")
    assert marked[1 + len(mark) :] == plain
    said = f"said {mark}".rstrip()
    assert said + WORDS.after(said, plain) == f"said {mark}{' '.join(words)}"


def test_the_s_of_an_owner_or_of_is_stands_apart_and_nothing_else_does() -> None:
    words = train_words(["Al's cat's here, it's o'clock. Don't 'Tis S's'n"], 100)
    said = [token.text for token in words.tokens("Al's cat's here, it's o'clock. Don't S's'n")]
    assert said == ["Al", "'s", " cat", "'s", " here", ",", " it", "'s", " o'clock", "."] + [
        " Don't",
        " S's'n",
    ]


def test_the_most_frequent_words_become_pieces_and_all_others_stay_as_they_were() -> None:
    lines = ["tiger Zürich " * 3 + "a hedgehog, hedgehog!", "hedgehog hedgehog river 😀😀😀😀😀"]
    more = with_whole_words(PIECES, lines, PIECES.vocab_size + 2)
    assert more.pieces == (*PIECES.pieces, "▁hedgehog", "▁tiger")
    assert more.encode("hedgehog") == [PIECES.vocab_size]
    for text in [*LINES, "hedgehogs", "river", "🦔 Zürich"]:
        assert more.encode(text) == PIECES.encode(text)
    assert more.merges() == PIECES.merges()


def test_whole_words_are_kept_in_the_file(tmp_path: Path) -> None:
    more = TOKENIZERS["whole words too"]
    more.save(tmp_path / "tokenizer.json")
    again = Tokenizer.load(tmp_path / "tokenizer.json")
    assert again.pieces == more.pieces
    assert again.encode_many(LINES) == more.encode_many(LINES)


@pytest.mark.parametrize("size", [PIECES.vocab_size - 1, PIECES.vocab_size, 10_000])
def test_there_are_only_so_many_words(size: int) -> None:
    with pytest.raises(ValueError, match=f"wanted {size:,} pieces: there are 160, and"):
        with_whole_words(PIECES, LINES, size)
