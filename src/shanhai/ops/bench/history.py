"""What history costs: bytes and milliseconds per row, and reading a past day. The docs give figures.

`python -m shanhai.ops.bench.history [ROWS]` prints one JSON object. The rows are projects, a paragraph long.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from .database import scratch

_DEFAULT_ROWS = 100_000
_PER = 1000


def fill() -> None:
    """One project of each side's shape, from which the rows are copied."""
    from django.db import connections

    from shanhai.domains.funds.models import AidAgreement, Project
    from shanhai.kernel import clock, context
    from shanhai.registers.parties.models import Unit
    from shanhai.registers.places.models import Place

    from .ground import TODAY

    with connections["owner"].cursor() as cursor:  # only a demonstration may tell the time of its history
        cursor.execute(
            "INSERT INTO kernel_installation (id, is_demonstration, created_at) VALUES (1, true, now())"
        )
    with clock.at(TODAY), context.unscoped("benchmark"):
        unit = Unit.objects.filter(side="west").order_by("path").first()
        if unit is None:
            raise LookupError("no unit to own the rows")
        owned = {"side": unit.side, "owner_unit": unit, "state": "verified"}
        partner = Place.objects.filter(side="east").order_by("path").first()
        partner_unit = Unit.objects.filter(side="east").order_by("path").first()
        agreement = AidAgreement.objects.create(
            **owned, number="XZ-2021-1", partner=partner, partner_unit=partner_unit, amount=1_000_000,
            signed_on=TODAY, period="2021",
        )  # fmt: skip
        Project.objects.create(
            **owned, agreement=agreement, code="P0", name="湄江街道茶叶加工厂房二期", kind="industry",
            content="新建加工厂房一千二百平方米，购置萎凋、揉捻、烘干设备各两套。" * 3, budget=1_000_000,
        )  # fmt: skip


_COPY = (
    "INSERT INTO funds_project SELECT r.* FROM funds_project p, generate_series(1, %s) n,"
    " jsonb_populate_record(p, jsonb_build_object('id', uuidv7(), 'code', 'P' || %s || n)) r"
    " WHERE p.code = 'P0'"
)
_CHANGE = "UPDATE funds_project SET progress = %s WHERE code LIKE %s"
_SIZE = (
    "SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits"
    " WHERE inhparent = 'kernel_history'::regclass"
)


def measure(rows: int) -> dict[str, Any]:
    """Unit: milliseconds per 1,000 rows unless a name says otherwise."""
    import django

    django.setup()
    from django.db import connection, connections

    from shanhai.kernel import clock, context

    with context.unscoped("benchmark"), connection.cursor() as cursor:
        cursor.execute("SELECT kernel_ensure_history_partitions('2021-08-01', 3)")
    first = clock.now() - timedelta(20)
    found = {"rows": float(rows)}
    found |= _written("insert", rows, _bare(_COPY, rows, "a"), lambda: _told(first, _COPY, rows, "b"))
    changed = first + timedelta(5)
    found |= _written("update", rows, _bare(_CHANGE, 1, "Pa%"), lambda: _told(changed, _CHANGE, 2, "Pb%"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    return {name: round(number, 1) for name, number in (found | _read(first)).items()}


def _written(name: str, rows: int, without: float, write: Callable[[], float]) -> dict[str, float]:
    before = _size()
    took = write()
    return {
        f"{name}_without_history": without / rows * _PER,
        name: took / rows * _PER,
        f"bytes_per_{name}": (_size() - before) / rows,
    }


def _read(first: datetime) -> dict[str, float]:
    """A page, a count, a sum by place: now, and as known while nothing, then half, had changed since."""
    from django.db.models import Sum

    from shanhai.domains.funds.models import Project
    from shanhai.kernel import context
    from shanhai.kernel.history.known import as_known_on

    def page() -> Any:
        return Project.objects.order_by("code").values_list("code", "progress")

    def by_place() -> Any:
        return Project.objects.order_by().values("place").annotate(sum=Sum("budget"))

    found = {}
    for name, day in (("now", None), ("nothing_since", 10), ("half_changed_since", 2)):
        known = (first + timedelta(day)).date() if day else None
        with context.unscoped("benchmark"), as_known_on(known):
            found[f"list_{name}_ms"] = _timed(lambda: list(page()[:50]))
            found[f"count_{name}_ms"] = _timed(lambda: page().filter(progress__gt=1).count())
            found[f"sum_{name}_ms"] = _timed(lambda: list(by_place()))
    with context.unscoped("benchmark"):
        found["row_ms"] = _timed(_acts_on_one_row)
    return found


def _acts_on_one_row() -> None:
    from shanhai.domains.funds.models import Project
    from shanhai.kernel.history.models import HistoryEntry

    row = Project.objects.get(code="Pb7")
    list(HistoryEntry.objects.filter(table_name=Project._meta.db_table, row_id=row.pk).order_by("-id")[:51])


def _timed(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _told(day: datetime, statement: str, *values: Any) -> float:
    """Milliseconds of a statement that history records."""
    from django.db import connection

    from shanhai.kernel import clock, context

    with clock.at(day), context.unscoped("benchmark"), connection.cursor() as cursor:
        return _timed(lambda: cursor.execute(statement, values))


def _bare(statement: str, *values: Any) -> float:
    """The same without history."""
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE funds_project DISABLE TRIGGER USER")
        took = _timed(lambda: cursor.execute(statement, values))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE funds_project ENABLE TRIGGER USER")
    return took


def _size() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_SIZE)
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT_ROWS
    made = scratch("history", str(time.time()), "shanhai.ops.bench.history:fill")
    made.use()
    try:
        print(json.dumps(measure(wanted)))  # noqa: T201  (the report)
    finally:
        made.drop()
