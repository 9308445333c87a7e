"""A list of a million rows as a file: by the product's own exports, and by what most projects write."""

import csv
import hashlib
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .database import scratch
from .harness import Benchmark, measured

_FILLED_BY = "shanhai.ops.bench.export_rows:fill"
#: Changes when the rows do.
_CONTENT = "2"
#: Who exports: the reporter of the bureau, who sees its tree and what the other side shares.
READER = "mt-reporter"
#: Rows for the rival, which takes them all by the filter «输出方式».
SLICE, SLICE_ROWS = "friends", 20_000
_LEDGER = "labour.employmentspell"
_FORMATS = ("csv", "xlsx", "parquet")
#: What the rival writes as well; all rows are exported with every column of the ledger.
_SLICE = (
    "person",
    "person__identity_number",
    "person__place",
    "destination",
    "employer_shown",
    "post",
    "started_on",
)


def prepare(rows: int, folder: Path) -> Path:
    """The database, made or there already; the path is that of a folder for the files."""
    scratch("export", f"{_CONTENT} {rows}", _FILLED_BY, str(rows)).use()
    (folder / "rows").write_text(str(rows))
    return folder


def parts(folder: Path) -> dict[str, Any]:
    """Each format with all rows and columns, and the rival's on its slice, each in a process of its own."""
    found: dict[str, Any] = {}
    names = {form: f"{form}_whole" for form in _FORMATS}
    names |= {f"rival_{form}": f"rival_{form}" for form in _FORMATS[:2]}
    for name, function in names.items():
        run = measured(f"shanhai.ops.bench.export:{function}", folder)
        found[name] = {**json.loads(run.result), "peak_mb": round(run.peak_mb, 1)}
    for form in _FORMATS[:2]:
        rates = (found[form]["rows_per_s"], found[f"rival_{form}"]["rows_per_s"])
        found[f"ratio_{form}_rows_per_s"] = round(rates[0] / rates[1], 2)
    return found


def csv_whole(folder: str) -> str:
    return _whole(folder, "csv")


def xlsx_whole(folder: str) -> str:
    return _whole(folder, "xlsx")


def parquet_whole(folder: str) -> str:
    return _whole(folder, "parquet")


def _whole(folder: str, form: str) -> str:
    """Every row that the reader sees, with every column; counted = expected, or no figure."""
    expected = int((Path(folder) / "rows").read_text())
    with _export("", every_column=True) as made, tempfile.TemporaryDirectory(dir=folder) as place:
        out = Path(place) / f"out.{form}"
        began = time.perf_counter()
        counted = made.write(form, out)
        return _told(counted, expected, time.perf_counter() - began, len(made.columns), out)


def _told(counted: int, expected: int, seconds: float, columns: int, out: Path) -> str:
    if counted != expected:
        raise RuntimeError(f"{out.name}: {counted} rows of {expected}")
    told = {
        "counted": counted,
        "expected": expected,
        "columns": columns,
        "rows_per_s": round(counted / seconds),
        "seconds": round(seconds, 2),
        "file_mb": round(out.stat().st_size / 2**20, 1),
    }
    return _timed(json.dumps(told), seconds)


def _timed(result: str, seconds: float) -> str:
    """For the harness: the result, and what the job took without the start of the program."""
    return json.dumps({"result": result, "stages": {"write": seconds}})


@contextmanager
def _export(query: str, *, every_column: bool) -> Iterator[Any]:
    """The product's export as the reader's own, in force as a job has it."""
    import django

    django.setup()
    from django.http import QueryDict

    from shanhai.kernel import clock, context
    from shanhai.kernel.exports.writing import Export
    from shanhai.kernel.registry import registry
    from shanhai.kernel.surfaces.fields import resolve
    from shanhai.kernel.surfaces.listing import Listing

    from .ground import TODAY, actor

    ledger = registry.get(_LEDGER)
    params = QueryDict(query, mutable=True)
    names = [column.name for column in resolve(ledger).columns] if every_column else _SLICE
    params.setlist(Listing.COLUMNS, names)
    reader = actor(READER)
    with clock.at(TODAY), context.acting(reader):
        yield Export.of(Listing(ledger, params, reader))


def ours(folder: str) -> str:
    """The slice as CSV; the digest of its cells."""
    out = Path(folder) / "ours.csv"
    with _export(f"channel={SLICE}", every_column=False) as made:
        began = time.perf_counter()
        made.write("csv", out)
        seconds = time.perf_counter() - began
    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    return _timed(_digest([line[:-1] for line in lines[1:-1]]), seconds)


def rival(folder: str) -> str:
    """The slice as CSV by a plain query set; the digest of its cells."""
    out = Path(folder) / "rival.csv"
    _counted, seconds = _plainly(out, "csv")
    with out.open(encoding="utf-8-sig", newline="") as file:
        return _timed(_digest(list(csv.reader(file))[1:]), seconds)


def _digest(lines: list[list[str]]) -> str:
    whole = hashlib.sha256()
    for line in sorted(lines):
        whole.update(repr(line).encode())
    return f"{len(lines)} rows {whole.hexdigest()[:16]}"


def rival_csv(folder: str) -> str:
    return _rival(folder, "csv")


def rival_xlsx(folder: str) -> str:
    return _rival(folder, "xlsx")


def _rival(folder: str, form: str) -> str:
    out = Path(folder) / f"rival.{form}"
    counted, seconds = _plainly(out, form)
    return _told(counted, counted, seconds, len(_SLICE), out)


def _plainly(out: Path, form: str) -> tuple[int, float]:
    """What most projects write: rows of the model with what they point at, a cell at a time."""
    from .export_plain import heading, lines

    with _export(f"channel={SLICE}", every_column=False) as made:
        began = time.perf_counter()
        rows = made.listing.ledger.model._default_manager.filter(channel=SLICE).order_by("-started_on")
        counted = (_openpyxl if form == "xlsx" else _csv)(out, heading(), lines(rows))
        return counted, time.perf_counter() - began


def _csv(out: Path, heading: list[str], lines: Iterable[list[Any]]) -> int:
    number = 0
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        for line in lines:
            writer.writerow(line)
            number += 1
    return number


def _openpyxl(out: Path, heading: list[str], lines: Iterable[list[Any]]) -> int:
    from openpyxl import Workbook

    number = 0
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(heading)
    for line in lines:
        sheet.append(line)
        number += 1
    book.save(out)
    return number


EXPORT = Benchmark(
    name="export",
    says="台账导出为 CSV、Excel 和 Parquet",
    rival_name="QuerySet + csv / openpyxl write_only",
    default_rows=1_000_000,
    prepare=prepare,
    ours="shanhai.ops.bench.export:ours",
    rival="shanhai.ops.bench.export:rival",
    parts=parts,
)
