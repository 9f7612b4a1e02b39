"""A page's backend that asks the models' replicas, and asks another one where one has died.

Every answer follows from its question alone, so asking twice changes nothing: that is why no
question is lost that a page has accepted while any replica lives or comes back.
"""

import logging
import time

from ray.exceptions import RayActorError
from ray.serve.exceptions import ReplicaUnavailableError
from ray.serve.handle import DeploymentHandle

from playground.page.questions import Asking, Question, Said

TRIES = 3  # replicas that one question is asked of: one that itself kills a replica kills no more
PAUSE = 0.2  # seconds before the second try; before the third twice as long
PATIENCE = 120.0  # seconds that an answer may take, waiting included
DEAD = (RayActorError, ReplicaUnavailableError)  # the replica is gone, or cannot be reached

log = logging.getLogger(__name__)


class Replicas(Asking):
    """A backend (`playground.page.backend`); its methods block, so they are called in threads."""

    def __init__(self, models: DeploymentHandle, tries: int = TRIES) -> None:
        self._models, self._tries = models, tries

    def asked(self, question: Question) -> Said:
        """What a replica says, the next one if it dies. Raises RayActorError if all tries die."""
        for number in range(1, self._tries):
            try:
                return self._once(question)
            except DEAD as error:
                log.warning("a replica died of try %d: %s", number, type(error).__name__)
                time.sleep(PAUSE * number)
        return self._once(question)

    def _once(self, question: Question) -> Said:
        said: Said = self._models.ask.remote(question).result(timeout_s=PATIENCE)
        return said
