"""The notebooks run from top to bottom, and are kept without what they printed."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
TOUR = ROOT / "examples" / "tour.ipynb"
API = ROOT / "examples" / "api.ipynb"
CHAPTERS = 6


def ran(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook after every cell ran in its order."""
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    order = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert order == list(range(1, len(order) + 1))
    return notebook


def test_a_chapter_has_six_cells() -> None:
    tour = nbformat.read(TOUR, as_version=4)
    heads = [n for n, cell in enumerate(tour.cells) if "\n## " in f"\n{cell.source}"]
    assert heads == [6 * chapter for chapter in range(CHAPTERS)]
    assert len(tour.cells) == 6 * CHAPTERS


@pytest.mark.parametrize("path", [TOUR, API], ids=lambda path: path.stem)
def test_nothing_printed_is_kept(path: Path) -> None:
    assert not any(cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells)


@pytest.mark.processes
def test_the_tour_runs_from_top_to_bottom() -> None:
    ran(nbformat.read(TOUR, as_version=4))


def test_a_program_asks_a_started_page(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND", address)
    asked = ran(nbformat.read(API, as_version=4))
    *_, refused = asked.cells
    assert "99" in refused.outputs[0]["text"]
