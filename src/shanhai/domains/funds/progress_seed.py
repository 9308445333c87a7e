"""Milestones, links to households and what was paid to them in the demonstration."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.registers.seeding import Filed, Seeding

from .models import BenefitLink, BenefitPaid, Milestone, Project, Stage

#: Name, weight in per cent, days after the approval.
PARTS = (("场地平整", 20, 45), ("主体施工", 50, 110), ("设备安装", 20, 140), ("竣工清理", 10, 160))


def seed_progress(ctx: Seeding, projects: Sequence[tuple[Project, date]]) -> None:
    """Shape: each project with the day it was approved; every third has milestones, every second a link."""
    begun = [one for one in projects if one[0].stage not in {Stage.PLANNED, Stage.POOLED, Stage.TENDERING}]
    ctx.file(row for project, day in begun[::3] for row in _milestones(ctx, project, day))
    links = [(number, _link(ctx, project, number, day)) for number, (project, day) in enumerate(begun[::2])]
    ctx.file(filed for _number, filed in links)
    ctx.file(paid for number, filed in links if number % 4 != 1 for paid in _paid(ctx, filed.row, number))


def _of(project: Project) -> dict[str, Any]:
    return {"side": project.side, "owner_unit": project.owner_unit, "place": project.place}


def _milestones(ctx: Seeding, project: Project, day: date) -> Iterator[Filed]:
    reached = 0
    for name, weight, after in PARTS:
        due_on = day + timedelta(days=after)
        reached += weight
        is_done = reached <= project.progress
        yield Filed(
            Milestone(
                **_of(project),
                project=project,
                name=name,
                due_on=due_on,
                weight=Decimal(weight),
                done_on=min(due_on + timedelta(days=4), ctx.today) if is_done else None,
            ),
            day + timedelta(days=5),
        )


def _link(ctx: Seeding, project: Project, number: int, day: date) -> Filed:
    kind = list(BenefitLink.Kind)[number % len(BenefitLink.Kind)]
    people = max(project.people // 6, 4)
    agreed_on = min(day + timedelta(days=30), ctx.today)
    row = BenefitLink(
        **_of(project),
        project=project,
        kind=kind,
        households=max(people // 4, 1),
        people=people,
        ex_poor_people=min(project.ex_poor_people // 6, people),
        promised=Decimal(people * 600),
        agreed_on=agreed_on,
        due_on=agreed_on + timedelta(days=80),
    )
    lines = ("联结协议", project.code, str(kind.label))
    ctx.attach(row, "agreement", f"联结协议-{project.code}", lines, agreed_on)
    return Filed(row, agreed_on)


def _paid(ctx: Seeding, link: Any, number: int) -> Iterator[Filed]:
    paid_on = link.due_on - timedelta(days=3)
    if paid_on > ctx.today:
        return
    voucher = f"DN-{paid_on.year}-{number:03}"
    row = BenefitPaid(
        **_of(link.project),
        link=link,
        voucher_number=voucher,
        amount=link.promised * (8 if number % 3 else 10) / 10,
        households=link.households,
        people=link.people - number % 3,
        paid_on=paid_on,
    )
    ctx.attach(row, "voucher", f"兑现凭证-{voucher}", ("兑现凭证", voucher, f"{row.amount:,} 元"), paid_on)
    yield Filed(row, paid_on)
