"""Every fault in the table has a test that makes it happen."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = Path(__file__).parent / "FAULTS.md"


def test_every_line_of_the_table_names_a_test_that_there_is() -> None:
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    faults = rows[1:]
    assert faults
    for row in faults:
        found = re.fullmatch(r"\| .+ \| .+ \| `(tests/\S+\.py)::(test_\w+)` \|", row)
        assert found, row
        tree = ast.parse((ROOT / found[1]).read_text(encoding="utf-8"))
        assert found[2] in {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}, row
