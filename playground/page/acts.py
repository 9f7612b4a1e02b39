"""What a person picked, as the browser tells it: every mark that no answer has told of yet.

Each has a number, and a later one a larger one. An answer tells for its instrument the number of
the last act that it knew of (`seen`), and the browser then forgets that instrument's marks up to
there. So of two marks picked while the server computes neither is lost, nor one of an instrument
that was left meanwhile, and none counts twice, however late an answer reaches the page.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LINK = 1  # the number of what a link did; marks have the milliseconds since 1970
MOST = 2**53  # up to here a browser's numbers are whole


@dataclass(frozen=True)
class Acts:
    """What was done last.

    number: of the last act, 0 if there was none. picks: {view, figure, key, number} of each mark,
    the oldest first. refused: what is said of a link, as long as what is asked is `asked`.
    """

    number: int = 0
    picks: tuple[Mapping[str, Any], ...] = ()
    refused: str = ""
    asked: str = ""

    @classmethod
    def read(cls, kept: Any) -> "Acts":
        """What a hidden text says of them; whatever somebody else wrote there is none."""
        found = parsed(kept)
        picks = found.get("picks")
        return cls(
            numbered(found.get("number")),
            tuple(one for one in picks if isinstance(one, dict)) if isinstance(picks, list) else (),
            str(found.get("refused", "")),
            str(found.get("asked", "")),
        )

    def after(self, number: int, view: str) -> list[Mapping[str, Any]]:
        """The marks of an instrument that were picked after the act of this number."""
        return [
            one
            for one in self.picks
            if one.get("view") == view and numbered(one.get("number")) > number
        ]

    def to_json(self) -> str:
        """The hidden text."""
        return json.dumps(vars(self))


def numbered(value: Any) -> int:
    """The number of an act; 0 for what is none."""
    return value if isinstance(value, int) and 0 < value < MOST else 0


def parsed(kept: Any) -> dict[str, Any]:
    """What a hidden text holds; nothing, if somebody wrote something else there."""
    try:
        found = json.loads(kept) if kept else {}
    except (TypeError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
