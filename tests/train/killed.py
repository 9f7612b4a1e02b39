"""A training that is killed at a given moment: python -m tests.train.killed STEP MOMENT FLAGS.

MOMENT is `step` (after the step was made, before anything is written), `writing` (half of its
checkpoint is written) or `written` (its checkpoint is whole). The signal is SIGKILL: nothing of the
program runs after it.
"""

import os
import signal
import sys
from typing import Any
from unittest.mock import patch

from seq_models.training import update
from train import transformer_translator
from train.engine import loop, state


def main(step: int, moment: str) -> None:
    """Train until then."""
    sync, save_state = os.fsync, state.save_state
    now = 0

    def kill() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def updated(model: Any, losses: Any, optimizer: Any, *rest: Any) -> None:
        nonlocal now
        update(model, losses, optimizer, *rest)
        moments = optimizer.state_dict()["state"]
        now = int(next(iter(moments.values()))["step"])
        if (moment, now) == ("step", step):
            kill()

    def synced(file: int) -> None:
        if (moment, now) == ("writing", step):
            os.truncate(file, os.fstat(file).st_size // 2)
            kill()
        sync(file)

    def saved(*arguments: Any) -> None:
        save_state(*arguments)
        if (moment, now) == ("written", step):
            kill()

    with (
        patch.object(loop, "update", updated),
        patch.object(os, "fsync", synced),
        patch.object(loop, "save_state", saved),
    ):
        transformer_translator.main()


if __name__ == "__main__":
    _, number, when, *flags = sys.argv
    sys.argv = ["train.transformer_translator", *flags]
    main(int(number), when)
