"""Publishing: what is on the Hub afterwards, byte for byte, and what stays as it was on failure.

The real Hub client talks to a Hub on the loopback interface, which takes uploads as the real one
does: https://github.com/huggingface/huggingface_hub, _commit_api.py and lfs.py.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import HfApi, snapshot_download

from seq_models import manifest
from seq_models.checkpoint import Shelf
from seq_models.hub import Hub
from seq_models.manifest import DamagedWeights
from tests.folders import write_weights
from tests.hub_server import TOKEN, Fault, HubServer
from tests.measured import measurements
from train import card
from train.publish import NotPublished, publish

NAMES = ["next-word-rnn", "transformer-translator"]  # in the order of the manifest
FIRST, SECOND = (f"class/{name}" for name in NAMES)
FILES = {"README.md", "config.json", "measurements.json", "model.safetensors", "tokenizer.json"}


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    folder = write_weights(
        tmp_path / "weights", transformer_translator="transformer", next_word_rnn="rnn"
    )
    for name in NAMES:
        measured = json.dumps(measurements(folder / name))
        (folder / name / "measurements.json").write_text(measured)
        card.write(folder / name)
    manifest.update(folder)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """The files in a folder that are not hidden, by name."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {n: p.read_bytes() for n, p in found.items() if p.is_file() and not n.startswith(".")}


def written(server: HubServer) -> list[str]:
    """The requests that change something on the Hub."""
    return [r for r in server.requests if r.startswith("PUT") or "/commit/" in r or "/create" in r]


def commits(server: HubServer, repository: str) -> int:
    """How many commits a repository has; the first one is the Hub's own."""
    return len(server.repositories[repository].commits)


def test_a_fresh_cache_gets_exactly_what_was_published(
    weights: Path, server: HubServer, api: HfApi, tmp_path: Path
) -> None:
    published = publish(weights, "class", api)
    assert published.namespace == "class"
    assert published == manifest.read(weights)
    for name, entry in published.models.items():
        got = snapshot_download(
            f"class/{name}",
            revision=entry.revision,
            endpoint=server.url,
            cache_dir=tmp_path / "snapshots",
        )
        assert Path(got).name == entry.revision
        assert files_of(Path(got)) == files_of(weights / name)
        assert entry.files.keys() == FILES
        assert commits(server, f"class/{name}") == 2


def test_the_page_pulls_what_was_published(
    weights: Path, server: HubServer, api: HfApi, tmp_path: Path
) -> None:
    published = publish(weights, "class", api)
    hub = Hub("class", endpoint=server.url, cache=tmp_path / "cache", probe=5.0)
    shelf = Shelf(weights, hub)
    shelf.pull_in_background().join(60)
    for told in shelf.describe():
        entry = published.models[str(told["name"])]
        assert (told["source"], told["revision"]) == ("hub", entry.revision)
        assert told["sha256"] == entry.files["model.safetensors"]


def test_publishing_again_uploads_nothing_and_changes_nothing(
    weights: Path, server: HubServer, api: HfApi, capsys: pytest.CaptureFixture[str]
) -> None:
    first = publish(weights, "class", api)
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"class/{n}: uploaded, {first.models[n].revision}" for n in NAMES]
    before = (weights / "manifest.json").stat()
    server.requests.clear()
    assert publish(weights, "class", api) == first
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"class/{n}: already there, {first.models[n].revision}" for n in NAMES]
    assert {request.split()[0] for request in server.requests} == {"GET"}
    after = (weights / "manifest.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    "stage",
    [
        "POST /api/repos/create",
        "GET /api/models/class/transformer-translator",
        "POST /api/models/class/transformer-translator/preupload",
        "POST /class/transformer-translator.git/info/lfs",
        "POST /api/models/class/transformer-translator/commit",
    ],
)
def test_a_failure_at_the_second_model_leaves_the_manifest_and_a_rerun_completes(
    weights: Path, server: HubServer, api: HfApi, stage: str
) -> None:
    before = (weights / "manifest.json").read_bytes()
    if "create" in stage:
        api.create_repo(FIRST)
    server.refused[stage] = 507
    told = rf"^{SECOND} is not published, manifest.json is unchanged: the Hub answers 507 \(not"
    with pytest.raises(NotPublished, match=told):
        publish(weights, "class", api)
    assert (weights / "manifest.json").read_bytes() == before
    assert commits(server, FIRST) == 2
    first = server.repositories[FIRST].head
    server.refused.clear()
    server.requests.clear()
    published = publish(weights, "class", api)
    assert published.models[NAMES[0]].revision == first
    assert published.models[NAMES[1]].revision == server.repositories[SECOND].head
    assert commits(server, FIRST) == commits(server, SECOND) == 2
    assert not any(FIRST in request for request in written(server))


