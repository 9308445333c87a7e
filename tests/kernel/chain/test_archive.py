"""Old months in files: proved before they leave the database, and for good afterwards."""

import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.imports.test_pages import confirm, send, words
from kernel.indicators.conftest import Toys
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.chain.anchors import write_anchor
from shanhai.kernel.chain.archive import Unproved, prove, unlike_blocks
from shanhai.kernel.chain.moving import Moved, archive
from shanhai.kernel.chain.sealing import seal
from shanhai.kernel.chain.verifying import verify
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.history.known import as_known_on, told_of_archive
from shanhai.kernel.indicators.onepass.kept import Keeper
from shanhai.kernel.indicators.onepass.places import by_place
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.models import ArchivedMonth
from shanhai.kernel.scope import Side
from toys.models import Workshop

FEBRUARY, LATER = date(2021, 2, 4), date(2021, 9, 20)


@pytest.fixture
def months(owner: Any, cast: Any, write: Any, read: Any) -> Iterator[None]:
    """The cast and two workshops of January and February, and one of September; a block straddles months."""
    owner("INSERT INTO kernel_installation (id, is_demonstration, created_at) VALUES (1, true, now())")
    owner("UPDATE kernel_history SET at = '2021-01-15 01:00+00'")
    owner("UPDATE kernel_history SET at = '2021-09-01 01:00+00' WHERE table_name = 'places_place'")
    with clock.at(FEBRUARY):
        row = write("OLD")
        read(row)
    with clock.at(LATER):
        write("NEW")
        with context.unscoped("toys"):
            Workshop.objects.filter(code="OLD").update(workers=5)
    owner("DELETE FROM kernel_installation")
    seal()
    yield
    for month in ("202101", "202102"):
        owner(f"DROP TABLE IF EXISTS kernel_history_{month}")


def moved(folder: Path, before: str = "202103", *, drop: bool = True) -> list[Moved]:
    return list(archive(before, folder, drop=drop))


def test_old_months_leave_the_database_for_files_that_prove_them(months: None, tmp_path: Path) -> None:
    whole = verify()
    assert whole.is_whole
    found = moved(tmp_path)
    assert [one.month for one in found] == ["202101", "202102"]
    assert list(ArchivedMonth.objects.values_list("month", flat=True)) == ["202102", "202101"]
    report = verify()
    assert report.problems == []
    assert report.left_out == sum(one.entries for one in found)
    proofs = [prove(one.path, against_readings=True) for one in found]
    assert [unlike_blocks(proof, one.path) for proof, one in zip(proofs, found, strict=True)] == ["", ""]
    assert verify(proved={"202101", "202102"}).left_out == 0


def test_what_is_younger_than_the_rule_stays(months: None, tmp_path: Path, owner: Any) -> None:
    with pytest.raises(RuleViolated, match=r"2021-09 .*保存满 6 个月.*网络安全法.*2022-04-01"):
        moved(tmp_path, "202110")
    assert list(tmp_path.iterdir()) == [], "not even the old ones were begun"
    owner("DELETE FROM kernel_history WHERE row ->> 'code' = 'OLD' AND operation = 'insert'")
    with pytest.raises(Unproved, match="与封存时不同"):
        moved(tmp_path)
    assert list(ArchivedMonth.objects.values_list("month", flat=True)) == ["202101"], "the broken one stayed"


def test_detached_months_stay_as_tables_unless_dropped(months: None, tmp_path: Path, owner: Any) -> None:
    moved(tmp_path, drop=False)
    assert owner("SELECT count(*) > 0 FROM kernel_history_202102")[0][0]


def test_a_file_that_is_there_is_never_overwritten(months: None, tmp_path: Path) -> None:
    (tmp_path / "shanhai-history-202101.jsonl.gz").write_text("ours")
    with pytest.raises(RuleViolated, match="已经在了"):
        moved(tmp_path)
    assert not ArchivedMonth.objects.exists()


def _rewrite(path: Path, change: Callable[[str], str]) -> Path:
    text = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(gzip.compress(change(text).encode()))
    return path


TAMPERING: dict[str, tuple[Callable[[str], str], str]] = {
    "an entry edited": (lambda text: text.replace('"OLD"', '"ALT"'), "与封存时不同"),
    "an entry taken out": (
        lambda text: "\n".join(line for line in text.split("\n") if "kernel_fieldreading" not in line),
        "与封存时不同",
    ),
    "the end cut off": (lambda text: text[: text.rindex('{"end"')], "不完整"),
    "a block edited": (lambda text: text.replace('"entries": ', '"entries": 1'), "哈希与内容不符"),
    "no archive at all": (lambda text: "hello\n", "不是历史归档文件"),
}


