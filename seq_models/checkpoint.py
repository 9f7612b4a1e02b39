"""Trained models by name: found, checked and loaded here and nowhere else.

A copy of every model is bundled in weights/. The Hub can have them too, and its copies are used
where they can be had: at once from the client's cache, later from the network, when a background
thread has all of one. No copy is used before each of its files has the SHA-256 in the manifest.
"""

import logging
import os
import threading
import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from seq_models.folder import FILES, SPELLING, Loaded, Source, load_folder
from seq_models.hub import Hub, may_pass, reason
from seq_models.manifest import WEIGHTS, DamagedWeights, Entry, Manifest, fingerprints, read

__all__ = ["WEIGHTS", "DamagedWeights", "Loaded", "Shelf"]
__all__ += ["describe", "load", "names", "pull_in_background"]

NAMESPACE = "SEQ_MODELS_HUB"  # environment: the Hub's user or organisation; empty for none

AGAIN = (60.0, 600.0, 3_600.0, 21_600.0)  # seconds from a pull that failed to the next one
KIND, TASK = "next-word-", "-translator"  # what a short name leaves away

log = logging.getLogger(__name__)


class Shelf:
    """The models of one manifest, each loaded when first asked for. Threads share it."""

    def __init__(
        self, weights: Path = WEIGHTS, hub: Hub | None = None, again: Sequence[float] = AGAIN
    ) -> None:
        """weights: the manifest's folder. hub: instead of the one that it or the environment names.

        again: the pauses, in seconds, after which what could not be pulled is tried again.
        Nothing is read before the first question.
        """
        self._weights = weights
        self._given_hub = hub
        self._again = again
        self._loaded: dict[str, Loaded] = {}
        self._lock = threading.Lock()
        self._puller: threading.Thread | None = None

    def names(self) -> list[str]:
        """The models there are. Raises DamagedWeights without a sound manifest."""
        return list(self._manifest.models)

    def load(self, name: str | Path) -> Loaded:
        """The best copy of a model that can be had without the network; the same one every time.

        name: as in the manifest, or short ("gru" for "next-word-gru") where only one is meant; or
        the path of a folder of one's own, which no manifest knows, read anew each time.
        Only a finished pull replaces it. Raises ValueError for an unknown name, and DamagedWeights
        if no copy is what it must be.
        """
        if isinstance(name, Path):
            return load_folder(name.name, name, fingerprints(name), "bundled", None)
        name = self._full(name)
        if name not in self._loaded:
            with self._lock:
                if name not in self._loaded:
                    self._loaded[name] = self._from_cache(name) or self._bundled(name)
        return self._loaded[name]

    def describe(self) -> list[dict[str, str | int | None]]:
        """What serves: name, source, revision, sha256, parameters and device of every model.

        A model without a sound copy has None in them and the reason under "error".
        """
        return [self._describe(name) for name in self.names()]

    def pull_in_background(self) -> threading.Thread:
        """Let a daemon thread try the Hub. Returns the thread, which nobody has to wait for.

        There is one, however often this is called. It tries each model within the Hub's deadline,
        with the Hub's copy in use or a line in the log, and those that failed again later on.
        """
        with self._lock:
            if self._puller is None:
                self._puller = threading.Thread(target=self._pull_all, name="hub-pull", daemon=True)
                self._puller.start()
            return self._puller

    @cached_property
    def _manifest(self) -> Manifest:
        return read(self._weights)

    @cached_property
    def _hub(self) -> Hub:
        return self._given_hub or Hub(os.environ.get(NAMESPACE, self._manifest.namespace).strip())

    def _full(self, name: str) -> str:
        """The one model that a name means. Raises ValueError if there is none, or several."""
        models = self._manifest.models
        if name in models:
            return name
        meant = [
            full for full in models if name in (full.removeprefix(KIND), full.removesuffix(TASK))
        ]
        if len(meant) > 1:
            raise ValueError(f"{name!r} is short for {' and '.join(meant)}; please say which")
        return meant[0] if meant else name

    def _entry(self, name: str) -> Entry:
        models = self._manifest.models
        if name not in models:
            raise ValueError(f"there is no model {name!r}; it must be one of {', '.join(models)}")
        return models[name]

    def _bundled(self, name: str) -> Loaded:
        return load_folder(name, self._weights / name, self._entry(name).files, "bundled", None)

    def _from_cache(self, name: str) -> Loaded | None:
        if not self._hub.namespace:
            return None
        entry = self._entry(name)
        folder = self._hub.cached(name, self._revision(entry), files_of(entry))
        try:
            return self._from_hub(name, folder, "cache") if folder else None
        except DamagedWeights as error:
            self._refuse(name, error)
            return None

    def _from_hub(self, name: str, folder: Path, source: Source) -> Loaded:
        return load_folder(name, folder, self._entry(name).files, source, revision=folder.name)

    def _pull_all(self) -> None:
        try:
            pulled = self.names() if self._hub.namespace else []
        except DamagedWeights as error:
            log.error("%s", error)
            return
        for pause in (0.0, *self._again):
            time.sleep(pause)
            pulled = [name for name in pulled if not self._settled(name)]
            if not pulled:
                return

    def _settled(self, name: str) -> bool:
        """Try to pull a model: whether trying again would change nothing."""
        try:
            self._pull(name)
        except Exception as error:  # of whatever kind: nobody else hears of it
            self._refuse(name, error)
            return not may_pass(error)
        return True

    def _pull(self, name: str) -> None:
        if self._serves_cache(name):
            return
        entry = self._entry(name)
        wanted = {file: entry.files.get(file) for file in files_of(entry)}
        folder = self._hub.pull(name, self._revision(entry), wanted)
        loaded = self._from_hub(name, folder, "hub")
        with self._lock:
            self._loaded[name] = loaded
        log.info("%s serves, revision %s", self._hub.repository(name), loaded.revision)

    def _revision(self, entry: Entry) -> str | None:
        """The commit to take; the newest, where another namespace than the manifest's is asked.

        What a file must hold is known either way.
        """
        return entry.revision if self._hub.namespace == self._manifest.namespace else None

    def _serves_cache(self, name: str) -> bool:
        try:
            return self.load(name).source == "cache"
        except DamagedWeights as error:  # the Hub's copy is now the only hope
            log.error("%s", error)
            return False

    def _refuse(self, name: str, error: Exception) -> None:
        log.warning(
            "%s from the Hub is not used, the bundled copy has to serve: %s",
            self._hub.repository(name),
            reason(error),
        )

    def _describe(self, name: str) -> dict[str, str | int | None]:
        fields = ("source", "revision", "sha256", "parameters", "device")
        try:
            loaded = self.load(name)
        except DamagedWeights as error:
            return {"name": name, **dict.fromkeys(fields), "error": str(error)}
        return {"name": name, **{field: getattr(loaded, field) for field in fields}}


def files_of(entry: Entry) -> tuple[str, ...]:
    """The files that a model is loaded from."""
    return (*FILES, SPELLING) if SPELLING in entry.files else FILES


_shelf = Shelf()
names = _shelf.names
load = _shelf.load
describe = _shelf.describe
pull_in_background = _shelf.pull_in_background
