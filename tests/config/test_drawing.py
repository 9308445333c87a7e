"""Papers are drawn by a second process: the same, in order, and nothing of it is left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shanhai.config.seed.drawing import Sheet, drawing
from shanhai.config.seed.papers import DOCUMENT, IMAGE, PLAIN

SHEETS = [Sheet(form, ("工资流水", f"第 {n} 份")) for n in range(3) for form in (IMAGE, DOCUMENT, PLAIN)]

DRAWS_LONG = """
import os, sys, time
from shanhai.config.seed.drawing import Sheet, drawing
from shanhai.config.seed.papers import DOCUMENT
import multiprocessing
if __name__ == "__main__":
    with drawing([Sheet(DOCUMENT, ("合同", str(n))) for n in range(100)]):
        print(multiprocessing.active_children()[0].pid, flush=True)
        time.sleep(60)
"""


def test_what_is_drawn_beside_is_what_would_be_drawn_here() -> None:
    with drawing(SHEETS) as drawn:
        contents = drawn()
    assert contents == [sheet.form.make(sheet.lines) for sheet in SHEETS]


def test_no_process_is_left_when_the_block_fails_before_it_asks() -> None:
    with pytest.raises(RuntimeError), drawing(SHEETS * 20):
        raise RuntimeError("the seed broke off")
    assert not multiprocessing.active_children()


def test_a_drawing_that_fails_is_told_and_not_waited_for() -> None:
    with pytest.raises(EOFError), drawing([Sheet(PLAIN, None)]) as drawn:  # type: ignore[arg-type]
        drawn()
    assert not multiprocessing.active_children()


def test_the_second_process_ends_when_the_first_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "draws.py"
    script.write_text(DRAWS_LONG, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        second = int(first.stdout.readline())
        first.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while _runs(second) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _runs(second)


def _runs(pid: int) -> bool:
    """Whether the process is there and no zombie that nobody has taken away yet."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2][0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
