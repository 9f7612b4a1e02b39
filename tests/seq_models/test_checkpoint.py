"""The shelf of models: the Hub's copy where it can be had, else the bundled one, no damaged one.

The real Hub client talks to a Hub on the loopback interface, in this process by arguments and in
others by the client's own environment variables.
"""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import pytest
import torch

from benchmarks.page import heeding_interrupts
from seq_models import checkpoint, manifest
from seq_models.checkpoint import DamagedWeights, Shelf
from seq_models.hub import Hub
from seq_models.models import build
from tests.folders import write_model, write_weights
from tests.hub_server import COMMIT, Fault, HubServer

NAME = "transformer-translator"
OTHER = "next-word-rnn"
PATIENCE = 60.0  # seconds for what must happen, on a machine that is busy with other things


@pytest.fixture(autouse=True)
def nothing_but_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the client from telling its makers about itself, and from other people's settings."""
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_TELEMETRY", True)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return write_weights(tmp_path / "weights", transformer_translator="transformer")


def add_other(weights: Path) -> None:
    """A second model, which the Hub does not have."""
    write_weights(weights, next_word_rnn="rnn")


@pytest.fixture
def server(weights: Path) -> Iterator[HubServer]:
    files = {path.name: path.read_bytes() for path in (weights / NAME).iterdir()}
    with HubServer(f"class/{NAME}", files) as running:
        yield running


@pytest.fixture
def shelf(weights: Path, server: HubServer, tmp_path: Path) -> Shelf:
    return new_shelf(weights, server, tmp_path)


def new_shelf(
    weights: Path,
    server: HubServer,
    tmp_path: Path,
    deadline: float = 20.0,
    again: Sequence[float] = (),
) -> Shelf:
    """A shelf as another process would have it, with the same cache."""
    hub = Hub("class", endpoint=server.url, cache=tmp_path / "cache", probe=1.0, deadline=deadline)
    return Shelf(weights, hub, again)


