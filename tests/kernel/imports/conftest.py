"""Files as clerks send them, and toy rows to import into."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7
from xlsxwriter import Workbook

from shanhai.kernel import context
from shanhai.kernel.imports.apply import Applied, apply_file
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import FilePlan, ImportPlan, plan_import
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_identity

type Lines = Sequence[Mapping[str, Any]]


def workbook(lines: Lines) -> bytes:
    """A workbook whose headings are the names in `lines`, in the order they first appear."""
    return book_of({"数据": lines})


def book_of(sheets: Mapping[str, Lines]) -> bytes:
    """The same with several sheets, by their names."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, lines in sheets.items():
            _fill(book.add_worksheet(name), lines)
    return out.getvalue()


def _fill(sheet: Any, lines: Lines) -> None:
    headings = list(dict.fromkeys(name for line in lines for name in line))
    sheet.write_row(0, 0, headings)
    for number, line in enumerate(lines, 1):
        for place, name in enumerate(headings):
            _write(sheet, number, place, line.get(name))


def _write(sheet: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value)
    elif isinstance(value, str):
        sheet.write_string(row, place, value)
    elif value is not None:
        sheet.write(row, place, value)


class Desk:
    """Plans and applies files as somebody of the cast."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self.ledger: Ledger[Any] = registry.get("toys.workshop")

    def plan(self, lines: Lines | bytes, by: str = "alice", ledger: Ledger[Any] | None = None) -> ImportPlan:
        source = lines if isinstance(lines, bytes) else workbook(lines)
        ledger = ledger or self.ledger
        with context.acting(self.cast.actor(by)) as current:
            return plan_import(ledger, read_upload(ledger, source), current.actor)

    def apply(self, lines: Lines | bytes, by: str = "alice", plan: ImportPlan | None = None) -> Applied:
        """Confirms `plan`, or what planning gives now."""
        source = lines if isinstance(lines, bytes) else workbook(lines)
        ledger = plan.ledger if plan else self.ledger
        confirmed = FilePlan((plan or self.plan(source, by),)).digest
        with context.acting(self.cast.actor(by)) as current:
            tables = {ledger: read_upload(ledger, source)}
            key = UUID(str(uuid7()))
            applied = apply_file(tables, current.actor, confirmed=confirmed, import_id=key, reason="测试")
            return applied.parts[0]

    def told(self, lines: Lines, by: str = "alice", ledger: Ledger[Any] | None = None) -> list[str]:
        """Every problem as its reader sees it."""
        return [str(problem) for problem in self.plan(lines, by, ledger).problems]


@pytest.fixture
def desk(cast: Any) -> Desk:
    return Desk(cast)


@pytest.fixture
def identity() -> Callable[[int], str]:
    return lambda number: demo_identity(area=1, born_on=date(1990, 1, 1), serial=number)
