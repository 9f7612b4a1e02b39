"""The tour runs from top to bottom, six cells a chapter, and is kept without what it printed."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
TOUR = ROOT / "examples" / "tour.ipynb"
CHAPTERS = 6


def test_a_chapter_has_six_cells_and_nothing_printed_is_kept() -> None:
    tour = nbformat.read(TOUR, as_version=4)
    heads = [n for n, cell in enumerate(tour.cells) if "\n## " in f"\n{cell.source}"]
    assert heads == [6 * chapter for chapter in range(CHAPTERS)]
    assert len(tour.cells) == 6 * CHAPTERS
    assert not any(cell.get("outputs") for cell in tour.cells)


@pytest.mark.processes
def test_the_tour_runs_from_top_to_bottom() -> None:
    tour = nbformat.read(TOUR, as_version=4)
    client = NotebookClient(tour, timeout=120, resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    ran = [cell.execution_count for cell in tour.cells if cell.cell_type == "code"]
    assert ran == list(range(1, len(ran) + 1))