def pull(shelf: Shelf) -> checkpoint.Loaded:
    """What serves when the Hub has been tried."""
    shelf.pull_in_background().join(PATIENCE)
    assert not shelf.pull_in_background().is_alive()
    return shelf.load(NAME)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Our own lines in the log."""
    return [r.getMessage() for r in caplog.records if r.name.startswith("seq_models")]


def test_the_hubs_copy_replaces_the_bundled_one(shelf: Shelf, weights: Path) -> None:
    bundled = shelf.load(NAME)
    assert (bundled.source, bundled.revision) == ("bundled", None)
    pulled = pull(shelf)
    assert (pulled.source, pulled.revision) == ("hub", COMMIT)
    assert pulled.sha256 == manifest.fingerprints(weights / NAME)["model.safetensors"]
    assert shelf.load(NAME) is pulled
    tokens = torch.tensor([[1, 5, 6]])
    assert torch.equal(pulled.model(tokens, tokens), bundled.model(tokens, tokens))


def test_the_cache_serves_at_once_and_without_the_hub(
    shelf: Shelf, weights: Path, server: HubServer, tmp_path: Path
) -> None:
    pull(shelf)
    server.requests.clear()
    later = new_shelf(weights, server, tmp_path)
    loaded = later.load(NAME)
    assert (loaded.source, loaded.revision) == ("cache", COMMIT)
    assert pull(later) is loaded
    assert server.requests == []


def test_only_the_pinned_revision_will_do(
    weights: Path, server: HubServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pin(weights, COMMIT)
    assert pull(new_shelf(weights, server, tmp_path)).revision == COMMIT
    assert new_shelf(weights, server, tmp_path).load(NAME).source == "cache"
    assert not any("main" in request for request in server.requests)
    pin(weights, "d" * 40)
    assert pull(new_shelf(weights, server, tmp_path)).source == "bundled"
    assert "no such revision" in warnings(caplog)[0]


def test_the_revision_is_of_the_manifests_own_namespace_alone(
    weights: Path, server: HubServer, tmp_path: Path
) -> None:
    """Who pulls from a namespace of their own has other commits of the same files."""
    pin(weights, "f" * 40)
    content = json.loads((weights / "manifest.json").read_text())
    (weights / "manifest.json").write_text(json.dumps(content | {"namespace": "others"}))
    assert pull(new_shelf(weights, server, tmp_path)).revision == COMMIT


def pin(weights: Path, revision: str) -> None:
    """Write a revision of "class" into the manifest."""
    content = json.loads((weights / "manifest.json").read_text())
    content["models"][NAME]["revision"] = revision
    content["namespace"] = "class"
    (weights / "manifest.json").write_text(json.dumps(content))


def test_a_model_that_the_hub_lacks_keeps_no_other_from_being_pulled(
    weights: Path, shelf: Shelf, server: HubServer, caplog: pytest.LogCaptureFixture
) -> None:
    add_other(weights)
    assert pull(shelf).source == "hub"
    assert shelf.load(OTHER).source == "bundled"
    (line,) = warnings(caplog)
    assert f"class/{OTHER} from the Hub is not used" in line
    assert {name for name in (NAME, OTHER) if any(name in r for r in server.requests)} == {
        NAME,
        OTHER,
    }
    assert not any("README" in request for request in server.requests)


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault.MISSING, "it is missing, or private"),
        (Fault.GATED, "it is gated"),
        (Fault.SILENT, "timed out"),
        (Fault.STUCK, "not all there within 2 seconds"),
        (Fault.CUT, "not all there within 2 seconds"),
        (Fault.SHORT, "expected SHA-256"),
        (Fault.CHANGED, "expected SHA-256"),
    ],
)
def test_the_bundled_copy_serves_when_the_hub_fails(
    weights: Path,
    server: HubServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    line: str,
) -> None:
    server.fault = fault
    hangs = fault in (Fault.STUCK, Fault.CUT)
    shelf = new_shelf(weights, server, tmp_path, deadline=2.0 if hangs else 20.0)
    puller = shelf.pull_in_background()
    assert shelf.load(NAME).source == "bundled"
    puller.join(PATIENCE)
    assert not puller.is_alive()
    assert shelf.load(NAME).source == "bundled"
    (told,) = warnings(caplog)
    assert told.startswith(f"class/{NAME} from the Hub is not used, the bundled copy has to serve")
    assert line in told
    assert "\n" not in told


def test_loading_waits_neither_for_a_pull_nor_for_the_network(
    shelf: Shelf, server: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    serves = threading.Event()
    download = Hub.pull

    def held(self: Hub, *arguments: Any) -> Path:
        serves.wait(PATIENCE)
        return download(self, *arguments)

    monkeypatch.setattr(Hub, "pull", held)
    puller = shelf.pull_in_background()
    assert shelf.load(NAME).source == "bundled"
    assert puller.is_alive()
    assert server.requests == []
    serves.set()
    puller.join(PATIENCE)
    assert shelf.load(NAME).source == "hub"


@pytest.mark.parametrize("fault", [errno.ENOTDIR, errno.EROFS, errno.ENOSPC], ids=os.strerror)
def test_the_bundled_copy_serves_when_the_cache_cannot_be_written(
    weights: Path,
    server: HubServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    fault: int,
) -> None:
    """A file stands where the folder should; the others are told by the client: root may write."""

    def refuse(*arguments: object, **more: object) -> str:
        raise OSError(fault, os.strerror(fault))

    if fault == errno.ENOTDIR:
        (tmp_path / "cache").write_text("a file")
    else:
        monkeypatch.setattr("seq_models.hub.hf_hub_download", refuse)
    shelf = new_shelf(weights, server, tmp_path)
    assert pull(shelf).source == "bundled"
    (told,) = warnings(caplog)
    assert "from the Hub is not used, the bundled copy has to serve" in told
    assert "\n" not in told


def test_the_bundled_copy_serves_when_the_hub_refuses(
    weights: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And it is not asked for a file: the client would try that for 23 seconds."""
    files: list[object] = []
    monkeypatch.setattr("seq_models.hub.hf_hub_download", lambda *of, **more: files.append(of))
    with HubServer("nobody/nothing", {}) as gone:
        hub = Hub("class", endpoint=gone.url, cache=tmp_path / "cache")
    assert pull(Shelf(weights, hub, again=())).source == "bundled"
    assert files == []
    (told,) = warnings(caplog)
    assert "ConnectError" in told