@pytest.mark.parametrize("deed", TAMPERING)
def test_a_file_that_was_tampered_with_proves_nothing(months: None, tmp_path: Path, deed: str) -> None:
    change, expected = TAMPERING[deed]
    path = _rewrite(moved(tmp_path)[1].path, change)
    with pytest.raises(Unproved, match=expected):
        prove(path)


def test_a_record_of_a_read_of_an_archived_month_is_still_watched(
    months: None, tmp_path: Path, owner: Any
) -> None:
    path = moved(tmp_path)[1].path
    owner("ALTER TABLE kernel_fieldreading DISABLE TRIGGER USER")
    try:
        owner("UPDATE kernel_fieldreading SET reason = 'x'")
    finally:
        owner("ALTER TABLE kernel_fieldreading ENABLE TRIGGER USER")
    with pytest.raises(Unproved, match="被改动"):
        prove(path, against_readings=True)


def test_the_past_is_told_up_to_the_archive_and_refused_beyond(months: None, tmp_path: Path) -> None:
    with context.unscoped("look"), as_known_on(date(2021, 9, 10)):
        before = [(row.code, row.workers) for row in Workshop.objects.order_by("code")]
    moved(tmp_path)
    with context.unscoped("look"):
        with as_known_on(date(2021, 9, 10)):
            assert [(row.code, row.workers) for row in Workshop.objects.order_by("code")] == before
        for day in (date(2021, 2, 10), date(2021, 1, 20), date(2021, 8, 30)):
            with pytest.raises(RuleViolated, match="已归档"), as_known_on(day):
                pass
        assert "2021-09-01 以前的历史已归档" in told_of_archive()


def test_files_are_verified_on_a_machine_without_the_database(months: None, tmp_path: Path) -> None:
    write_anchor(tmp_path)
    paths = [one.path for one in moved(tmp_path)]
    command = [
        *(sys.executable, "-m", "shanhai.ops", "audit", "verify", "--offline"),
        *("--anchors", str(tmp_path / "shanhai-anchors.jsonl")),
        *(part for path in paths for part in ("--archive", str(path))),
    ]

    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False)

    done = run()
    assert done.returncode == 0, done.stderr
    assert "202102：" in done.stdout
    _rewrite(paths[0], lambda text: text.replace("system:", "systen:"))
    done = run()
    assert done.returncode == 1
    assert "断链" in done.stderr


def test_sums_that_a_process_keeps_follow_what_is_written_after_the_archive(
    months: None, tmp_path: Path, cast: Any
) -> None:
    toys, kept, period = Toys(cast), Keeper(), Period.parse("2021-09")
    asks = [(indicators.get(code, period), period) for code in ("TOY-1", "TOY-2", "TOY-6")]

    def told(keeper: Keeper) -> Any:
        with context.unscoped("look"):
            return by_place(asks, Side.WEST, keeper)

    workshop = toys.workshop("A")
    toys.output(workshop, "2021-01", 20)
    before = told(kept)
    seal()
    moved(tmp_path)
    assert told(kept) == told(Keeper()) == before
    toys.output(workshop, "2021-06", 7)
    assert told(kept) == told(Keeper()) != before


def test_an_import_of_an_archived_month_stays_and_a_later_one_is_taken_back(
    months: None, tmp_path: Path, owner: Any, client_of: Any
) -> None:
    browser = client_of("alice")
    owner("INSERT INTO kernel_installation (id, is_demonstration, created_at) VALUES (1, true, now())")
    with clock.at(FEBRUARY):
        old = send(browser, [{"编号": "A", "名称": "甲"}]).url
        confirm(browser, old)
    owner("DELETE FROM kernel_installation")
    seal()
    moved(tmp_path)
    refused = browser.post(f"{old}undo/")
    assert refused.status_code == 422
    assert "历史已经归档，不能再撤销" in words(refused)
    later = send(browser, [{"编号": "A", "名称": "改名"}, {"编号": "B", "名称": "乙"}]).url
    confirm(browser, later)
    assert browser.post(f"{later}undo/").status_code == 302
    with context.unscoped("look"):
        mine = Workshop.objects.filter(side=Side.EAST)
        assert [(row.code, row.name) for row in mine] == [("A", "甲")]
    assert verify().is_whole
