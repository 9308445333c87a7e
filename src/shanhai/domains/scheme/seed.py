"""The scheme in the demonstration: the sample in force, its doubts left open, progress of two quarters."""

import datetime
from collections.abc import Iterator
from typing import Any

from shanhai.kernel import clock, context
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding

from . import actions, policy_seed, reports
from .models import Duty, ProgressReport, Task
from .uploads import sample

IMPORTED_ON = datetime.date(2021, 8, 30)
REPORTS_SINCE = datetime.date(2021, 1, 1)
#: What shows each task: ledgers, indicators.
LINKS = {
    "三（一）": (
        ("labour.workerregistration", "labour.employmentspell", "labour.monthlyfact"),
        ("LAB-1", "LAB-5", "LAB-6"),
    ),
    "三（二）": (("funds.project",), ("FUN-2B",)),
    "三（四）": (("funds.project", "funds.payment"), ("FUN-2",)),
}
#: Day each quarter's reports came in; the quarter under way is not due yet.
QUARTERS = {"2021Q1": datetime.date(2021, 4, 8), "2021Q2": datetime.date(2021, 7, 8)}
#: Units that let a quarter of a task pass: (unit, clause, quarter).
FORGOTTEN = {
    ("dm_assets", "三（二）", "2021Q2"),
    ("dm_supply", "三（三）", "2021Q2"),
    ("dm_redcross", "三（七）", "2021Q2"),
}
#: Share of the latest quarter's reports that are verified by now.
VERIFIED_SHARE = 0.9
SAID = "本季按任务要求推进：{title}已完成年度安排的 {percent}%，台账同步更新。"
NEXT = "下季度继续推进，按期报送台账。"


def seed(ctx: Seeding) -> dict[str, Any]:
    """Import, save, link, report. Answers the summary."""
    with ctx.acting(ctx.actors["dm_coordinator", "coordinator"], _at(IMPORTED_ON), "导入演示方案"):
        actor = context.current_actor()
        draft = actions.import_scheme(sample(), actor=actor, side=Side.EAST, sharing=Sharing.SHARED)
        actions.set_terms(
            draft.scheme,
            actor=actor,
            sharing=Sharing.SHARED,
            reports_since=REPORTS_SINCE,
            due_days=10,
            reason="演示：按年度报送进展",
        )
        for task in Task.of_versions.filter(section__version=draft).select_related(
            "scheme", "section__version"
        ):
            ledger_keys, codes = LINKS.get(task.path, ((), ()))
            actions.set_plan(
                task,
                actor=actor,
                frequency=Task.Frequency.QUARTER,
                due_on=datetime.date(2021, 12, 31),
                ledger_keys=ledger_keys,
                indicator_codes=codes,
            )
        actions.save_version(draft.pk, actor=actor, edition=draft.edition)
    with context.unscoped("演示数据"):
        filed = list(_reports(ctx))
        policy_seed.seed(ctx)
    ctx.file(filed)
    ctx.unfiled |= {(reports.LEDGER, code, period) for code, _path, period in FORGOTTEN}
    return summary()


def _reports(ctx: Seeding) -> Iterator[Filed]:
    """One report per task, unit and past quarter, the forgotten ones left out."""
    tasks = list(Task.objects.order_by("section__start"))
    bound = reports.bound_units(Duty.objects.filter(task__in=tasks).order_by("task__section__start", "start"))
    units = {unit.pk: unit for unit in ctx.units.values()}
    for number, (code, day) in enumerate(QUARTERS.items(), start=1):
        for task in tasks:
            for unit in (units[pk] for pk in bound.get(task.pk, ())):
                if (unit.code, task.path, code) in FORGOTTEN or (unit.code, "reporter") not in ctx.actors:
                    continue
                chance = ctx.random("scheme", task.path, unit.code, code)
                percent = 25 * number + chance.randint(-8, 4)
                row = ProgressReport(
                    task=task,
                    owner_unit=unit,
                    side=unit.side,
                    place=unit.place,
                    period=code,
                    sharing=Sharing.SHARED,
                    percent=percent,
                    narrative=SAID.format(title=task.title, percent=percent),
                    next_steps=NEXT,
                )
                is_verified = chance.random() < VERIFIED_SHARE or number == 1
                yield Filed(row, day, State.VERIFIED if is_verified else State.SUBMITTED)


def _at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(9, 12), clock.CHINA)


def summary() -> dict[str, Any]:
    """What `seed_demo --json` tells of the scheme."""
    return {"scheme": reports.summary()}