def test_a_changed_model_gets_a_new_revision_with_only_what_changed(
    weights: Path, server: HubServer, api: HfApi
) -> None:
    first = publish(weights, "class", api)
    readme = weights / NAMES[1] / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    assert manifest.update(weights).models[NAMES[1]].revision is None
    server.requests.clear()
    second = publish(weights, "class", api)
    assert second.models[NAMES[0]] == first.models[NAMES[0]]
    assert second.models[NAMES[1]].revision not in (None, first.models[NAMES[1]].revision)
    assert not any("/lfs" in request for request in server.requests)
    held = server.repositories[SECOND].commits
    assert held[str(first.models[NAMES[1]].revision)]["README.md"] != readme.read_bytes()
    assert held[str(second.models[NAMES[1]].revision)]["README.md"] == readme.read_bytes()


def test_new_parameters_are_uploaded_and_checked(
    weights: Path, server: HubServer, api: HfApi
) -> None:
    publish(weights, "class", api)
    path = weights / NAMES[0] / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    manifest.update(weights)
    revision = publish(weights, "class", api).models[NAMES[0]].revision
    held = server.repositories[FIRST].commits[str(revision)]
    assert held["model.safetensors"] == path.read_bytes()


def test_what_the_folder_no_longer_has_leaves_the_hub_in_the_same_commit(
    weights: Path, server: HubServer, api: HfApi
) -> None:
    publish(weights, "class", api)
    (weights / NAMES[0] / "measurements.json").unlink()
    manifest.update(weights)
    publish(weights, "class", api)
    repository = server.repositories[FIRST]
    assert commits(server, FIRST) == 3
    assert repository.commits[repository.head].keys() == FILES - {"measurements.json"} | {
        ".gitattributes"
    }


def test_a_commit_that_someone_makes_meanwhile_is_not_buried(
    weights: Path, server: HubServer, api: HfApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was compared is what is committed on: another's file would be in the revision."""
    api.create_repo(FIRST)
    preupload = api.preupload_lfs_files

    def late(*arguments: object, **more: object) -> None:
        preupload(*arguments, **more)  # type: ignore[arg-type]
        server.repositories[FIRST].commit({"other": b"file"})

    monkeypatch.setattr(api, "preupload_lfs_files", late)
    with pytest.raises(NotPublished, match="412"):
        publish(weights, "class", api)


def test_a_hub_that_keeps_other_bytes_than_it_was_sent_is_not_trusted(
    weights: Path, server: HubServer, api: HfApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (weights / "manifest.json").read_bytes()
    store = server.uploads._store  # noqa: SLF001

    def spoil(oid: str, body: bytes) -> object:
        answer = store(oid, body)
        server.uploads.objects[oid] = body[:-1]
        return answer

    monkeypatch.setattr(server.uploads, "_store", spoil)
    with pytest.raises(NotPublished, match="has other files than were sent"):
        publish(weights, "class", api)
    assert (weights / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda folder: (folder / "config.json").write_text("{}"), "config.json is damaged"),
        (lambda folder: (folder / "config.json").unlink(), "config.json cannot be read"),
        (lambda folder: (folder / "notes").write_text(""), "has notes, which manifest.json does"),
        (shutil.rmtree, "transformer-translator is not there, but in manifest.json"),
        (lambda folder: (folder.parent / "new").mkdir(), "new is not in manifest.json"),
    ],
)
def test_what_is_not_as_the_manifest_says_is_refused_before_the_first_request(
    weights: Path, server: HubServer, api: HfApi, change: Callable[[Path], object], told: str
) -> None:
    change(weights / NAMES[1])
    with pytest.raises(DamagedWeights, match=told):
        publish(weights, "class", api)
    assert server.requests == []


@pytest.mark.parametrize(
    ("token", "namespace", "told"),
    [
        (None, "class", "there is no token for the Hub: run `hf auth login` or set HF_TOKEN"),
        ("hf_wrong", "class", "the Hub refuses the token: run `hf auth login`"),
        (TOKEN, "others", 'may not write there .*under the namespace "others"'),
        (TOKEN, "a/b", "Repo id must be in the form"),
        (TOKEN, "", "Repo id must use alphanumeric"),
    ],
)
def test_a_token_without_the_right_is_answered_in_a_sentence(
    weights: Path, server: HubServer, token: str | None, namespace: str, told: str
) -> None:
    before = (weights / "manifest.json").read_bytes()
    with pytest.raises(NotPublished, match=told) as refused:
        publish(weights, namespace, HfApi(endpoint=server.url, token=token))
    assert "\n" not in str(refused.value)
    assert (weights / "manifest.json").read_bytes() == before
    assert server.repositories == {}


def test_a_token_may_not_write_to_anothers_repository(weights: Path, server: HubServer) -> None:
    server.tokens["hf_reader"] = {"reader"}
    HfApi(endpoint=server.url, token=TOKEN).create_repo(FIRST)
    with pytest.raises(NotPublished, match="may not write there"):
        publish(weights, "class", HfApi(endpoint=server.url, token="hf_reader"))
    assert commits(server, FIRST) == 1


