"""Two texts word by word."""

from playground.reading.difference import compared


def test_words_are_the_same_removed_or_added() -> None:
    assert compared("I don't see her.", "I see him.") == [
        ("I", "same"),
        ("don't", "removed"),
        ("see", "same"),
        ("her", "removed"),
        ("him", "added"),
        (".", "same"),
    ]
