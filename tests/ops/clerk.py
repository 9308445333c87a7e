"""Somebody who asks for long work and looks what came of it, in a process of its own."""

import json
import sys
import time
from base64 import b64encode
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import DatabaseError, connections  # noqa: E402
from django.http import QueryDict  # noqa: E402

from shanhai.domains.appraisal.models import Bulletin, BulletinFigure  # noqa: E402
from shanhai.domains.funds.models import TransferReceived  # noqa: E402
from shanhai.kernel import context  # noqa: E402
from shanhai.kernel.exports import pages as exports  # noqa: E402
from shanhai.kernel.exports.formats import Format  # noqa: E402
from shanhai.kernel.imports import store  # noqa: E402
from shanhai.kernel.jobs import files, runner  # noqa: E402
from shanhai.kernel.models import HistoryEntry, Import, Job  # noqa: E402
from shanhai.kernel.registry import registry  # noqa: E402
from shanhai.kernel.surfaces import bulk_jobs  # noqa: E402
from shanhai.kernel.surfaces.bulk_act import Act  # noqa: E402
from shanhai.kernel.surfaces.listing import Listing  # noqa: E402
from shanhai.registers.accounts.models import User  # noqa: E402

store.INLINE_ROWS, store.INLINE_BYTES = 0, 1 << 30
LEDGER = registry.get("funds.transferreceived")
with context.unscoped("test"):
    USER = User.objects.get(username="mt-coordinator")

type Answer = dict[str, Any]


def begin_import(number: str, rows: int) -> Answer:
    head = "所属期,凭证号,资金来源,到账金额,到账日期\n"
    lines = (f"2021年,{number}-{n},省级,{n}.5,2021-03-02\n" for n in range(rows))
    sent = SimpleUploadedFile(f"{number}.csv", (head + "".join(lines)).encode())
    with context.acting(USER.actor()) as current:
        found = store.receive(LEDGER, sent, current.actor)
        assert found.expected == rows, found.counts
        store.confirm(found, current.actor, found.plan_digest)
    return {"import": str(found.pk), "job": str(found.job_id)}


def begin_undo(key: str) -> Answer:
    with context.acting(USER.actor()) as current:
        found = Import.objects.get(pk=key)
        store.take_back(found, current.actor)
    return {"import": key, "job": str(found.job_id)}


def begin_export(form: str) -> Answer:
    with context.acting(USER.actor()) as current:
        job = exports.start(Listing(LEDGER, QueryDict(), current.actor), Format(form))
    return {"job": str(job.pk)}


def begin_look(note: str) -> Answer:
    """At every row of the import `P`, which is to get that note."""
    with context.acting(USER.actor(), reason=note) as current:
        act = Act(LEDGER, "edit", current.actor, reason=note, values={"note": note})
        job = bulk_jobs.start_plan(Listing(LEDGER, QueryDict("q=P"), current.actor), act)
    return {"job": str(job.pk)}


def begin_bulk(looked: str, note: str) -> Answer:
    with context.acting(USER.actor(), reason=note) as current:
        plan = Job.objects.get(pk=looked)
        job = bulk_jobs.start(plan, plan.result["digest"], note, actor=current.actor)
    return {"job": str(job.pk), "rows": plan.result["rows"], "note": note}


def begin_again(key: str) -> Answer:
    """What was cancelled or failed: the file is there still."""
    with context.acting(USER.actor()) as current:
        found = Import.objects.get(pk=key)
        store.confirm(found, current.actor, found.plan_digest)
    return {"import": key, "job": str(found.job_id)}


def cut_connections() -> Answer:
    """As a firewall does: those of the worker, of whatever it is about."""
    with context.unscoped("test"), connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE usename = current_user AND pid <> pg_backend_pid() AND datname = current_database()"
        )
        return {"cut": cursor.fetchone()[0]}


def cancel(key: str) -> Answer:
    with context.acting(USER.actor()):
        runner.cancel(Job.objects.get(pk=key))
    return {}


def job(key: str) -> Answer:
    found = Job.objects.get(pk=key)
    told = {name: getattr(found, name) for name in ("state", "message", "attempts", "done", "total")}
    return told | {"text": found.result.get("text", ""), "file": _file(found)}


def _file(found: Job) -> str:
    return (
        str(files.path_of(files.RESULTS, found.pk, found.result["path"])) if found.result.get("path") else ""
    )


def opened(key: str) -> Answer:
    """The sealed result of a job in plain."""
    found = Job.objects.get(pk=key)
    content = files.read(files.RESULTS, found.pk, found.result["path"])
    assert content is not None
    return {"content": b64encode(content).decode()}


def rows_of(key: str) -> Answer:
    """Rows of an import, and what history has of them."""
    rows = TransferReceived._base_manager.filter(import_id=key)
    numbers = list(rows.values_list("voucher_number", flat=True))
    recorded = HistoryEntry.objects.filter(import_id=key, operation=HistoryEntry.Operation.INSERT).count()
    found = Import.objects.get(pk=key)
    told = {"rows": len(numbers), "different": len(set(numbers)), "recorded": recorded}
    return told | {"import": found.state, "counted": found.result.get("counted")}


def rows_with(note: str) -> Answer:
    rows = TransferReceived._base_manager.filter(note=note).count()
    return {
        "rows": rows,
        "recorded": HistoryEntry.objects.filter(reason=note, operation=HistoryEntry.Operation.UPDATE).count(),
    }


def bulletins(period: str) -> Answer:
    found = Bulletin._base_manager.filter(period=period)
    figures = BulletinFigure._base_manager.filter(bulletin__in=found)
    return {"bulletins": [str(one.pk) for one in found], "figures": figures.count()}


_BEGINNINGS = (
    *(begin_import, begin_undo, begin_export, begin_look, begin_bulk, begin_again),
    *(cancel, cut_connections),
)
BEGINNINGS: dict[str, Any] = {one.__name__: one for one in _BEGINNINGS}
LOOKS: dict[str, Any] = {one.__name__: one for one in (job, opened, rows_of, rows_with, bulletins)}


def patiently(what: Any, given: list[Any]) -> Answer:
    """A database that is coming back is waited for."""
    while True:
        try:
            if what in BEGINNINGS:
                return BEGINNINGS[what](*given)
            with context.unscoped("look"):
                return LOOKS[what](*given)
        except DatabaseError:
            connections.close_all()
            time.sleep(0.05)


if __name__ == "__main__":
    print("{}", flush=True)  # noqa: T201
    for line in sys.stdin:
        what, *given = json.loads(line)
        print(json.dumps(patiently(what, given)), flush=True)  # noqa: T201
