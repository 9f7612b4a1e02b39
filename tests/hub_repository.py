"""A repository as the Hub keeps it: commits, and what it tells about their files."""

import hashlib
from collections.abc import Mapping
from typing import Any

MAIN = "main"
LARGE = (
    ".safetensors",
    ".png",
)  # what the repository stores as large files (LFS), whatever their size


class Repository:
    """The commits of a repository, oldest first, each with the bytes of all its files."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.commits: dict[str, dict[str, bytes]] = {}

    @property
    def head(self) -> str:
        """The newest commit."""
        return list(self.commits)[-1]

    def commit(self, files: Mapping[str, bytes]) -> str:
        """Add a commit that holds these files; its name."""
        number = f"{self.name} {len(self.commits)}"
        oid = hashlib.sha1(number.encode()).hexdigest()
        self.commits[oid] = dict(files)
        return oid

    def resolve(self, revision: str) -> str | None:
        """The commit that a revision means, None if there is no such."""
        commit = self.head if revision == MAIN else revision
        return commit if commit in self.commits else None

    def described(self, commit: str, with_hashes: bool) -> dict[str, Any]:
        """What /api/models/NAME answers; the hashes are there when it is asked with ?blobs."""
        siblings = [
            {"rfilename": name, **(sibling_hashes(name, content) if with_hashes else {})}
            for name, content in self.commits[commit].items()
        ]
        return {"id": self.name, "sha": commit, "siblings": siblings}

    def tree(self, commit: str) -> list[dict[str, Any]]:
        """What /api/models/NAME/tree/COMMIT answers."""
        return [tree_entry(name, content) for name, content in self.commits[commit].items()]


def is_large(name: str) -> bool:
    """Whether a file is stored as a large one."""
    return name.endswith(LARGE)


def git_blob(content: bytes) -> str:
    """git's own name for a file with these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def pointer(content: bytes) -> bytes:
    """What git has in place of a large file."""
    sha256 = hashlib.sha256(content).hexdigest()
    version = "version https://git-lfs.github.com/spec/v1"
    return f"{version}\noid sha256:{sha256}\nsize {len(content)}\n".encode()


def sibling_hashes(name: str, content: bytes) -> dict[str, Any]:
    """Size and hashes of a file, as a description of its repository tells them."""
    if not is_large(name):
        return {"size": len(content), "blobId": git_blob(content)}
    git = pointer(content)
    sha256 = hashlib.sha256(content).hexdigest()
    large = {"sha256": sha256, "size": len(content), "pointerSize": len(git)}
    return {"size": len(content), "blobId": git_blob(git), "lfs": large}


def tree_entry(name: str, content: bytes) -> dict[str, Any]:
    """The same, as a listing of its folder tells them."""
    hashes = sibling_hashes(name, content)
    entry = {"type": "file", "path": name, "size": hashes["size"], "oid": hashes["blobId"]}
    if "lfs" in hashes:
        entry["lfs"] = {"oid": hashes["lfs"].pop("sha256"), **hashes["lfs"]}
    return entry


def upload_mode(name: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What /preupload answers for a file: how to send it, and what the Hub has in its place."""
    entry = tree_entry(name, files[name]) if name in files else {}
    oid = entry.get("lfs", entry).get("oid")
    mode = "lfs" if is_large(name) else "regular"
    return {"path": name, "uploadMode": mode, "shouldIgnore": False, "oid": oid}
