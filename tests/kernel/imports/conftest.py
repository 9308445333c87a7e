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
from shanhai.kernel.imports.apply import Applied, apply_import
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import ImportPlan, plan_import
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_identity

type Lines = Sequence[Mapping[str, Any]]


def workbook(lines: Lines) -> bytes:
    """A workbook whose headings are the names in `lines`, in the order they first appear."""
    headings = list(dict.fromkeys(name for line in lines for name in line))
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, headings)
        for number, line in enumerate(lines, 1):
            for place, name in enumerate(headings):
                _write(sheet, number, place, line.get(name))
    return out.getvalue()


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
        confirmed = (plan or self.plan(source, by)).digest
        with context.acting(self.cast.actor(by)) as current:
            table = read_upload(ledger, source)
            return apply_import(
                ledger, table, current.actor, confirmed=confirmed, import_id=UUID(str(uuid7())), reason="测试"
            )

    def told(self, lines: Lines, by: str = "alice", ledger: Ledger[Any] | None = None) -> list[str]:
        """Every problem as its reader sees it."""
        return [str(problem) for problem in self.plan(lines, by, ledger).problems]


@pytest.fixture
def desk(cast: Any) -> Desk:
    return Desk(cast)


@pytest.fixture
def identity() -> Callable[[int], str]:
    return lambda number: demo_identity(area=1, born_on=date(1990, 1, 1), serial=number)
