"""Reading a workbook into typed values: our reader against openpyxl, both with our checks of every cell."""

import hashlib
import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.reading import read_table
from shanhai.kernel.sheets.values import Value, parse_cell
from shanhai.kernel.sheets.writing import write_xlsx

from .harness import Benchmark

COLUMNS = (
    SheetColumn("code", "编号", Kind.CODE, required=True),
    SheetColumn("name", "名称", Kind.TEXT, required=True),
    SheetColumn("kind", "类别", Kind.CHOICE, choices=(("a", "厂房式"), ("b", "居家式"), ("c", "种养式"))),
    SheetColumn("opened_on", "设立日期", Kind.DATE),
    SheetColumn("is_certified", "已认定", Kind.BOOLEAN),
    *(SheetColumn(f"people_{n}", f"人数{n}", Kind.INTEGER, unit="人") for n in range(5)),
    *(SheetColumn(f"amount_{n}", f"金额{n}", Kind.MONEY, unit="元") for n in range(5)),
    *(SheetColumn(f"note_{n}", f"备注{n}", Kind.TEXT) for n in range(5)),
)


def prepare(rows: int, folder: Path) -> Path:
    """A workbook of 20 columns, the same for every run."""
    chance = random.Random(20210924)  # noqa: S311 -- data, not secrets
    path = folder / "sheet.xlsx"
    write_xlsx(COLUMNS, (_row(chance, number) for number in range(rows)), "基准数据", path)
    return path


def _row(chance: random.Random, number: int) -> dict[str, Value]:
    row: dict[str, Value] = {
        "code": f"W{number:06}",
        "name": f"演示车间{number}",
        "kind": chance.choice("abc"),
        "opened_on": date(2018, 1, 1) + timedelta(days=chance.randrange(1200)),
        "is_certified": chance.choice((True, False)),
    }
    row |= {f"people_{n}": chance.randrange(2000) for n in range(5)}
    row |= {f"amount_{n}": Decimal(chance.randrange(10**9)) / 100 for n in range(5)}
    return row | {f"note_{n}": f"说明{chance.randrange(500)}" for n in range(5)}


def ours(path: str) -> str:
    table = read_table(Path(path), COLUMNS)
    return _digest([[row.values[column.name] for column in COLUMNS] for row in table.rows])


def with_openpyxl(path: str) -> str:
    """What most projects do, with the same checks: a row at a time, every cell parsed."""
    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = []
    for cells in sheet.iter_rows(min_row=2, values_only=True):
        if cells[0] and not str(cells[0]).startswith("#"):
            rows.append([parse_cell(column, cell) for column, cell in zip(COLUMNS, cells, strict=False)])
    return _digest(rows)


def _digest(rows: Sequence[Sequence[object]]) -> str:
    whole = hashlib.sha256()
    for row in rows:
        whole.update(repr(row).encode())
    return f"{len(rows)} rows {whole.hexdigest()[:16]}"


SHEETS = Benchmark(
    name="sheets",
    says="读入 20 列工作簿并逐格检查",
    rival_name="openpyxl read_only",
    default_rows=20_000,
    prepare=prepare,
    ours="shanhai.ops.bench.sheets:ours",
    rival="shanhai.ops.bench.sheets:with_openpyxl",
)
