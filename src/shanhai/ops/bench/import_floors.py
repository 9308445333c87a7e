"""What no importer of the workbook can fall below: reading its cells, and handing its rows to the server.

None of them judges, seals or looks up anything. `write_only` alone writes into the ledger itself, whose
indexes, foreign keys and history the server keeps, whoever sends the rows: an import that keeps them in one
transaction takes at least `parse_only` and `write_only` together.
"""

import json
import os
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from .database import Scratch, copied
from .harness import measured


def floors(data: Path) -> dict[str, object]:
    """Unit: seconds, and processor seconds of the process that is not the server."""
    found: dict[str, object] = {}
    for name in ("parse_only", "copy_only", "write_only"):
        run = measured(f"{__name__}:{name}", data)
        found[name] = {"wall_s": round(run.wall, 3), "cpu_s": round(run.cpu, 3)}
    return found


def parse_only(path: str) -> str:
    """The cells as typed columns, by the fastest reader there is for Python."""
    import fastexcel

    given = json.loads(Path(path).read_text())
    began = time.perf_counter()
    read = fastexcel.read_excel(given["workbook"]).load_sheet(0).to_arrow()
    seconds = time.perf_counter() - began
    return json.dumps({"result": str(read.num_rows), "stages": {"parse_only": round(seconds, 3)}})


def copy_only(path: str) -> str:
    """As many rows as the workbook has, into a table without index, trigger or foreign key."""
    given = json.loads(Path(path).read_text())
    source = Scratch(given["database"], os.environ)
    with psycopg.connect(source.application_url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE floor (LIKE people_worker)")
        columns, rows = _unseen(cursor, given["rows"])
        seconds = _sent(cursor, "floor", columns, rows)
    return json.dumps({"result": str(len(rows)), "stages": {"copy_only": round(seconds, 3)}})


def write_only(path: str) -> str:
    """As many new rows as the workbook has, ready made, into the ledger with all that the server keeps."""
    given = json.loads(Path(path).read_text())
    run = copied(Scratch(given["database"], os.environ), "people_floor")
    try:
        with psycopg.connect(run.application_url) as connection, connection.cursor() as cursor:
            columns, rows = _unseen(cursor, given["rows"])
            cursor.execute("SELECT set_config('shanhai.actor', 'system:benchmark', true)")
            seconds = _sent(cursor, "people_worker", columns, rows)
    finally:
        run.drop()
    return json.dumps({"result": str(len(rows)), "stages": {"write_only": round(seconds, 3)}})


def _unseen(cursor: psycopg.Cursor[Any], number: int) -> tuple[sql.Composed, list[bytes]]:
    """Rows of the ledger with keys that no row of it has, as COPY writes them; the names of the columns."""
    asked = "SELECT * FROM people_worker LIMIT 0"
    names = [column.name for column in cursor.execute(asked).description or ()]
    new = {"id": "gen_random_uuid()", "identity_number_index": "md5(identity_number_index)"}
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    values = sql.SQL(", ").join(sql.SQL(new[n]) if n in new else sql.Identifier(n) for n in names)
    some = sql.SQL("COPY (SELECT {} FROM people_worker LIMIT {}) TO STDOUT").format(values, number)
    with cursor.copy(some) as copy:
        return columns, [bytes(part) for part in copy]


def _sent(cursor: psycopg.Cursor[Any], table: str, columns: sql.Composed, rows: list[bytes]) -> float:
    """Seconds until they are committed."""
    began = time.perf_counter()
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with cursor.copy(into) as copy:
        for row in rows:
            copy.write(row)
    cursor.connection.commit()
    return time.perf_counter() - began