def test_a_namespace_that_is_none_is_told_and_harmless(
    weights: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Shelf(
        weights, Hub("https://a/b", endpoint="http://127.0.0.1:9", cache=tmp_path), again=()
    )
    assert shelf.load(NAME).source == "bundled"
    assert pull(shelf).source == "bundled"
    assert len(warnings(caplog)) == 1


def test_a_refused_file_names_itself_and_both_hashes(
    shelf: Shelf, weights: Path, server: HubServer, caplog: pytest.LogCaptureFixture
) -> None:
    good = server.files["model.safetensors"]
    server.files["model.safetensors"] = bad = good[:-1] + bytes([good[-1] ^ 1])
    assert pull(shelf).source == "bundled"
    (told,) = warnings(caplog)
    expected, found = manifest.fingerprint(good), manifest.fingerprint(bad)
    assert f"model.safetensors is damaged: expected SHA-256 {expected}, found {found}" in told


def test_a_spoilt_cache_is_refused_and_pulled_anew(
    shelf: Shelf, weights: Path, server: HubServer, tmp_path: Path
) -> None:
    server.fault = Fault.CHANGED
    assert pull(shelf).source == "bundled"
    server.fault = Fault.NONE
    later = new_shelf(weights, server, tmp_path)
    assert later.load(NAME).source == "bundled"
    assert pull(later).source == "hub"
    assert new_shelf(weights, server, tmp_path).load(NAME).source == "cache"


def test_the_hubs_copy_must_fit_its_config_even_when_its_hashes_do(
    shelf: Shelf, weights: Path, server: HubServer, caplog: pytest.LogCaptureFixture
) -> None:
    """The manifest was written for a copy that lacks a parameter; the bundled one is as damaged."""
    wrong = weights.parent / "wrong"
    write_model(wrong, "rnn")
    server.files["model.safetensors"] = (wrong / "model.safetensors").read_bytes()
    (weights / NAME / "model.safetensors").write_bytes(server.files["model.safetensors"])
    manifest.update(weights)
    with pytest.raises(DamagedWeights, match="is missing"):
        shelf.load(NAME)
    with pytest.raises(DamagedWeights, match="is missing"):
        pull(shelf)
    assert "is missing" in warnings(caplog)[-1]


def test_a_damaged_bundled_copy_is_an_error_until_the_hub_has_a_good_one(
    shelf: Shelf, weights: Path
) -> None:
    add_other(weights)
    (weights / NAME / "config.json").write_text("{}")
    with pytest.raises(DamagedWeights, match=r"config\.json is damaged: expected SHA-256"):
        shelf.load(NAME)
    assert shelf.load(OTHER).source == "bundled"
    assert pull(shelf).source == "hub"


def test_describe_tells_what_serves(shelf: Shelf, weights: Path) -> None:
    add_other(weights)
    (weights / OTHER / "tokenizer.json").unlink()
    pull(shelf)
    other, translator = shelf.describe()
    loaded = shelf.load(NAME)
    assert translator == {
        "name": NAME,
        "source": "hub",
        "revision": COMMIT,
        "sha256": loaded.sha256,
        "parameters": loaded.parameters,
        "device": loaded.device,
    }
    assert (other["name"], other["source"], other["sha256"]) == (OTHER, None, None)
    assert "tokenizer.json cannot be read" in str(other["error"])
    json.dumps([other, translator])


def test_an_unknown_name_is_answered_with_the_known_ones(weights: Path, shelf: Shelf) -> None:
    add_other(weights)
    assert shelf.names() == [OTHER, NAME]
    with pytest.raises(ValueError, match=f"'none'; it must be one of {OTHER}, {NAME}"):
        shelf.load("none")


def test_eight_threads_get_one_model_that_was_loaded_once(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []

    def slow(config: dict[str, Any]) -> torch.nn.Module:
        built.append(config)
        time.sleep(0.05)
        return build(config)

    monkeypatch.setattr("seq_models.folder.build", slow)
    together = threading.Barrier(8)

    def ask() -> checkpoint.Loaded:
        together.wait()
        return shelf.load(NAME)

    with ThreadPoolExecutor(8) as threads:
        answers = [future.result() for future in [threads.submit(ask) for _ in range(8)]]
    assert len({id(answer) for answer in answers}) == 1
    assert len(built) == 1


def test_a_pull_that_failed_is_tried_again_later_without_a_restart(
    weights: Path, server: HubServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.fault = Fault.MISSING
    shelf = new_shelf(weights, server, tmp_path, again=(0.1,) * 600)
    shelf.pull_in_background()
    wait_for(lambda: len(warnings(caplog)) > 1)
    assert shelf.load(NAME).source == "bundled"
    server.fault = Fault.NONE
    assert pull(shelf).source == "hub"
    asked = len(server.requests)
    assert pull(shelf).source == "hub"
    assert len(server.requests) == asked


def test_the_hub_is_tried_once(shelf: Shelf, server: HubServer) -> None:
    pullers = [shelf.pull_in_background() for _ in range(3)]
    pull(shelf)
    assert len({id(puller) for puller in pullers}) == 1
    assert sum("/api/models/" in request for request in server.requests) == 1


@pytest.mark.parametrize(
    ("configured", "environment", "asked"),
    [("", None, False), ("class", None, True), ("class", "", False), ("", "class", True)],
)
def test_the_environment_names_the_hub_before_the_manifest(
    weights: Path,
    monkeypatch: pytest.MonkeyPatch,
    configured: str,
    environment: str | None,
    asked: bool,
) -> None:
    content = json.loads((weights / "manifest.json").read_text())
    (weights / "manifest.json").write_text(json.dumps(content | {"namespace": configured}))
    monkeypatch.delenv("SEQ_MODELS_HUB", raising=False)
    if environment is not None:
        monkeypatch.setenv("SEQ_MODELS_HUB", environment)
    pulled = []
    monkeypatch.setattr(Hub, "cached", lambda *arguments: None)

    def refuse(hub: Hub, *arguments: object) -> Path:
        pulled.append(hub.namespace)
        raise TimeoutError("enough")

    monkeypatch.setattr(Hub, "pull", refuse)
    assert pull(Shelf(weights, again=())).source == "bundled"
    assert pulled == ["class"] * asked


def test_without_a_manifest_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = Shelf(tmp_path, Hub("class", cache=tmp_path), again=())
    shelf.pull_in_background().join(PATIENCE)
    assert "manifest.json cannot be read" in warnings(caplog)[0]


# In processes of their own, where the client reads its environment.

PROGRAM = """
import logging, sys
from pathlib import Path
from seq_models.checkpoint import Shelf
logging.basicConfig(level="INFO")
shelf = Shelf(Path(sys.argv[1]))
print("loaded", shelf.load("transformer-translator").source, flush=True)
puller = shelf.pull_in_background()
if "join" in sys.argv:
    puller.join()
    print("serves", shelf.load("transformer-translator").source, flush=True)
else:
    sys.stdin.readline()
"""


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(weights: Path, server: HubServer, tmp_path: Path) -> Iterator[Start]:
    """Starts a process with that Hub and an own cache: flags, and more of the environment."""
    started: list[subprocess.Popen[str]] = []
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "HUGGING"))}
    clean |= {"HF_ENDPOINT": server.url, "HF_HOME": str(tmp_path), "HF_HUB_DISABLE_TELEMETRY": "1"}

    def begin(*flags: str, **more: str) -> subprocess.Popen[str]:
        with heeding_interrupts():
            process = subprocess.Popen(
                [sys.executable, "-c", PROGRAM, str(weights), *flags],
                env=clean | {"SEQ_MODELS_HUB": "class"} | more,
                cwd=Path(checkpoint.__file__).parent.parent,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    """A process's output and its log, when it has tried the Hub to the end."""
    output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    return output, errors


@pytest.mark.processes
def test_a_second_process_finds_what_the_first_one_pulled(server: HubServer, start: Start) -> None:
    output, _ = finish(start("join"))
    assert output == "loaded bundled\nserves hub\n"
    server.requests.clear()
    second = start("join")
    offline = start("join", HF_HUB_OFFLINE="1")
    for process in (second, offline):
        assert finish(process)[0] == "loaded cache\nserves cache\n"
    assert server.requests == []


@pytest.mark.processes
def test_offline_without_a_cache_the_bundled_copy_serves(server: HubServer, start: Start) -> None:
    output, errors = finish(start("join", HF_HUB_OFFLINE="1"))
    assert output == "loaded bundled\nserves bundled\n"
    assert "offline mode is on" in errors
    assert server.requests == []


@pytest.mark.processes
@pytest.mark.parametrize(
    ("fault", "stage", "end", "status"),
    [
        (Fault.STUCK, "GET /class/", None, 0),
        (Fault.SILENT, "GET /api/models/", signal.SIGINT, -signal.SIGINT),
        (Fault.STUCK, "GET /class/", signal.SIGTERM, -signal.SIGTERM),
    ],
)
def test_a_process_ends_promptly_while_the_hub_hangs(
    server: HubServer,
    start: Start,
    fault: Fault,
    stage: str,
    end: signal.Signals | None,
    status: int,
) -> None:
    """Promptly: within our patience, which is half of the pull's own deadline."""
    server.fault = fault
    process = start()
    wait_for(lambda: any(request.startswith(stage) for request in server.requests))
    if end is not None:
        process.send_signal(end)
    output, errors = process.communicate("the last line\n" * (end is None), timeout=PATIENCE)
    assert output == "loaded bundled\n"
    assert process.returncode == status, errors


@pytest.mark.processes
def test_a_process_killed_in_the_middle_of_a_pull_leaves_a_cache_that_the_next_one_completes(
    server: HubServer, start: Start
) -> None:
    server.fault = Fault.STUCK
    process = start()
    wait_for(lambda: any(request.startswith("GET /class/") for request in server.requests))
    process.kill()
    process.wait(PATIENCE)
    server.fault = Fault.NONE
    assert finish(start("join"))[0] == "loaded bundled\nserves hub\n"


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)
