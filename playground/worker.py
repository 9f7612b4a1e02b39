"""A process that computes what the page's asks: python -m playground.worker, see `page.workers`.

It says that it is ready, and then answers each line; it ends with the process that began it, whose
end closes its input.
"""

import json
import os
import signal
import sys
from dataclasses import asdict

from playground import memory
from playground.page.backend import Told
from playground.page.questions import Question
from playground.page.workers import READY
from playground.reading import opening


def main() -> None:
    """Open every model, then answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the page's, and closes the input
    said = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    memory.give_back()
    opening.start()
    opening.open_all()
    print(READY, file=said, flush=True)
    for line in sys.stdin:
        answer, refusal = Question(*json.loads(line)).answer()
        told = asdict(answer) if isinstance(answer, Told) else answer
        print(json.dumps([told, refusal]), file=said, flush=True)


if __name__ == "__main__":
    main()
