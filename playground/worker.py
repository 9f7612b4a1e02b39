"""A process that computes what the page's asks: python -m playground.worker, see `page.workers`.

It says that it is ready, and then answers each line; it ends with the process that began it, whose
end closes its input.
"""

import json
import logging
import os
import sys
from dataclasses import asdict

from playground import memory
from playground.page.answer import answered
from playground.page.backend import Told
from playground.page.questions import Question
from playground.page.workers import READY
from playground.reading import opening

log = logging.getLogger(__name__)


def main() -> None:
    """Open every model, then answer until nobody asks any more."""
    said = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    memory.give_back()
    opening.start()
    _, damaged = answered(opening.open_all)  # the others serve
    if damaged:
        log.warning("%s", damaged)
    print(READY, file=said, flush=True)
    for asked in sys.stdin:
        answer, refusal = Question(*json.loads(asked)).answer()
        told = asdict(answer) if isinstance(answer, Told) else answer
        line, fault = answered(json.dumps, [told, refusal])
        print(line or json.dumps([None, fault]), file=said, flush=True)


if __name__ == "__main__":
    main()
