"""500 units scored on 80 items from millions of rows, and one point opened, against a query for each cell.

The rival is what a project writes first: an aggregate for each unit and indicator. It is measured over some
cells and counted up to all; its figures must equal ours of the same cells.
"""

import hashlib
import json
import time
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from .database import scratch
from .harness import Benchmark, measured

_FILLED_BY = "shanhai.ops.bench.appraisal_rows:fill"
#: Changes when the rows do.
_CONTENT = "1"
YEAR, UNITS, ITEMS = 2021, 500, 80
#: Of these units every indicator is asked by the rival.
_ASKED_UNITS = 5


def prepare(rows: int, folder: Path) -> Path:
    scratch("appraisal", f"{_CONTENT} {rows}", _FILLED_BY, str(rows)).use()
    return folder


def parts(folder: Path) -> dict[str, Any]:
    """Seconds of a scoring, and of opening one point after it to its first fifty rows."""
    run = measured("shanhai.ops.bench.appraisal:drill", folder)
    return {
        "units": UNITS,
        "items": ITEMS,
        "seconds": round(run.stages["score"], 3),
        "drill_seconds": round(run.stages["drill"], 3),
        "scored": run.result,
    }


def text_of(codes: list[str]) -> dict[str, Any]:
    """A scheme of eighty items over the indicators, each kind of rule in turn."""
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "target", "weight": "2", "aim": "40"},
        {"kind": "steps", "weight": "3", "steps": [["1", "1"], ["20", "2"], ["50", "3"]]},
        {"kind": "rank", "weight": "4", "steps": [["10", "4"], ["100", "2"], ["500", "1"]]},
        {"kind": "bonus", "each": "0.01", "most": "1"},
        {"kind": "deduction", "each": "0.01", "most": "1"},
    )
    blank: dict[str, Any] = {
        "weight": None,
        "aim": None,
        "each": None,
        "most": None,
        "steps": [],
        "evidence": False,
    }
    items = [
        {
            **blank,
            "number": number,
            "block": "样例",
            "name": "样例",
            "indicator": codes[number % len(codes)],
            "clause": "样例",
            "document": "样例",
            **kinds[number % len(kinds)],
        }
        for number in range(1, ITEMS + 1)
    ]
    return {"level": "unit", "full": "100", "grades": [["0", "好"]], "items": items}


def ours(_folder: str) -> str:
    """Every unit by every item, frozen under its digest."""
    import django

    django.setup()
    from shanhai.kernel import context

    with context.unscoped("benchmark"):
        units, text = _units(), text_of(_codes())
        began = time.perf_counter()
        told, found = _scored(units, text)
        took = time.perf_counter() - began
        cells = (
            (unit.code, code, told.figure(code, unit)) for unit in units[:_ASKED_UNITS] for code in _codes()
        )
        return _told(digest(cells), len(found.units), {"score": took})


def drill(_folder: str) -> str:
    """The same, and one point opened to its rows."""
    import django

    django.setup()
    from shanhai.kernel import context
    from shanhai.kernel.indicators.rows import ledger_rows, own, row_page

    with context.unscoped("benchmark"):
        units, text = _units(), text_of(_codes())
        began = time.perf_counter()
        told, found = _scored(units, text)
        took = time.perf_counter() - began
        began = time.perf_counter()
        code = "LAB-1"
        page = row_page(code, told.scope(code, units[0]), told.period, reason="")
        opened = ledger_rows(own(code, told.period).model, [one.row.pk for one in page.rows])
        stages = {"score": took, "drill": time.perf_counter() - began}
        return _told(f"{found.digest[:16]}, {len(opened)} rows opened", len(found.units), stages)


def rival(_folder: str) -> str:
    """An ORM aggregate for each cell of some units; seconds as if all were asked so."""
    import django

    django.setup()
    from shanhai.kernel import context

    from .appraisal_plain import cell

    with context.unscoped("benchmark"):
        units, codes = _units(), _codes()
        began = time.perf_counter()
        cells = [(unit.code, code, cell(code, unit)) for unit in units[:_ASKED_UNITS] for code in codes]
        took = time.perf_counter() - began
        return _told(digest(cells), len(units), {"score": took * len(units) * ITEMS / len(cells)})


def _scored(units: list[Any], text: dict[str, Any]) -> tuple[Any, Any]:
    from shanhai.domains.appraisal.runs.computing import frozen
    from shanhai.domains.appraisal.schemes.readings import Figures, readings_of

    told = Figures("west", YEAR)
    return told, frozen(text, units, readings_of(text, units, told), {}, {}, YEAR)


def _units() -> list[Any]:
    from shanhai.registers.parties.models import Unit

    return list(Unit.objects.filter(code__startswith="bench").select_related("place").order_by("code"))


def _codes() -> list[str]:
    from .indicator_plain import asked

    return sorted(one.code for one in asked() if one.unit_path)


def digest(cells: Iterable[tuple[str, str, Decimal | None]]) -> str:
    lines = [f"{unit} {code} {(value or Decimal(0)).normalize():f}\n" for unit, code, value in cells]
    whole = hashlib.sha256("".join(lines).encode())
    return f"{len(lines)} cells {whole.hexdigest()[:16]}"


def _told(result: str, units: int, stages: dict[str, float]) -> str:
    return json.dumps({"result": f"{units} units, {result}", "stages": stages})


APPRAISAL = Benchmark(
    name="appraisal",
    says="考核评分：500 个单位、80 项，从台账行到固化得分，以及点开一分",
    rival_name="one ORM aggregate per cell, measured over some cells and counted up",
    default_rows=2_000_000,
    prepare=prepare,
    ours="shanhai.ops.bench.appraisal:ours",
    rival="shanhai.ops.bench.appraisal:rival",
    is_warmed=False,
    parts=parts,
)
