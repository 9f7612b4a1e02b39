"""What the loopback Hub does with what is sent to it: repositories, large files, commits, cards.

The requests are those of huggingface_hub's HfApi.create_repo and HfApi.create_commit, without Xet:
create, validate-yaml, preupload, the LFS batch with its upload and verification, commit.
"""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from tests.hub_cards import faults
from tests.hub_repository import Repository, upload_mode

INITIAL = {".gitattributes": b"*.safetensors filter=lfs diff=lfs merge=lfs -text\n"}


@dataclass(frozen=True)
class Answer:
    """A status, a content for the JSON body, and headers."""

    status: int
    content: Any = None
    headers: dict[str, str] = field(default_factory=dict)


def refusal(status: int, message: str, code: str = "") -> Answer:
    """An answer with an error, as the Hub words it."""
    headers = {"X-Error-Message": message} | ({"X-Error-Code": code} if code else {})
    return Answer(status, {"error": message}, headers)


class Uploads:
    """The writing half of a Hub, over the repositories that its reading half serves."""

    def __init__(self, repositories: dict[str, Repository]) -> None:
        self.repositories = repositories
        self.tokens: dict[str, set[str]] = {}  # a token to the namespaces it may write to
        self.objects: dict[str, bytes] = {}  # large files by their SHA-256
        self.url = ""

    def answer(self, path: str, token: str | None, body: bytes) -> Answer:
        """The answer to a POST or PUT of `body` to `path`."""
        parts, prefix = path.split("/"), ""
        if parts[:2] == ["api", "spaces"]:  # a Space's requests are a model's elsewhere
            parts, prefix = ["api", "models", *parts[2:]], "spaces/"
        elif parts[0] == "spaces":
            parts, prefix = parts[1:], "spaces/"
        match parts:
            case ["lfs", oid]:  # the storage, whose addresses are secrets: it asks for no token
                return self._store(oid, body)
            case ["api", "validate-yaml"]:
                return check_card(json.loads(body))
            case ["api", "repos", "create"]:
                asked = json.loads(body)
                name = f"{asked['organization']}/{asked['name']}"
                kind = "spaces/" if asked.get("type") == "space" else ""
                if kind and asked.get("sdk") != "gradio":
                    return refusal(400, '"sdk" is required')
                return self._refused(token, name) or self._create(f"{kind}{name}")
            case ["api", "models", namespace, name, "preupload", "main"]:
                work, repository = self._preupload, f"{namespace}/{name}"
            case ["api", "models", namespace, name, "commit", "main"]:
                work, repository = self._commit, f"{namespace}/{name}"
            case [namespace, git, "info", "lfs", "objects", "batch"]:
                work, repository = self._batch, f"{namespace}/{git.removesuffix('.git')}"
            case ["lfs", oid, "verify"]:
                return Answer(200 if oid in self.objects else 404)
            case _:
                return refusal(404, "not a request that this Hub knows")
        return self._refused(token, repository) or self._known(f"{prefix}{repository}", work, body)

    def _refused(self, token: str | None, repository: str) -> Answer | None:
        namespace = repository.split("/")[0]
        if token not in self.tokens:
            return refusal(401, "Invalid credentials in Authorization header")
        if namespace not in self.tokens[token]:
            sentence = "You don't have the rights to create a model under the namespace"
            return refusal(403, f'{sentence} "{namespace}"')
        return None

    def _known(self, name: str, work: Any, body: bytes) -> Answer:
        if name not in self.repositories:
            return refusal(404, "Repository not found", "RepoNotFound")
        answer: Answer = work(self.repositories[name], body)
        return answer

    def _create(self, name: str) -> Answer:
        place = {"url": f"{self.url}/{name}", "id": name}
        if name in self.repositories:
            return Answer(409, {"error": "You already created this model repo", **place})
        self.repositories[name] = Repository(name)
        self.repositories[name].commit(INITIAL)
        return Answer(200, place)

    def _preupload(self, repository: Repository, body: bytes) -> Answer:
        there = repository.commits[repository.head]
        files = [upload_mode(file["path"], there) for file in json.loads(body)["files"]]
        return Answer(200, {"files": files})

    def _batch(self, repository: Repository, body: bytes) -> Answer:
        objects = [self._instructed(asked) for asked in json.loads(body)["objects"]]
        return Answer(200, {"transfer": "basic", "objects": objects})

    def _instructed(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["oid"] in self.objects:
            return asked
        place = f"{self.url}/lfs/{asked['oid']}"
        return asked | {
            "actions": {"upload": {"href": place}, "verify": {"href": f"{place}/verify"}}
        }

    def _store(self, oid: str, body: bytes) -> Answer:
        if hashlib.sha256(body).hexdigest() != oid:
            return refusal(400, "the bytes are not what was announced")
        self.objects[oid] = body
        return Answer(200)

    def _commit(self, repository: Repository, body: bytes) -> Answer:
        lines = [json.loads(line) for line in body.splitlines()]
        header, *operations = lines
        if header["value"].get("parentCommit", repository.head) != repository.head:
            return refusal(412, "A commit has happened since. Please refresh and try again.")
        files = dict(repository.commits[repository.head])
        for operation in operations:
            problem = self._apply(files, operation["key"], operation["value"])
            if problem:
                return problem
        oid = repository.commit(files)
        place = f"{self.url}/{repository.name}/commit/{oid}"
        return Answer(200, {"commitUrl": place, "commitOid": oid, "pullRequestUrl": None})

    def _apply(self, files: dict[str, bytes], kind: str, value: dict[str, Any]) -> Answer | None:
        path = value["path"]
        if kind == "file":
            files[path] = base64.b64decode(value["content"])
        elif kind == "lfsFile" and value["oid"] in self.objects:
            files[path] = self.objects[value["oid"]]
        elif kind == "deletedFile" and path in files:
            del files[path]
        else:
            return refusal(400, f"{kind} of {path} is impossible")
        return None


def check_card(asked: dict[str, Any]) -> Answer:
    """What /api/validate-yaml answers for a card."""
    errors, warnings = faults(asked["content"])
    content = {
        kind: [{"message": line} for line in lines]
        for kind, lines in (("errors", errors), ("warnings", warnings))
    }
    return Answer(400 if errors else 200, content)
