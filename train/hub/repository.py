"""One repository on the Hub: what it holds, and the one commit after which it holds that.

What two files have in common is told by their hashes: nothing is downloaded to compare, and what is
there already is not uploaded.
"""

import hashlib
from collections.abc import Mapping

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import RepositoryNotFoundError
from huggingface_hub.hf_api import ModelInfo, RepoSibling, SpaceInfo

Content = Mapping[str, bytes]  # a file's path in the repository to its bytes
Described = ModelInfo | SpaceInfo
SPOKEN = 8  # files that a commit's message names


def upload(api: HfApi, repository: str, content: Content, kind: str = "model") -> tuple[str, bool]:
    """Make the newest commit hold these files and no other; its revision, and whether it is new.

    kind: "model" or "space". Raises what the client raises, and ValueError if the Hub did not keep
    what it was sent.
    """
    there = describe(api, repository, kind)
    if same(there, content):
        return str(there.sha), False
    add = differing(there, content)
    delete = sorted(visible(there).keys() - content.keys())
    commit = api.create_commit(
        repository,
        [CommitOperationAdd(file, content[file]) for file in add]
        + [CommitOperationDelete(file) for file in delete],
        commit_message=f"Publish {spoken(add + delete)}",
        repo_type=kind,
        parent_commit=there.sha,  # refused if someone else has committed since
    )
    if not same(looked_up(api, repository, kind, commit.oid), content):
        raise ValueError(f"revision {commit.oid} has other files than were sent")
    return commit.oid, True


def describe(api: HfApi, repository: str, kind: str) -> Described:
    """What the newest commit holds, hashes and all; a repository that is missing is created."""
    try:
        return looked_up(api, repository, kind)
    except RepositoryNotFoundError:
        sdk = "gradio" if kind == "space" else None
        api.create_repo(repository, repo_type=kind, space_sdk=sdk, exist_ok=True)
        return looked_up(api, repository, kind)


def looked_up(api: HfApi, repository: str, kind: str, revision: str | None = None) -> Described:
    """What a commit holds, the newest if none is named."""
    look = api.space_info if kind == "space" else api.model_info
    return look(repository, revision=revision, files_metadata=True)


def spoken(files: list[str]) -> str:
    """The names of some files, or how many they are."""
    return ", ".join(files) if len(files) <= SPOKEN else f"{len(files)} files"


def same(there: Described, content: Content) -> bool:
    """Whether a commit holds these files, with these bytes, and no other."""
    return visible(there).keys() == content.keys() and not differing(there, content)


def differing(there: Described, content: Content) -> list[str]:
    """The files that a commit lacks or has with other bytes."""
    files = visible(there)
    return [file for file in content if file not in files or not equal(files[file], content[file])]


def visible(there: Described) -> dict[str, RepoSibling]:
    """A commit's files, without the hidden ones, which are the Hub's own (.gitattributes)."""
    files = {file.rfilename: file for file in there.siblings or []}
    hidden = {name for name in files if any(part.startswith(".") for part in name.split("/"))}
    return {name: file for name, file in files.items() if name not in hidden}


def equal(file: RepoSibling, content: bytes) -> bool:
    """Whether a file has these bytes: the Hub tells a large one's SHA-256, another's git blob."""
    if file.lfs is not None:
        return file.lfs.sha256 == hashlib.sha256(content).hexdigest()
    return file.blob_id == hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
