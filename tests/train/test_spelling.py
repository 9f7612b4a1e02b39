"""How a training text spells, by the command: phrases are told apart where that is asked for."""

import json
import sys
from pathlib import Path

import pytest

from tests.folders import write_model
from train import spelling as module


@pytest.mark.parametrize("flags", [[], ["--phrases"]])
def test_the_table_is_written_into_the_model_s_folder(
    flags: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "model", "transformer")
    lines = ("Il mange une pomme.\tx\n", "Elle mange.\tx\n", "On mange ici.\tx\n")
    (tmp_path / "train.tsv").write_text("".join(lines), encoding="utf-8")
    command = ["spelling", str(tmp_path / "model"), "--data", str(tmp_path), *flags]
    monkeypatch.setattr(sys, "argv", command)
    module.main()
    table = json.loads((tmp_path / "model" / "spelling.json").read_text(encoding="utf-8"))
    assert table["final"] == "."
    assert table["verbs"] == (["mange"] if flags else [])
    assert ({"sous", "la", "une"} <= set(table["openings"])) == bool(flags)
    assert not {"à", "a", "au"} & set(table["openings"])


def test_where_no_line_ends_with_a_full_stop_none_is_put_there() -> None:
    assert module.learned(["你好吗？", "我很好。", "क्या हाल है ?"], True)["final"] == ""
    assert module.learned(["... !", "42"], True)["final"] == ""


def test_a_translator_the_other_way_learns_how_the_other_language_is_spelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path / "model", "transformer")
    config = json.loads((tmp_path / "model" / "config.json").read_text(encoding="utf-8"))
    config["training"] = {"reverse": True}
    (tmp_path / "model" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (tmp_path / "train.tsv").write_text("L'été est là.\tIn Paris.\n" * 3, encoding="utf-8")
    command = ["spelling", str(tmp_path / "model"), "--data", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", command)
    module.main()
    table = json.loads((tmp_path / "model" / "spelling.json").read_text(encoding="utf-8"))
    assert table["names"] == ["Paris"]
    assert not table["accents"]
    monkeypatch.setattr(sys, "argv", [*command, "--phrases"])
    with pytest.raises(SystemExit, match="reads no French"):
        module.main()
