"""The example of a client is run as a reader of docs/api.md runs it."""

import os
import subprocess
import sys
from pathlib import Path

from e2e.conftest import PASSWORD

CLIENT = Path(__file__).parents[2] / "docs/client.py"


def test_the_client_opens_a_figure_to_its_rows_and_understands_a_refusal(address: str) -> None:
    done = subprocess.run(
        [sys.executable, CLIENT, address, "mt-coordinator", "LAB-1"],
        env={**os.environ, "SHANHAI_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    figure, counted, *rows, sides, refused = done.stdout.splitlines()
    assert figure.startswith("LAB-1 ")
    told, shown = (int(word) for word in counted.split() if word.isdigit()), len(rows)
    assert len(set(told)) == 1
    assert shown == 3
    assert sides.startswith("west ")
    assert "bad_body" in refused
