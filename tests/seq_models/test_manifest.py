"""The manifest: fingerprints of what is there, written whole or not at all."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from seq_models import manifest


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    for model in ("second", "first"):
        (tmp_path / model / "pictures").mkdir(parents=True)
        (tmp_path / model / "config.json").write_text(f"{{}} {model}")
        (tmp_path / model / "pictures" / "one.png").write_bytes(b"picture")
    (tmp_path / "first.training.safetensors").write_bytes(b"no model's folder")
    return tmp_path


def test_update_lists_every_file_of_every_folder_with_its_sha256(weights: Path) -> None:
    manifest.update(weights)
    written = json.loads((weights / "manifest.json").read_text())
    assert written["namespace"] == ""
    assert list(written["models"]) == ["first", "second"]
    assert written["models"]["first"] == {
        "revision": None,
        "files": {
            "config.json": hashlib.sha256(b"{} first").hexdigest(),
            "pictures/one.png": hashlib.sha256(b"picture").hexdigest(),
        },
    }


def test_update_keeps_the_namespace_and_the_revisions_of_unchanged_models(weights: Path) -> None:
    published(weights)
    (weights / "second" / "config.json").write_text("changed")
    new = manifest.update(weights)
    assert new == manifest.read(weights)
    assert new.namespace == "class"
    assert new.models["first"].revision == "a" * 40
    assert new.models["second"].files["config.json"] == hashlib.sha256(b"changed").hexdigest()


@pytest.mark.parametrize("change", ["changed", "added", "removed"])
def test_a_model_whose_files_changed_loses_its_revision(weights: Path, change: str) -> None:
    """A pinned revision must have the very bytes of the fingerprints, or the Hub's copy is none."""
    published(weights)
    config = weights / "first" / "config.json"
    if change == "changed":
        config.write_text("changed")
    elif change == "added":
        (weights / "first" / "measurements.json").write_text("{}")
    else:
        config.unlink()
    new = manifest.update(weights)
    assert new.models["first"].revision is None
    assert new.models["second"].revision == "b" * 40


def published(weights: Path) -> None:
    """Write the manifest as it is after both models were published."""
    manifest.update(weights)
    written = json.loads((weights / "manifest.json").read_text())
    written["namespace"] = "class"
    written["models"]["first"]["revision"] = "a" * 40
    written["models"]["second"]["revision"] = "b" * 40
    (weights / "manifest.json").write_text(json.dumps(written))


def test_updating_twice_gives_the_same_bytes(weights: Path) -> None:
    manifest.update(weights)
    once = (weights / "manifest.json").read_bytes()
    manifest.update(weights)
    assert (weights / "manifest.json").read_bytes() == once


def test_a_failed_update_leaves_the_old_manifest(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest.update(weights)
    old = (weights / "manifest.json").read_bytes()
    (weights / "first" / "config.json").write_text("changed")

    def killed(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        manifest.update(weights)
    assert (weights / "manifest.json").read_bytes() == old


def test_what_another_process_changes_meanwhile_is_in_the_manifest(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It changes a model after it was read, and before the manifest is written."""
    write, others = manifest.write, iter(["changed meanwhile"])

    def late(folder: Path, new: manifest.Manifest) -> None:
        for change in others:
            (weights / "first" / "config.json").write_text(change)
        write(folder, new)

    monkeypatch.setattr(manifest, "write", late)
    manifest.update(weights)
    found = manifest.read(weights).models["first"].files
    assert found == manifest.fingerprints(weights / "first")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"namespace": "", "models": {"a": null}}'])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(manifest.DamagedWeights, match=r"manifest\.json is not a manifest"):
        manifest.read(tmp_path)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(manifest.DamagedWeights, match=r"manifest\.json cannot be read"):
        manifest.read(tmp_path)


def test_a_verified_file_has_the_expected_sha256(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")
    right, wrong = hashlib.sha256(b"content").hexdigest(), "0" * 64
    assert manifest.verified(path, right) == b"content"
    with pytest.raises(manifest.DamagedWeights, match=f"{path} .*{wrong}.*{right}"):
        manifest.verified(path, wrong)
    with pytest.raises(manifest.DamagedWeights, match="no SHA-256"):
        manifest.verified(path, None)
    with pytest.raises(manifest.DamagedWeights, match="cannot be read"):
        manifest.verified(tmp_path / "absent", right)
