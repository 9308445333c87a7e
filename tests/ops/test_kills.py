"""`kill -9` of worker, request or database at any moment: all or nothing, and by itself to the end.

`SHANHAI_KILLS=200 pytest tests/ops/test_kills.py` kills more often; the seed of the moments is printed.
"""

import os
import random
import signal
import time
from abc import ABC, abstractmethod
from base64 import b64decode
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ops.conftest import BoxMaker
from ops.surviving import Place, kill, place

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("SHANHAI_KILLS", "20"))
SEED = os.environ.get("SHANHAI_SEED", "2021")
ROWS = 400
FIGURES = "/appraisal/indicators/export/"
#: What is asked for and who is killed, as often as it stands here, then all over again.
TURNS = (
    *(("import", "worker"), ("export", "worker"), ("bulk", "worker"), ("undo", "worker")),
    *(("bulletin", "request"), ("import", "database"), ("export", "worker"), ("indicators", "request")),
    *(("bulk", "database"), ("import", "worker"), ("export", "database"), ("undo", "worker")),
    *(("import", "worker"), ("export", "worker"), ("bulk", "worker"), ("import", "worker")),
    *(("undo", "database"), ("export", "worker"), ("import", "worker"), ("bulk", "worker")),
)


@pytest.fixture(scope="module")
def here(boxes: BoxMaker) -> Iterator[Place]:
    names = ("SHANHAI_FIELD_KEYS", "SHANHAI_FIELD_KEYS_FILE", "SHANHAI_SECRET_KEY")
    keys = {name: os.environ[name] for name in names if name in os.environ}
    with place(boxes(**keys)) as made:
        imported = made.ask("begin_import", "P", ROWS)
        made.work()
        began = time.monotonic()
        assert made.settled(imported["job"])["state"] == "done", made.said()
        made.seconds = time.monotonic() - began
        made.figures = cells(made.answered("mt-coordinator", "get", FIGURES)[1], made)
        yield made


class Doing(ABC):
    """One kind of work: asked for, and what must hold afterwards."""

    def __init__(self, here: Place, number: int) -> None:
        self.here, self.number = here, number
        self.asked: dict[str, Any] = {}

    @abstractmethod
    def begin(self) -> str:
        """The key of the job."""

    @abstractmethod
    def check(self, found: dict[str, Any]) -> None:
        """Raises AssertionError where the work is not done once and whole; `found` is the job's answer."""


class Importing(Doing):
    def begin(self) -> str:
        self.asked = self.here.ask("begin_import", f"K{self.number}-{time.monotonic_ns()}", ROWS)
        return str(self.asked["job"])

    def check(self, found: dict[str, Any]) -> None:
        rows = self.here.ask("rows_of", self.asked["import"])
        assert rows["import"] == "applied"
        assert rows["rows"] == rows["different"] == rows["recorded"] == rows["counted"] == ROWS
        self.here.settled(self.here.ask("begin_undo", self.asked["import"])["job"])


class Undoing(Doing):
    def begin(self) -> str:
        self.asked = self.here.ask("begin_import", f"U{self.number}-{time.monotonic_ns()}", ROWS)
        assert self.here.settled(self.asked["job"])["state"] == "done"
        return str(self.here.ask("begin_undo", self.asked["import"])["job"])

    def check(self, found: dict[str, Any]) -> None:
        rows = self.here.ask("rows_of", self.asked["import"])
        assert (rows["import"], rows["rows"], rows["recorded"]) == ("undone", 0, ROWS)


class Exporting(Doing):
    def begin(self) -> str:
        self.asked = self.here.ask("begin_export", "xlsx")
        return str(self.asked["job"])

    def check(self, found: dict[str, Any]) -> None:
        path = Path(found["file"])
        content = b64decode(self.here.ask("opened", str(self.asked["job"]))["content"])
        first = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert found["done"] == found["total"] >= ROWS
        vouchers = [row for row in first if row[0] and any(row[1:])]
        assert len(vouchers) == found["done"] + 1, "a heading and every row"
        assert [one.name for one in path.parent.glob(f"{path.stem}*")] == [path.name]
        path.unlink()


class Editing(Doing):
    def begin(self) -> str:
        note = f"第 {time.monotonic_ns()} 次"
        looked = self.here.ask("begin_look", note)["job"]
        assert self.here.settled(looked)["state"] == "done"
        self.asked = self.here.ask("begin_bulk", looked, note)
        return str(self.asked["job"])

    def check(self, found: dict[str, Any]) -> None:
        rows = self.here.ask("rows_with", self.asked["note"])
        assert rows["rows"] == rows["recorded"] == self.asked["rows"] >= ROWS


JOBS: dict[str, type[Doing]] = {
    "import": Importing,
    "undo": Undoing,
    "export": Exporting,
    "bulk": Editing,
}


#: How long each takes, as a multiple of an import. Moments beyond the end of the work are meant as well.
LASTS = {"import": 1.1, "undo": 1.0, "export": 0.8, "bulk": 2.0, "bulletin": 3.5, "indicators": 3.5}


def test_killed_at_any_moment_all_is_done_once_and_the_page_says_so(here: Place) -> None:
    dice = random.Random(SEED)
    for number, (kind, victim) in enumerate(islice(cycle(TURNS), KILLS)):
        moment = dice.uniform(0, here.seconds * LASTS[kind])
        told = f"seed {SEED}, {number}: {kind}, {victim} killed after {moment:.2f} s"
        try:
            if kind in JOBS:
                job_killed(here, JOBS[kind](here, number), victim, moment)
            else:
                REQUESTS[kind](here, number, moment)
        except AssertionError as error:
            raise AssertionError(f"{told}\n{here.said()}") from error


