"""What has been written since something was read: rows of the history that its snapshot did not see.

History is written by triggers in the transaction of the write (ADR 0004), so bulk writes, imports and undone
imports are in it as well, and what was rolled back is not.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

#: More changed rows than these are not followed one by one.
MOST = 500


@dataclass(frozen=True)
class Moment:
    """What a statement saw: a snapshot of PostgreSQL, which says nothing to another server or database.

    Shape: `files` are the files of the tables, which a rewrite renames, the database and the server's start.
    """

    snapshot: str
    files: tuple[Any, ...]


@dataclass(frozen=True)
class Change:
    """One written row: as it is (None: deleted), and what it was before where that changed."""

    table: str
    row_id: Any
    row: dict[str, Any] | None
    before: dict[str, Any] | None

    def values(self, column: str) -> set[str]:
        """What the column held before and holds now."""
        found = {one[column] for one in (self.row, self.before) if one and one.get(column)}
        return {str(value) for value in found}


@dataclass(frozen=True)
class Since:
    """All that was written to some tables after a moment, up to `now`."""

    now: Moment
    #: Whether nothing this transaction wrote can be undone: it has written nothing.
    is_settled: bool
    changes: Sequence[Change]

    @property
    def is_too_much(self) -> bool:
        return len(self.changes) > MOST


_NOW = (
    "SELECT pg_current_snapshot()::text AS snapshot, pg_current_xact_id_if_assigned() IS NULL AS is_settled,"
    " ARRAY(SELECT pg_relation_filenode(t::regclass)::text FROM unnest(%s::text[]) t)"
    " || ARRAY(SELECT oid::text FROM pg_database WHERE datname = current_database())"
    " || pg_postmaster_start_time()::text AS files"
)
_WRITTEN = "SELECT * FROM kernel_written_since(%s::pg_snapshot, %s::text[], %s)"


def since(moment: Moment | None, tables: Sequence[str]) -> Since:
    """One statement. Without a moment nothing has changed: it only tells what is now."""
    quoted = [f'public."{table}"' for table in tables]
    with connection.cursor() as cursor:
        if moment is None:
            cursor.execute(_NOW, [quoted])
            lines = [(*line, None, None, None, None) for line in cursor.fetchall()]
        else:
            statement = f"SELECT n.*, h.* FROM ({_NOW}) n LEFT JOIN ({_WRITTEN}) h ON true"
            given: list[Any] = [quoted, moment.snapshot, list(tables), MOST + 1]
            cursor.execute(statement, given)
            lines = cursor.fetchall()
    snapshot, is_settled, files = lines[0][:3]
    changes = [Change(*line[3:5], *map(_object, line[5:])) for line in lines if line[3]]
    return Since(Moment(snapshot, tuple(files)), is_settled, changes)


def _object(text: str | None) -> dict[str, Any] | None:
    """Django leaves `jsonb` of its own connection unread."""
    return json.loads(text) if text else None
