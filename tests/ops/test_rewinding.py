"""A drill: rows are written, a time is noted, the worst happens, and the database goes back to that time."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from ops.conftest import Box, BoxMaker
from shanhai.ops.processes import wait_for

pytestmark = pytest.mark.turns(3, whole=True)


class Drill(NamedTuple):
    key: Path
    base: Path
    log: Path
    secrets: bytes
    #: Between the second row and the third.
    noted: datetime


@pytest.fixture(scope="module")
def drill(boxes: BoxMaker, tmp_path_factory: pytest.TempPathFactory) -> Drill:
    folder = tmp_path_factory.mktemp("bases")
    key = folder / "key.json"
    box = boxes(SHANHAI_BACKUP_KEY_FILE=str(key))
    log = box.data / "archived"
    box = Box(box.data, {**box.extra, "SHANHAI_WAL_ARCHIVE": str(log)})
    assert box.shanhai("backup", "--new-key", str(key)).returncode == 0
    with box.connect() as connection:
        connection.execute("CREATE TABLE drill (number integer)")
        connection.execute("INSERT INTO drill VALUES (1)")
    paper = box.data / "files/live/west/paper"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"sealed")
    done = box.shanhai("backup", "--base", "--to", str(folder))
    assert done.returncode == 0, done.stderr
    (base,) = folder.glob("shanhai-base-*")
    with box.connect() as connection:
        connection.execute("INSERT INTO drill VALUES (2)")
        noted = datetime.now(UTC)
        connection.execute("INSERT INTO drill VALUES (3)")
        connection.execute("DELETE FROM drill WHERE number < 3")
    name = finished_log(box)
    kept = folder / "archived"
    assert wait_for((log / name).exists, 30), list(log.iterdir())
    shutil.copytree(log, kept)
    secrets = (box.data / "installation.json").read_bytes()
    box.shanhai("stop")
    shutil.rmtree(box.data / "postgres")
    return Drill(key, base, kept, secrets, noted)


def finished_log(box: Box) -> str:
    """The file of the log in use, which is finished now."""
    with box.superuser() as server:
        (name,) = server.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone() or ("",)
    return str(name)


def rewound(boxes: BoxMaker, drill: Drill, until: str) -> "tuple[Box, str, int]":
    box = boxes(SHANHAI_BACKUP_KEY_FILE=str(drill.key))
    done = box.shanhai("restore", str(drill.base), "--log", str(drill.log), "--until", until)
    return box, done.stdout + done.stderr, done.returncode


def test_exactly_the_rows_of_that_time_come_back(boxes: BoxMaker, drill: Drill) -> None:
    box, said, code = rewound(boxes, drill, drill.noted.isoformat())
    assert code == 0, said
    with box.connect() as connection:
        rows = connection.execute("SELECT number FROM drill ORDER BY 1").fetchall()
        assert rows == [(1,), (2,)]
        connection.execute("INSERT INTO drill VALUES (9)")
    assert (box.data / "installation.json").read_bytes() == drill.secrets
    assert (box.data / "files/live/west/paper").read_bytes() == b"sealed"
    assert not (box.data / "postgres/log").exists()
    # It is an installation like any other: it stops, starts, and stays where it went on.
    assert box.shanhai("stop").returncode == 0
    with box.connect() as connection:
        assert len(connection.execute("SELECT FROM drill").fetchall()) == 3


@pytest.mark.parametrize(
    ("until", "told"),
    [
        ("2001-01-01 00:00:00", "请用更早的一份"),
        ("2999-01-01 00:00:00", "归档的日志到不了这个时间"),
        ("昨天", "不是时间"),
    ],
)
def test_a_time_that_cannot_be_reached_is_told_and_leaves_nothing(
    boxes: BoxMaker, drill: Drill, until: str, told: str
) -> None:
    box, said, code = rewound(boxes, drill, until)
    assert (code, told in said) == (1, True), said
    assert not box.data.exists() or not any(box.data.iterdir())