def job_killed(here: Place, doing: Doing, victim: str, moment: float) -> None:
    if not here.worker:
        here.work()
    key = doing.begin()
    time.sleep(moment)
    here.kill(victim)
    found = here.settled(key)
    assert found["state"] == "done", found
    doing.check(found)
    if doing.number % 5 == 0:
        status, page, _url = here.answered("mt-coordinator", "get", f"/jobs/{key}/")
        assert status == 200 and found["text"] in page.decode()


def drafted(here: Place, number: int, moment: float) -> None:
    """A bulletin is whole or not there; asked for again it is made, or said to be there."""
    period = f"2021-0{number % 8 + 1}"
    killed, _out = here.request("mt-coordinator", "post", "/appraisal/bulletins/", period=period)
    time.sleep(moment)
    kill(killed)
    left = here.ask("bulletins", period)
    status, _page, url = here.answered("mt-coordinator", "post", "/appraisal/bulletins/", period=period)
    found = here.ask("bulletins", period)
    assert (status, len(found["bulletins"])) == (302, 1)
    assert left["figures"] in {0, found["figures"]} and found["figures"] > 5
    assert url.startswith("/appraisal/bulletins/")
    key = found["bulletins"][0]
    status, word, _url = here.answered("mt-coordinator", "get", f"/appraisal/bulletins/{key}/word/")
    assert (status, word[:2]) == (200, b"PK")


def counted(here: Place, number: int, moment: float) -> None:
    """The workbook of figures is the same after as before."""
    killed, _out = here.request("mt-coordinator", "get", FIGURES)
    time.sleep(moment)
    kill(killed)
    found = cells(here.answered("mt-coordinator", "get", FIGURES)[1], here)
    assert found == here.figures and len(found) > 5


def cells(content: bytes, here: Place) -> list[Any]:
    path = here.folder / "figures.xlsx"
    path.write_bytes(content)
    book = CalamineWorkbook.from_path(path)
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return [row for row in rows if "现算" not in str(row[0])]  # the note tells the time


REQUESTS: dict[str, Callable[[Place, int, float], None]] = {"bulletin": drafted, "indicators": counted}


#: Bytes that a file may have then.
FULL = 8_000


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_full_disk_leaves_no_half_export_and_it_can_be_asked_for_again(here: Place, form: str) -> None:
    here.work(FULL)
    key = here.ask("begin_export", form)["job"]
    found = here.settled(key)
    assert (found["state"], found["message"][:5]) == ("failed", "磁盘已满，"), found
    assert files_of(here, key) == []
    assert "清理或扩容磁盘" in here.answered("mt-coordinator", "get", f"/jobs/{key}/")[1].decode()
    here.work()
    again = Exporting(here, 0)
    again.check(here.settled(again.begin()))


def files_of(here: Place, key: str) -> list[Path]:
    return list((here.box.data / "files/live/results").glob(f"{key.replace('-', '')}*"))


def test_a_full_disk_keeps_no_half_upload(here: Place) -> None:
    uploads = here.box.data / "files/live/uploads"
    before = sorted(uploads.glob("*"))
    rows = "".join(f"2021年,F-{n},省级,{n}.5,2021-03-02\n" for n in range(ROWS))
    sent = ["满.csv", "所属期,凭证号,资金来源,到账金额,到账日期\n" + rows]
    path = "/funds/transferreceived/import/"
    status, shown, _url = here.answered("mt-coordinator", "post", path, file=sent, most_bytes=FULL)
    assert status == 507 and "磁盘已满" in shown.decode()
    assert sorted(uploads.glob("*")) == before
    status, _shown, _url = here.answered("mt-coordinator", "post", path, file=sent)
    assert status in {302, 303}


@pytest.mark.parametrize("kind", ["import", "export"])
def test_a_cut_connection_is_made_anew_and_the_work_goes_on(here: Place, kind: str) -> None:
    here.work()
    doing = JOBS[kind](here, 0)
    key = doing.begin()
    here.wait_until(key, "running", "done")
    here.ask("cut_connections")
    found = here.settled(key)
    assert found["state"] == "done", found
    doing.check(found)


@pytest.mark.parametrize("kind", ["import", "export"])
def test_what_is_cancelled_leaves_nothing_and_can_be_begun_again(here: Place, kind: str) -> None:
    here.work()
    doing = JOBS[kind](here, 0)
    key = doing.begin()
    here.wait_until(key, "running", "done")
    os.kill(here.worker, signal.SIGSTOP)
    here.ask("cancel", key)
    os.kill(here.worker, signal.SIGCONT)
    found = here.settled(key)
    assert (found["state"], found["message"]) == ("cancelled", "已按您的要求取消，没有留下任何改动。")
    if kind == "import":
        assert here.ask("rows_of", doing.asked["import"])["rows"] == 0
        again = here.ask("begin_again", doing.asked["import"])["job"]
    else:
        assert files_of(here, key) == []
        again = doing.begin()
    found = here.settled(again)
    assert found["state"] == "done", found
    doing.check(found)


def test_figures_of_all_processes_add_up(here: Place) -> None:
    """Each request of these tests was in a process of its own."""
    for _twice in range(2):
        assert here.answered("mt-coordinator", "get", "/jobs/")[0] == 200
    status, body, _url = here.answered("", "get", "/metrics")
    told = body.decode()
    assert status == 200, (told, here.said())
    counted = [line for line in told.splitlines() if line.startswith("shanhai_requests_total")]
    (jobs,) = (line for line in counted if 'route="jobs"' in line and 'status="200"' in line)
    assert float(jobs.rpartition(" ")[2]) >= 2
    assert "shanhai_database_up 1.0" in told
