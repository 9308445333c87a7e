"""The benchmark of appraisal compares cells with plain queries and opens a point."""

import json

import pytest
from click.testing import CliRunner

from shanhai.ops.cli import main


@pytest.mark.soak
def test_cells_of_the_rival_are_ours_and_a_point_opens() -> None:
    printed = CliRunner().invoke(main, ["bench", "appraisal", "--json", "--rows", "4000", "--rounds", "1"])
    assert printed.exit_code == 0, printed.output
    report = json.loads(printed.stdout)
    assert report["result"].startswith("500 units, ")
    assert report["ratio"]["median"] > 0 and report["seconds"] > 0 and report["drill_seconds"] > 0
    assert "rows opened" in report["scored"] and report["rival"]
