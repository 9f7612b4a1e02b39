"""Pulling a model from the Hugging Face Hub, through its client and its cache, in bounded time.

The client alone waits 23 seconds for a Hub that refuses, and for ever for one that sends a byte now
and then. So a short question goes first, and the whole pull runs in a thread that is left behind
when the time is over. A thread left behind cannot change what the page uses, and never keeps the
process from ending; what it still downloads serves the next start, from the cache.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, wait  # a Future alone: an executor is joined at exit
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from huggingface_hub import HfApi, hf_hub_download, try_to_load_from_cache
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from seq_models.manifest import DamagedWeights, fingerprint

PROBE_SECONDS = 5.0  # for each answer before a body: longer, and the Hub counts as gone
DEADLINE_SECONDS = 120.0  # for one whole pull, its probe included: 10 MB at 90 kB a second
NEWEST = "main"

REASONS: tuple[tuple[type[Exception], str], ...] = (  # the more special class first
    (GatedRepoError, "it is gated: accept its terms on the Hub and log in"),
    (RepositoryNotFoundError, "it is missing, or private and this account may not read it"),
    (RevisionNotFoundError, "it has no such revision"),
    (OfflineModeIsEnabled, "offline mode is on (HF_HUB_OFFLINE)"),
    (LocalEntryNotFoundError, "the Hub cannot be reached"),
    (EntryNotFoundError, "it lacks a file"),
)

Hashes = Mapping[str, str | None]  # a file's name to its SHA-256
Result = TypeVar("Result")


@dataclass(frozen=True)
class Hub:
    """The models of one user or organisation on the Hub; "" is none.

    endpoint, cache: another Hub and another folder than the client's own (HF_ENDPOINT, HF_HOME).
    probe, deadline: seconds.
    """

    namespace: str
    endpoint: str | None = None
    cache: Path | None = None
    probe: float = PROBE_SECONDS
    deadline: float = DEADLINE_SECONDS

    def repository(self, name: str) -> str:
        """The repository of a model."""
        return f"{self.namespace}/{name}"

    def cached(self, name: str, revision: str | None, files: Iterable[str]) -> Path | None:
        """The folder in the client's cache that has all `files`, without asking the network.

        The folder's name is the commit. None if a file is not there.
        """
        folder, commit = None, revision or NEWEST
        try:
            for file in files:
                path = self._in_cache(name, commit, file)
                if path is None:
                    return None
                folder = path.parent
                commit = folder.name  # the other files come from where the first one did
        except (ValueError, OSError):  # not a repository's name, or no right to read the cache
            return None
        return folder

    def pull(self, name: str, revision: str | None, files: Hashes) -> Path:
        """Download the files that the cache lacks and return their folder, named by the commit.

        A cached file with another SHA-256 than `files` gives is downloaded again; what comes is
        *not* checked. Raises TimeoutError after `deadline` seconds, and what the client raises.
        """
        return within(self.deadline, lambda: self._download(name, revision or NEWEST, files))

    def _download(self, name: str, revision: str, files: Hashes) -> Path:
        repository = self.repository(name)
        api = HfApi(endpoint=self.endpoint)
        api.model_info(repository, revision=revision, timeout=self.probe)
        for file, expected in files.items():
            cached = self._in_cache(name, revision, file)
            spoilt = cached is not None and fingerprint(cached.read_bytes()) != expected
            path = hf_hub_download(
                repository,
                file,
                revision=revision,
                endpoint=self.endpoint,
                cache_dir=self.cache,
                etag_timeout=self.probe,
                force_download=spoilt,
            )
            revision = Path(path).parent.name
        return Path(path).parent

    def _in_cache(self, name: str, revision: str, file: str) -> Path | None:
        path = try_to_load_from_cache(
            self.repository(name), file, cache_dir=self.cache, revision=revision
        )
        return Path(path) if isinstance(path, str) else None


def reason(error: Exception) -> str:
    """Why the Hub's copy is not used, in one line."""
    for kind, sentence in REASONS:
        if isinstance(error, kind):
            return sentence
    first = str(error).strip().partition("\n")[0]
    if isinstance(error, (DamagedWeights, TimeoutError)):
        return first
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


def may_pass(error: Exception) -> bool:
    """Whether a pull that failed so may succeed later, in this process."""
    return not isinstance(error, OfflineModeIsEnabled)


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` returns or raises, if that takes no longer. Raises TimeoutError otherwise.

    Late work goes on in a daemon thread: Python cannot stop it, and does not wait for it at exit.
    """
    outcome: Future[Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, name="hub-download", daemon=True).start()
    wait([outcome], timeout=seconds)
    if not outcome.done():
        raise TimeoutError(f"not all there within {seconds:g} seconds")
    return outcome.result()
