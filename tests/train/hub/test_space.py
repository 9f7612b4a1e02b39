"""The page as a Space: what is pushed is what the checkout holds, and it serves by itself.

The real Hub client talks to a Hub on the loopback interface.
"""

import dataclasses
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from gradio_client import Client
from huggingface_hub import HfApi

from benchmarks.page import ROOT, served
from seq_models import manifest
from seq_models.manifest import DamagedWeights, Manifest
from tests.folders import write_weights
from tests.hub_server import TOKEN, HubServer
from train.hub import space
from train.publish import NotPublished, publish_space

pytestmark = pytest.mark.processes  # git

NAME = "class/page"
README = "---\ntitle: A page\nsdk: gradio\n---\n\n# A page\n\n---\n\nMore.\n"
REVISION = "c0ffee" + 34 * "0"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout with all that a Space needs, and more."""
    folder = tmp_path / "checkout"
    names = "LICENSE app.py requirements.txt screenshot.png ARCHITECTURE.md train/a.py"
    for name in (*names.split(), "playground/page/a.js", "seq_models/a.py", "tests/test_a.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    (folder / "README.md").write_text(README)
    (folder / ".gitignore").write_text("*.pyc\n")
    (folder / "seq_models" / "a.pyc").write_bytes(b"made here")
    write_weights(folder / "weights", next_word_rnn="rnn")
    manifest.update(folder / "weights")
    committed(folder)
    return folder


def committed(checkout: Path) -> None:
    """Commit all that stands there."""
    subprocess.run(["git", "init", "-q", checkout], check=True)
    git = ["git", "-C", str(checkout), "-c", "user.name=A", "-c", "user.email=a@b.c"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "All"], check=True)


def pushed(server: HubServer) -> dict[str, bytes]:
    """What the Space holds, without what is the Hub's own."""
    repository = server.repositories[f"spaces/{NAME}"]
    files = repository.commits[repository.head]
    return {name: content for name, content in files.items() if name != ".gitattributes"}


def test_what_arrives_is_byte_for_byte_what_the_page_needs_and_nothing_else(
    checkout: Path, server: HubServer, api: HfApi
) -> None:
    publish_space(checkout, NAME, api)
    arrived = pushed(server)
    model = {f"weights/next-word-rnn/{file.name}" for file in (checkout / "weights").glob("*/*")}
    assert arrived.keys() == model | {
        "LICENSE", "README.md", "app.py", "playground/page/a.js", "requirements.txt",
        "screenshot.png", "seq_models/a.py", "train/a.py", "weights/manifest.json",
    }  # fmt: skip
    del arrived["README.md"]
    assert arrived == {name: (checkout / name).read_bytes() for name in arrived}


