"""Two texts word by word: what is the same, what was taken out, what came in."""

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """The words of both texts, each "same", "removed" or "added"."""
    old, new = WORD.findall(before), WORD.findall(after)
    told: list[tuple[str, str]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            told += [(word, "same") for word in old[a:b]]
        else:
            told += [(word, "removed") for word in old[a:b]]
            told += [(word, "added") for word in new[c:d]]
    return told
