"""The job of a pack: what it hands out and records, and that a killed worker leaves nothing of it."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from committing import committing
from shanhai.domains.appraisal.models import EvidencePack
from shanhai.domains.appraisal.packs import actions
from shanhai.engines.packs import MANIFEST, verify
from shanhai.kernel import context
from shanhai.kernel.jobs import files, runner
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.models import HistoryEntry

FIGURE = {"about": "indicator", "code": "TOY-1", "period": "2021Q3", "side": "west"}
type Told = dict[str, Any]


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Jobs tell their progress over a connection of their own: tests commit."""
    tables = ("kernel_job", "kernel_evidencefile", "appraisal_evidencepack", "procrastinate_jobs")
    with committing(django_db_blocker, *tables, "toys_workshop", "kernel_obligationrule"):
        yield


def asked(cast: Any, by: str, asked: Told) -> Job:
    with context.acting(cast.actor(by)) as current:
        return actions.start_pack(asked, current.actor)


def fetched(job: Job) -> tuple[zipfile.ZipFile, Told]:
    job.refresh_from_db()
    assert job.state == "done", job.message
    archive = zipfile.ZipFile(io.BytesIO(files.read(files.RESULTS, job.pk, ".zip") or b""))
    return archive, json.loads(archive.read(MANIFEST))


def made(cast: Any, by: str, what: Told) -> tuple[zipfile.ZipFile, Told]:
    job = asked(cast, by, what)
    runner.run(job.pk)
    return fetched(job)


def test_a_pack_holds_each_scan_once_says_what_is_missing_and_proves_itself(
    papers: Any, tmp_path: Any, sign_in: Any
) -> None:
    archive, told = made(papers, "wang", FIGURE)
    standings = Counter(line["standing"] for line in told["lines"])
    assert standings == {"packed": 2, "damaged": 1, "missing": 3}
    (path,) = {line["path"] for line in told["lines"] if line["path"]}
    assert path.endswith("/00001-=付款_凭证.pdf") and archive.read(path) == b"%PDF-1.4 shared"
    (part,) = told["parts"]
    assert part["value"].startswith("75") and len(part["row_ids"]) == 6 and part["definition"]
    book = load_workbook(io.BytesIO(archive.read("佐证目录.xlsx")))
    assert [row[10].value for row in book.worksheets[0].iter_rows(min_row=2, max_row=7)].count("缺") == 3
    word = Document(io.BytesIO(archive.read("佐证目录.docx")))
    assert [len(table.rows) for table in word.tables] == [2, 7]

    file = tmp_path / "包.zip"
    file.write_bytes(archive.fp.getvalue())  # type: ignore[union-attr]
    with context.unscoped("test"):
        record = EvidencePack.objects.get()
        entry = HistoryEntry.objects.get(table_name="appraisal_evidencepack")
    assert verify(file, record.digest).fault is None
    assert (record.packed_rows, record.papers, record.missing, record.side) == (6, 1, 3, "west")
    assert (entry.actor, record.packed_by) == (record.packed_by, papers.actor("wang").key)
    page = sign_in("wang").get("/appraisal/packs/").content.decode()
    assert record.digest in page and record.label in page


def test_a_killed_worker_leaves_nothing_and_the_next_makes_the_same(papers: Any, monkeypatch: Any) -> None:
    job, seen = asked(papers, "wang", FIGURE), []
    told = actions.Packing._manifest

    def killed(packing: Any) -> str:
        seen.append(packing.out.parent)
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(actions.Packing, "_manifest", killed)
        runner.run(job.pk)
    job.refresh_from_db()
    assert job.state == "running" and told is actions.Packing._manifest
    with context.unscoped("test"):
        assert not EvidencePack.objects.exists()
    runner.run(job.pk)
    _again, again = fetched(job)
    _other, other = made(papers, "wang", FIGURE)
    assert again["lines"] == other["lines"] and again["parts"] == other["parts"]
    assert not seen[0].exists()