def test_a_second_run_pushes_nothing_and_a_third_only_what_changed(
    checkout: Path, server: HubServer, api: HfApi, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_space(checkout, NAME, api)
    server.requests.clear()
    publish_space(checkout, NAME, api)
    assert {request.split()[0] for request in server.requests} == {"GET"}
    (checkout / "app.py").unlink()
    (checkout / "app.py").write_bytes(b"new")
    (checkout / "train" / "a.py").unlink()
    (checkout / "train" / "b.py").write_bytes(b"b")
    committed(checkout)
    publish_space(checkout, NAME, api)
    repository = server.repositories[f"spaces/{NAME}"]
    assert len(repository.commits) == 3  # the first one is the Hub's own
    assert pushed(server)["app.py"] == b"new"
    assert {"train/a.py", "train/b.py"} & pushed(server).keys() == {"train/b.py"}
    told = [line.split(",")[0] for line in capsys.readouterr().out.splitlines()]
    assert told == [f"{NAME}: uploaded", f"{NAME}: already there", f"{NAME}: uploaded"]


def test_a_dry_run_prints_what_would_arrive_and_asks_nobody(
    checkout: Path, server: HubServer, api: HfApi, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_space(checkout, NAME, HfApi(endpoint=server.url, token=None), dry_run=True)
    assert server.requests == []
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    publish_space(checkout, NAME, api)
    assert lines == [
        [manifest.fingerprint(content), f"{len(content):,}", name]
        for name, content in sorted(pushed(server).items())
    ]


def test_the_card_names_published_models_and_their_revisions() -> None:
    entry = manifest.Entry(REVISION, {"config.json": "1", "model.safetensors": "2"})
    bundled = dataclasses.replace(entry, revision=None)
    listed = Manifest("class", {"rnn": entry, "new": bundled})
    for known in (listed, dataclasses.replace(listed, namespace="")):
        _, head, body = space.card(README, known).split("---\n", 2)
        told = yaml.safe_load(head)
        assert (told["title"], told["sdk"], told["suggested_hardware"]) == (
            "A page", "gradio", "zero-a10g",
        )  # fmt: skip
        assert body == README.split("---\n", 2)[2]
        assert told.get("models") == (["class/rnn"] if known.namespace else None)
        preload = [f"class/rnn config.json,model.safetensors {REVISION}"]
        assert told.get("preload_from_hub") == (preload if known.namespace else None)
        assert space.card(space.card(README, listed), known) == space.card(README, known)


def test_an_unclean_checkout_is_refused_before_the_first_request(
    checkout: Path, server: HubServer, api: HfApi
) -> None:
    (checkout / "playground" / "new.py").write_text("")
    with pytest.raises(NotPublished, match=r"not clean \(playground/new\.py\): commit or remove"):
        publish_space(checkout, NAME, api)
    (checkout / "app.py").write_text("changed")
    with pytest.raises(NotPublished, match=r"not clean \(app\.py and 1 more\)"):
        publish_space(checkout, NAME, api)
    assert server.requests == []


def test_what_no_space_can_be_made_of_is_told(
    checkout: Path, server: HubServer, api: HfApi, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotPublished, match="is not a checkout that git can read"):
        publish_space(tmp_path / "empty", NAME, api)
    (checkout / "screenshot.png").unlink()
    shutil.rmtree(checkout / "train")
    committed(checkout)
    with pytest.raises(NotPublished, match=r"has no screenshot\.png, train: a Space needs them"):
        publish_space(checkout, NAME, api)
    assert server.requests == []


def test_damaged_weights_are_not_pushed(checkout: Path, server: HubServer, api: HfApi) -> None:
    (checkout / "weights" / "next-word-rnn" / "config.json").write_text("{}")
    committed(checkout)
    with pytest.raises(DamagedWeights, match=r"config\.json is damaged"):
        publish_space(checkout, NAME, api)
    assert server.requests == []


@pytest.mark.parametrize(
    ("name", "token", "refused", "told"),
    [
        (NAME, None, "", "there is no token for the Hub"),
        (NAME, "hf_wrong", "", "stays as it was: the Hub refuses the token"),
        ("others/page", TOKEN, "", "the token may not write there"),
        ("a/b/c", TOKEN, "", "Repo id must be in the form"),
        (NAME, TOKEN, "POST /api/repos/create", r"answers 507 \(not today\): run the same"),
        (NAME, TOKEN, "PUT /lfs", r"answers 507 \(not today\): run the same"),
        (NAME, TOKEN, f"POST /api/spaces/{NAME}/commit", r"answers 507 \(not today\): run the"),
    ],
)
def test_a_failure_is_told_in_one_sentence(
    checkout: Path, server: HubServer, name: str, token: str | None, refused: str, told: str
) -> None:
    if refused:
        server.refused[refused] = 507
    with pytest.raises(NotPublished, match=told) as failed:
        publish_space(checkout, name, HfApi(endpoint=server.url, token=token))
    assert "\n" not in str(failed.value)
    held = server.repositories.get(f"spaces/{NAME}")
    assert held is None or len(held.commits) == 1


def test_the_page_serves_from_the_pushed_files_alone(
    server: HubServer, api: HfApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    for part in space.PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        (tmp_path / "clone").mkdir(exist_ok=True)
        copy(ROOT / part, tmp_path / "clone" / part)
    (tmp_path / "clone" / ".gitignore").write_text("__pycache__/\n")
    committed(tmp_path / "clone")
    publish_space(tmp_path / "clone", NAME, api)
    folder = tmp_path / "space"
    for name, content in pushed(server).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    assert not (folder / "tests").exists()
    with served(folder) as there:
        client = Client(there.address, verbose=False)
        found = client.predict("Once upon a time", api_name="/next_word")
        assert found["next"][0]["probability"] > 0
        assert "Traceback" not in there.log.read_text(encoding="utf-8")
