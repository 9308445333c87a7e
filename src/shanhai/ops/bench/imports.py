"""Importing a workbook of people into a ledger that holds many: ours against django-import-export.

Both write the same table of a fresh copy of one database, as the application role, with its triggers,
encryption and constraints, in one transaction. Compared: how many rows each made, changed and refused, and a
checksum of what stands in the table afterwards.
"""

import json
import os
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from .database import Scratch, copied, scratch
from .harness import Benchmark
from .import_floors import floors

SETTINGS = "shanhai.ops.bench.people.settings"
USER = "mt-reporter"
#: Rows in the table beforehand, for each row of the workbook.
PRESENT = 5
#: Of a hundred rows of the workbook, how many are there already, and how many are wrong.
_KNOWN, _WRONG = 10, 2
_TOWNS = ("湄潭县/永兴镇", "湄潭县/湄江街道", "湄潭县/鱼泉街道", "湄潭县/马山镇")
_SEED = 20210924


def identity(number: int) -> str:
    """The identity number of the worker `number`, borne by nobody."""
    from shanhai.registers.parties.identity import demo_identity

    born_on = date(1960, 1, 1) + timedelta(days=number // 1000 % 14_000)
    return demo_identity(area=number // 14_000_000, born_on=born_on, serial=number % 1000)


def prepare(rows: int, folder: Path) -> Path:
    """The workbook, and the database it goes into."""
    made = scratch(
        "people", f"{_SEED} {rows}", "shanhai.ops.bench.imports:fill", str(rows), settings=SETTINGS
    )
    made.use()
    path = folder / "people.xlsx"
    made.run("shanhai.ops.bench.imports:draw", str(rows), str(path))
    given = folder / "given.json"
    given.write_text(json.dumps({"workbook": str(path), "database": made.name, "rows": rows}))
    return given


def fill(rows: str) -> None:
    """`PRESENT` times as many workers of the county, sealed as any other; written by the kernel's COPY."""
    from shanhai.kernel import bulk, context
    from shanhai.registers.parties.models import Unit
    from shanhai.registers.places.models import Place

    from .ground import quietly
    from .people.models import Worker

    with context.unscoped("benchmark"), quietly(Worker):
        unit = Unit.objects.get(code="mt_labour")
        place = Place.objects.get(code="520328")
        for first in range(0, int(rows) * PRESENT, 50_000):
            numbers = range(first, min(first + 50_000, int(rows) * PRESENT))
            workers = [_worker(number, unit, place) for number in numbers]
            bulk.insert_columns(Worker, bulk.columns_of(Worker, workers, add=True), using="owner")


def _worker(number: int, unit: Any, place: Any) -> Any:
    from .people.models import Worker

    return Worker(
        side="west",
        owner_unit=unit,
        place=place,
        identity_number=identity(number),
        name=f"演示{number % 5000}",
        sex="male" if number % 2 else "female",
        ethnicity="汉族",
        phone=f"138{number % 10**8:08}",
        category="ordinary",
        left_on=date(2020, 1, 1),
        wage=Decimal(3000),
    )


def draw(rows: str, path: str) -> None:
    """The workbook, as any program writes it."""
    from xlsxwriter import Workbook

    from shanhai.kernel.imports.columns import import_columns
    from shanhai.kernel.sheets.columns import Kind
    from shanhai.kernel.sheets.values import format_value

    from .people.ledgers import FIELDS, WorkerLedger

    by_name = {column.name: column for column in import_columns(WorkerLedger())}
    columns = [by_name[name] for name in FIELDS]
    with Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("人员")
        sheet.write_row(0, 0, [column.header for column in columns])
        for number, line in enumerate(_lines(int(rows)), 1):
            for place, column in enumerate(columns):
                value = line[column.name]
                if column.kind is Kind.DATE and value:
                    sheet.write_datetime(number, place, value)
                elif column.kind is Kind.MONEY:
                    sheet.write_number(number, place, value)
                elif value not in (None, ""):
                    sheet.write_string(number, place, format_value(column, value))


def _lines(rows: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(_SEED)  # noqa: S311 -- data, not secrets
    for number in range(rows):
        yield _line(chance, number, rows)


def _line(chance: random.Random, number: int, rows: int) -> dict[str, Any]:
    lot = chance.randrange(100)
    stored = rows * PRESENT
    who = identity(chance.randrange(stored) if lot < _KNOWN else stored + number)
    left_on = date(2020, 1, 1) + timedelta(days=chance.randrange(500))
    returned_on = left_on + timedelta(days=chance.randrange(30, 90)) if chance.random() < 0.3 else None  # noqa: PLR2004
    line: dict[str, Any] = {
        "identity_number": who,
        "name": f"张演示{chance.randrange(5000)}",
        "sex": chance.choice(("male", "female")),
        "ethnicity": chance.choice(("汉族", "苗族", "布依族", "土家族")),
        "phone": f"139{number % 10**8:08}",
        "place": chance.choice(_TOWNS),
        "household": f"H{number // 4:07}",
        "category": chance.choice(("ordinary", "out_of_poverty", "monitored")),
        "is_relocated": chance.choice((True, False)),
        "education": chance.choice(("primary", "junior", "senior", "college")),
        "skill": chance.choice(("", "电工", "焊工", "厨师")),
        "wish": chance.choice(("east", "province", "county")),
        "left_on": left_on,
        "returned_on": returned_on,
        "employer": f"演示电器{chance.randrange(500)}厂",
        "city": chance.choice(("珠海", "中山", "遵义")),
        "post": chance.choice(("装配工", "质检员", "保洁员")),
        "wage": Decimal(chance.randrange(2000_00, 9000_00)) / 100,
        "is_insured": chance.choice((True, False)),
        "note": f"说明{chance.randrange(50)}",
    }
    if lot >= 100 - _WRONG:
        line |= chance.choice(
            ({"identity_number": who[:-1] + ("0" if who[-1] != "0" else "1")}, {"left_on": date(2022, 1, 1)})
        )
    return line


class _Run:
    """One contender's process: a fresh copy of the database, the actor, the stages."""

    def __init__(self, path: str) -> None:
        given = json.loads(Path(path).read_text())
        self.workbook = Path(given["workbook"])
        source = Scratch(given["database"], os.environ)
        self.database: Scratch = copied(source, "people_run")
        self.database.use()
        import django

        django.setup()
        self.stages: dict[str, float] = {}
        self._at = 0.0

    def start(self) -> None:
        self._at = time.perf_counter()

    def stage(self, name: str) -> None:
        now = time.perf_counter()
        self.stages[name] = round(now - self._at, 3)
        self._at = now

    def report(self, counts: str) -> str:
        from django.db import connection

        from shanhai.kernel import context

        with context.unscoped("基准"), connection.cursor() as cursor:
            cursor.execute(_CHECKSUM)
            checksum = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM kernel_history WHERE table_name = 'people_worker'")
            recorded = cursor.fetchone()
        connection.close()
        self.database.drop()
        return json.dumps({"result": f"{counts} {checksum} {recorded}", "stages": self.stages})


_CHECKSUM = """
SELECT count(*), sum(hashtextextended(concat_ws('|', identity_number_index, name, sex, ethnicity, phone_index,
    place_id, household, category, is_relocated, education, skill, wish, left_on, returned_on, employer, city,
    post, wage, is_insured, note, side, owner_unit_id, state, row_version), 0))
FROM people_worker
"""


def ours(path: str) -> str:
    """Read, plan with locks, write; the stages are those of the job."""
    run = _Run(path)
    from uuid import UUID

    from uuid_utils.compat import uuid7

    from shanhai.kernel import clock, context
    from shanhai.kernel.imports.apply import apply_plan
    from shanhai.kernel.imports.batch import Batch
    from shanhai.kernel.imports.columns import read_upload
    from shanhai.kernel.imports.plan import plan_import
    from shanhai.kernel.imports.values import wrong_cells
    from shanhai.kernel.registry import registry

    from .ground import TODAY, actor

    who, key = actor(USER), UUID(str(uuid7()))
    ledger = registry.get("people.worker")
    with clock.at(TODAY):
        run.start()
        table = read_upload(ledger, run.workbook)
        run.stage("parse")
        with context.acting(who, reason="基准", import_id=key):

            def hears(batch: Batch) -> None:
                wrong_cells(batch)
                run.stage("cells")

            plan = plan_import(ledger, table, who, lock=True, hears=hears)
            run.stage("plan")
            told = [str(problem) for problem in plan.problems]
            run.stage("tell")
            applied = apply_plan(plan, key)
            run.stage("write")
        run.stage("commit")
    assert len(told) >= applied.wrong  # noqa: S101 -- every wrong line has its sentence
    return run.report(f"{applied.created} {applied.updated} {applied.wrong}")


def rival(path: str) -> str:
    run = _Run(path)
    from .imports_rival import import_workbook

    return run.report(import_workbook(run, USER))


IMPORT = Benchmark(
    name="import",
    says="把 20 列人员工作簿导入已有五倍行数的台账：校验、加密、留痕、限权",
    rival_name="django-import-export 4.4，use_bulk、CachedInstanceLoader",
    default_rows=200_000,
    prepare=prepare,
    ours="shanhai.ops.bench.imports:ours",
    rival="shanhai.ops.bench.imports:rival",
    is_warmed=False,
    parts=floors,
    sums={"cell_errors_shown": ("cells",), "errors_shown": ("cells", "plan", "tell")},
)