def test_a_hub_that_cannot_be_reached_is_named(weights: Path, server: HubServer) -> None:
    with HubServer() as gone:
        api = HfApi(endpoint=gone.url, token=TOKEN)
    with pytest.raises(NotPublished, match=rf"the Hub at {gone.url} cannot be reached \(Connect"):
        publish(weights, "class", api)


def test_storage_that_refuses_is_told_as_such(weights: Path, server: HubServer, api: HfApi) -> None:
    server.refused["PUT /lfs"] = 507
    with pytest.raises(NotPublished, match=rf"{FIRST} is not published.*answers 507 \(not today\)"):
        publish(weights, "class", api)


def test_a_card_that_the_hub_refuses_is_told(weights: Path, server: HubServer, api: HfApi) -> None:
    readme = weights / NAMES[0] / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8").replace("apache-2.0", "none", 1))
    manifest.update(weights)
    with pytest.raises(NotPublished, match=r"Invalid metadata in README\.md"):
        publish(weights, "class", api)
    assert commits(server, FIRST) == 1


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_the_manifest_and_a_rerun_writes_it(
    weights: Path,
    server: HubServer,
    api: HfApi,
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
) -> None:
    before = (weights / "manifest.json").read_bytes()

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"seq_models.replacing.os.{failing}", full)
        with pytest.raises(NotPublished, match=r"manifest\.json cannot be written \(No space"):
            publish(weights, "class", api)
    assert (weights / "manifest.json").read_bytes() == before
    server.requests.clear()
    assert publish(weights, "class", api).namespace == "class"
    assert written(server) == []


def test_a_manifest_that_changes_meanwhile_is_not_overwritten(
    weights: Path, server: HubServer, api: HfApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(*arguments: object) -> tuple[str, bool]:
        (weights / NAMES[0] / "config.json").write_text("{}")
        manifest.update(weights)
        return "a" * 40, True

    monkeypatch.setattr("train.publish.upload", change)
    with pytest.raises(NotPublished, match="has changed meanwhile: run the same command again"):
        publish(weights, "class", api)
    assert manifest.read(weights).namespace == ""


# The command, in a process of its own, where the client reads its environment.


def started(weights: Path, **environment: str) -> "subprocess.Popen[str]":
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "HUGGING"))}
    clean |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1"}
    arguments = ["--namespace", "class", "--weights", str(weights)]
    return subprocess.Popen(
        [sys.executable, "-m", "train.publish", *arguments],
        cwd=Path(card.__file__).parent.parent,
        env=clean | {"HF_HOME": str(weights.parent / "home")} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def command(weights: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    with started(weights, **environment) as running:
        told = running.communicate(timeout=120)
        return subprocess.CompletedProcess(running.args, running.returncode, *told)


@pytest.mark.processes
def test_publishing_that_is_killed_leaves_the_manifest_and_a_rerun_completes(
    weights: Path, server: HubServer, api: HfApi
) -> None:
    before = (weights / "manifest.json").read_bytes()
    server.fault = Fault.SILENT
    with started(weights, HF_ENDPOINT=server.url, HF_TOKEN=TOKEN) as running:
        until = time.monotonic() + 120
        while not server.requests and time.monotonic() < until:
            time.sleep(0.05)
        running.kill()
    assert running.returncode < 0
    assert (weights / "manifest.json").read_bytes() == before
    server.fault = Fault.NONE
    assert publish(weights, "class", api).namespace == "class"


@pytest.mark.processes
def test_the_command_takes_hub_and_token_from_the_environment(
    weights: Path, server: HubServer
) -> None:
    done = command(weights, HF_ENDPOINT=server.url, HF_TOKEN=TOKEN)
    assert done.returncode == 0, done.stderr
    lines = [f"class/{n}: uploaded, {server.repositories[f'class/{n}'].head}" for n in NAMES]
    assert done.stdout.splitlines() == lines
    assert manifest.read(weights).namespace == "class"


@pytest.mark.processes
@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "there is no token for the Hub"),
        ({"HF_TOKEN": TOKEN, "HF_HUB_OFFLINE": "1"}, "offline mode is on: unset HF_HUB_OFFLINE"),
    ],
)
def test_the_command_fails_with_one_sentence(
    weights: Path, server: HubServer, environment: dict[str, str], told: str
) -> None:
    before = (weights / "manifest.json").read_bytes()
    done = command(weights, HF_ENDPOINT=server.url, **environment)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert told in done.stderr
    assert (weights / "manifest.json").read_bytes() == before
    assert server.requests == []


@pytest.mark.processes
def test_the_fault_of_a_missing_hub_is_the_hubs(
    weights: Path, server: HubServer, api: HfApi
) -> None:
    """A Hub that has created a repository and does not find it is told, not asked for ever."""
    server.fault = Fault.MISSING
    with pytest.raises(NotPublished, match="the Hub answers 404"):
        publish(weights, "class", api)
