"""Runs of the demonstration 演示: of last year final, of this year open; of western towns and of the east."""

from datetime import date, timedelta
from typing import Any

from shanhai.kernel import clock
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.evidence.store import store
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.workflow import State
from shanhai.registers.papers import Paper, PaperRow, PaperTable, document
from shanhai.registers.parties.models import Unit
from shanhai.registers.seeding import Seeding, morning

from ..models import AppraisalEntry, AppraisalRun, AppraisalScheme
from ..schemes.seed import keeper_of
from .actions import move_run, open_run
from .computing import units_of

OPENED, FILED, VERIFIED = date(2021, 1, 4), date(2021, 1, 8), date(2021, 1, 12)
#: Day on which each move of last year's run was taken.
MOVES = (
    ("check", date(2021, 1, 13)),
    ("score", date(2021, 1, 14)),
    ("show", date(2021, 1, 15)),
    ("publish", date(2021, 1, 18)),
    ("finish", date(2021, 2, 1)),
)
#: Of the first units: grade, inspections, whether the paper of the grade is there.
TOLD = (("好", 5, True), ("较好", 4, True), ("好", 2, False), ("一般", 3, True))
#: Numbers of the items for the grade and for the inspections, by scheme.
ITEMS = {"KH-XZ": (5, 6), "KH-DB": (4, None)}


def seed_runs(ctx: Seeding, schemes: dict[str, AppraisalScheme]) -> None:
    """Of both sides."""
    for code, (graded, counted) in ITEMS.items():
        scheme = schemes[code]
        manager = ctx.actors[keeper_of(Side(scheme.side)), "coordinator"]
        with ctx.acting(manager, morning(OPENED)):
            run = open_run(scheme.pk, year=2020, actor=manager)
            units = units_of(run)
        for unit, (grade, times, has_paper) in zip(units, TOLD, strict=False):
            said: dict[int, dict[str, Any]] = {graded: {"grade": grade}}
            if counted:
                said[counted] = {"reported": times}
            _file(ctx, run, unit, said, without=None if has_paper else graded)
        _verify(ctx, run)
        for name, day in MOVES:
            _move(ctx, run, name, day, manager)
        with ctx.acting(manager, morning(ctx.today - timedelta(days=10))):
            open_run(scheme.pk, year=ctx.today.year, actor=manager)


def _move(ctx: Seeding, run: AppraisalRun, name: str, day: date, manager: Actor) -> None:
    """Who scored does not show it."""
    actor = ctx.verifier(Side(run.side)) if name == "show" else manager
    with ctx.acting(actor, morning(day)):
        move_run(run.pk, name, "", actor=actor)


def _file(
    ctx: Seeding, run: AppraisalRun, unit: Unit, said: dict[int, dict[str, Any]], without: int | None
) -> None:
    """What a unit said of some items, with papers but of one."""
    actor, moment = ctx.reporter(unit), morning(FILED)
    with ctx.acting(actor, moment):
        for number, values in said.items():
            rows = AppraisalEntry.objects.filter(scheme=run.scheme, period="2020", owner_unit=unit)
            row = rows.get(item_number=number)
            filed = {"state": State.SUBMITTED, "submitted_at": moment, "submitted_by": actor.key}
            told = {"narrative": "演示：做法和次数见附件。", **values, **filed}
            rows.filter(pk=row.pk).update(**told)
            if number != without:
                _attach(row, unit, actor)


def _attach(row: AppraisalEntry, unit: Unit, actor: Actor) -> None:
    title = f"演示佐证：{unit.name} 第 {row.item_number} 项"
    table = PaperTable("", [SheetColumn("item", "事项", Kind.TEXT)], [PaperRow(("演示：做法和次数",))])
    file = store(Side(row.side), write_docx(document(Paper(title, "演示数据。", [table], "evidence"))))
    EvidenceLink.objects.create(
        ledger=row.ledger_key(),
        row_id=row.pk,
        file=file,
        evidence_class="proof",
        name=f"{title}.docx",
        attached_at=clock.now(),
        attached_by=actor.key,
    )


def _verify(ctx: Seeding, run: AppraisalRun) -> None:
    moment = morning(VERIFIED)
    with ctx.acting(ctx.actors[keeper_of(Side(run.side)), "coordinator"], moment):
        rows = AppraisalEntry.objects.filter(scheme=run.scheme, period="2020", state=State.SUBMITTED)
        rows.update(state=State.VERIFIED, verified_at=moment)
