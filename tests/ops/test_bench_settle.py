"""The benchmark of settlement compares every claim, and the service's amounts with ours."""

import json

import pytest
from click.testing import CliRunner

from shanhai.ops.cli import main


@pytest.mark.soak
def test_all_amounts_of_all_claims_are_equal() -> None:
    printed = CliRunner().invoke(main, ["bench", "settle", "--json", "--rows", "4000", "--rounds", "1"])
    assert printed.exit_code == 0, printed.output
    report = json.loads(printed.stdout)
    assert report["equal"] is True and report["rows_compared"] == 4000
    assert report["ratio"]["median"] >= 1000 and report["ratio_scalar"] >= 5
