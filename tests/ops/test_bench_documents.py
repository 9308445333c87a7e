"""The benchmark of documents compares the same figures and bars, and tells the PDF beside it."""

import json

from click.testing import CliRunner

from shanhai.ops.cli import main


def test_bulletins_with_charts_are_measured_against_plain_templates() -> None:
    printed = CliRunner().invoke(main, ["bench", "documents", "--json", "--documents", "2", "--rounds", "1"])
    report = json.loads(printed.output)
    assert report["rows"] == 2
    assert report["result"].startswith("2: ")
    assert {"ratio", "pdf_s", "ours", "rival_figures"} <= set(report)
