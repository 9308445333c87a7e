"""What no importer of the workbook can fall below: reading its cells, and handing its rows to the server.

Neither judges, seals, looks up or keeps a history of anything.
"""

import json
import os
import time
from pathlib import Path

import psycopg
from psycopg import sql

from .database import Scratch
from .harness import measured


def floors(data: Path) -> dict[str, object]:
    """Unit: seconds, and processor seconds of the process that is not the server."""
    found: dict[str, object] = {}
    for name in ("parse_only", "copy_only"):
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
        some = sql.SQL("COPY (SELECT * FROM people_worker LIMIT {}) TO STDOUT").format(given["rows"])
        with cursor.copy(some) as copy:
            rows = [bytes(part) for part in copy]
        began = time.perf_counter()
        with cursor.copy("COPY floor FROM STDIN") as copy:
            for row in rows:
                copy.write(row)
        connection.commit()
        seconds = time.perf_counter() - began
    return json.dumps({"result": str(len(rows)), "stages": {"copy_only": round(seconds, 3)}})
