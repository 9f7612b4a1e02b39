"""One model's repository on the Hub: what it holds, and the one commit after which it holds that.

What two files have in common is told by their hashes: nothing is downloaded to compare, and what is
there already is not uploaded.
"""

import hashlib
from collections.abc import Mapping

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import RepositoryNotFoundError
from huggingface_hub.hf_api import ModelInfo, RepoSibling

Content = Mapping[str, bytes]  # a file's path in the repository to its bytes


def upload(api: HfApi, repository: str, content: Content) -> tuple[str, bool]:
    """Make the newest commit hold these files and no other; its revision, and whether it is new.

    Raises what the client raises, and ValueError if the Hub did not keep what it was sent.
    """
    there = describe(api, repository)
    if same(there, content):
        return str(there.sha), False
    add = differing(there, content)
    delete = sorted(visible(there).keys() - content.keys())
    commit = api.create_commit(
        repository,
        [CommitOperationAdd(file, content[file]) for file in add]
        + [CommitOperationDelete(file) for file in delete],
        commit_message=f"Publish {', '.join(add + delete)}",
        parent_commit=there.sha,  # refused if someone else has committed since
    )
    if not same(api.model_info(repository, revision=commit.oid, files_metadata=True), content):
        raise ValueError(f"revision {commit.oid} has other files than were sent")
    return commit.oid, True


def describe(api: HfApi, repository: str) -> ModelInfo:
    """What the newest commit holds, hashes and all; a repository that is missing is created."""
    try:
        return api.model_info(repository, files_metadata=True)
    except RepositoryNotFoundError:
        api.create_repo(repository, exist_ok=True)
        return api.model_info(repository, files_metadata=True)


def same(there: ModelInfo, content: Content) -> bool:
    """Whether a commit holds these files, with these bytes, and no other."""
    return visible(there).keys() == content.keys() and not differing(there, content)


def differing(there: ModelInfo, content: Content) -> list[str]:
    """The files that a commit lacks or has with other bytes."""
    files = visible(there)
    return [file for file in content if file not in files or not equal(files[file], content[file])]


def visible(there: ModelInfo) -> dict[str, RepoSibling]:
    """A commit's files, without the hidden ones, which are the Hub's own (.gitattributes)."""
    files = {file.rfilename: file for file in there.siblings or []}
    hidden = {name for name in files if any(part.startswith(".") for part in name.split("/"))}
    return {name: file for name, file in files.items() if name not in hidden}


def equal(file: RepoSibling, content: bytes) -> bool:
    """Whether a file has these bytes: the Hub tells a large one's SHA-256, another's git blob."""
    if file.lfs is not None:
        return file.lfs.sha256 == hashlib.sha256(content).hexdigest()
    return file.blob_id == hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
