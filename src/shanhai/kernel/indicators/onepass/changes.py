"""What has been written since something was read: rows of the history that its snapshot did not see.

History is written by triggers in the transaction of the write (ADR 0004), so bulk writes, imports and undone
imports are in it as well, and what was rolled back is not.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shanhai.kernel import prepared

#: More changed rows than these are not followed one by one. An import of some hundred people is.
MOST = 2000


@dataclass(frozen=True)
class Moment:
    """What a statement saw: a snapshot of PostgreSQL, which says nothing to another server or database.

    Shape: `files` are the files of tables, which emptying and rewriting rename.
    """

    snapshot: str
    at: str
    server: str
    files: Mapping[str, str]

    def is_before(self, other: "Moment") -> bool:
        """Whether a transaction saw it that began earlier, on the same server."""
        return self.server == other.server and self._end < other._end

    @property
    def _end(self) -> int:
        return int(self.snapshot.split(":")[1])


@dataclass(frozen=True)
class Change:
    """One written row: as it is (None: deleted), and what it was before where that changed (None: new)."""

    table: str
    row_id: str
    row: dict[str, Any] | None
    before: dict[str, Any] | None

    @property
    def is_new(self) -> bool:
        return self.row is not None and self.before is None

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


def since(moment: Moment | None, tables: Sequence[str]) -> Since:
    """One statement. Without a moment nothing has changed: it only tells what is now."""
    now, written = _statements(tuple(tables))
    asked = (written, [moment.snapshot, moment.at]) if moment else (now, [])
    (lines,) = prepared.lines([asked])
    snapshot, at, is_settled, server, files = lines[0][:5]
    changes = [Change(*line[5:7], *map(_object, line[7:])) for line in lines if line[5]]
    found = Moment(snapshot, at, server, dict(zip(tables, files.split(), strict=True)))
    return Since(found, is_settled, changes)


@lru_cache(maxsize=64)
def _statements(tables: tuple[str, ...]) -> tuple[prepared.Planned, prepared.Planned]:
    """What is now, and what was written since $1 of $2 as well."""
    files = ", ".join(f"""pg_relation_filenode('public."{table}"'::regclass)""" for table in tables)
    now = (
        "SELECT pg_current_snapshot()::text AS snapshot, statement_timestamp()::text AS at,"
        " pg_current_xact_id_if_assigned() IS NULL AS is_settled, concat_ws(' ', pg_postmaster_start_time(),"
        " (SELECT oid FROM pg_database WHERE datname = current_database())) AS server,"
        f" concat_ws(' ', {files}) AS files"
    )
    nothing = "NULL::text, NULL::text, NULL::text, NULL::text"
    listed = ",".join(tables)
    written = (
        "SELECT n.*, h.table_name::text, h.row_id::text, h.is_now::text, h.before::text"
        f" FROM ({now}) n LEFT JOIN kernel_written_since($1, $2, '{{{listed}}}', {MOST + 1}) h ON true"
    )
    return (
        prepared.Planned(f"SELECT n.*, {nothing} FROM ({now}) n", ()),
        prepared.Planned(written, ("pg_snapshot", "timestamptz")),
    )


def _object(text: str | None) -> dict[str, Any] | None:
    return json.loads(text) if text else None
