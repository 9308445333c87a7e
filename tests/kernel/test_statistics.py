"""The planner knows of rows that this transaction wrote as soon as it is asked to count."""

from typing import Any

from django.db import connection

from shanhai.kernel import context
from toys.models import Workshop

ROWS = 1200


def _expected() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'toys_workshop'::regclass")
        return int(cursor.fetchone()[0])


def test_rows_not_committed_yet_are_counted_for_the_application(cast: Any) -> None:
    with context.unscoped("toys"), connection.cursor() as cursor:
        Workshop.objects.bulk_create(
            Workshop(side=cast.mt.side, owner_unit=cast.mt, code=f"M{n}", name=f"车间{n}")
            for n in range(ROWS)
        )
        assert _expected() < ROWS
        cursor.execute("SELECT kernel_analyse()")
        assert _expected() == ROWS


def test_the_application_may_not_analyse_by_itself(db: None) -> None:
    """`ANALYZE` would warn and leave the table alone; hence the function of the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('toys_workshop', 'MAINTAIN')")
        assert cursor.fetchone() == (False,)
