"""Steps of the demonstration's projects: conditions, consents, notices, and who moved what when."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from shanhai.kernel.scope import Sharing
from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding, morning

from .models import NoticeKind, Project, ProjectCondition, ProjectConsent, ProjectMove, ProjectNotice, Stage

#: The main way, from the plan on.
WAY = tuple(one for one in Stage if one not in {Stage.SUSPENDED, Stage.TERMINATED})
#: Days from the approval to each of the stages on the way.
DAYS = dict(zip(WAY, (-40, -12, 0, 12, 25, 60, 150, 180, 200, 220, 240), strict=True))
PHONE = "12345"
#: The demonstration knows nothing that was entered before.
_BEGINNING = date(2020, 10, 9)


def seed_steps(ctx: Seeding, projects: Sequence[tuple[Project, date]]) -> None:
    """Shape: each project with the day it was approved; what was spoilt lacks a condition or a notice."""
    conditions: list[Filed] = []
    notices: list[Filed] = []
    consents: list[Filed] = []
    for number, (project, day) in enumerate(projects):
        if project.stage not in {Stage.PLANNED, Stage.POOLED, Stage.APPROVED}:
            conditions += _conditions(ctx, project, day, is_short=number % 9 == 4)  # noqa: PLR2004
        notices += _notices(ctx, project, day, number)
    some = [one for one in projects if one[0].stage != Stage.POOLED][:: max(1, len(projects) // 8)]
    for number, (project, day) in enumerate(some, 1):
        consents.append(_consent(ctx, project, number, ProjectConsent.Matter.APPROVE, day))
    consents += _asked_now(ctx, [one[0] for one in projects], len(some))
    for filed in (conditions, notices, consents):
        ctx.file(filed)
    rows: list[Any] = [one.row for one in consents if one.state == State.VERIFIED]
    agreed = {row.project_id: row for row in rows if row.matter == ProjectConsent.Matter.APPROVE}
    _moves(ctx, projects, agreed)
    ctx.file(_planned(ctx, [one[0] for one in projects]))


def _planned(ctx: Seeding, projects: Sequence[Project]) -> Iterator[Filed]:
    """What towns propose: one that is fit, one that the list forbids, one that was done before."""
    first = projects[0]
    proposed = (
        ("新建冷链集配中心一处，面积 600 平方米。", "冷链集配中心项目", ""),
        ("改造村委会办公楼 400 平方米，添置办公设备。", "综合服务用房项目", "30201"),
        (first.content, first.name, ""),
    )
    for number, (content, name, account) in enumerate(proposed, 1):
        row = Project(
            **_of(first),
            period="2021",
            code=f"MT-2021-9{number:02}",
            name=name,
            kind=first.kind,
            content=content,
            account_code=account,
            budget=300_000 * number,
            households=40,
            people=150,
            ex_poor_people=60,
        )
        day = ctx.today - timedelta(days=12 + number)
        ctx.attach(row, "approval", f"项目建议书-{row.code}", ("项目建议书", row.code, name), day)
        yield Filed(row, day)


def _conditions(ctx: Seeding, project: Project, day: date, *, is_short: bool) -> Iterator[Filed]:
    for step, kind in enumerate(ProjectCondition.Kind):
        if is_short and kind == ProjectCondition.Kind.ENVIRONMENT:
            continue
        done_on = day + timedelta(days=step - 9)
        title = f"演示{kind.label}意见〔{day.year}〕{int(project.code[-3:])}号"
        row = ProjectCondition(**_of(project), project=project, kind=kind, done_on=done_on, document=title)
        lines = (f"{kind.label}办结", project.code, title)
        ctx.attach(row, "paper", f"{kind.label}-{project.code}", lines, done_on)
        yield Filed(row, done_on + timedelta(days=1))


def _of(project: Project) -> dict[str, Any]:
    return {"side": project.side, "owner_unit": project.owner_unit, "place": project.place}


def _notices(ctx: Seeding, project: Project, day: date, number: int) -> Iterator[Filed]:
    told = [(NoticeKind.POOL, day - timedelta(days=30)), (NoticeKind.PLAN, day + timedelta(days=1))]
    if project.stage in {Stage.ACCEPTED, Stage.AUDITED, Stage.TITLED, Stage.HANDED_OVER}:
        told.append((NoticeKind.RESULT, day + timedelta(days=185)))
    if project.stage == Stage.POOLED:
        del told[1:]
    for kind, first in told:
        if first > ctx.today:
            continue
        entered = max(_BEGINNING, min(first, ctx.today))
        row = ProjectNotice(
            **_of(project),
            project=project,
            number=f"GS-{project.code}-{kind}",
            notice_kind=kind,
            notice_from=first,
            notice_to=first + timedelta(days=9),
            posted_at=f"{project.place}村务公开栏、县政府网站",
            complaint_phone=PHONE,
        )
        if number % 3 == 0:
            lines = (str(kind.label), project.name)
            ctx.attach(row, "photo", f"张榜照片-{row.number}", lines, entered)
        yield Filed(row, entered)


def _consent(ctx: Seeding, project: Project, number: int, matter: str, day: date, **more: Any) -> Filed:
    state = more.pop("state", State.VERIFIED)
    causes = {
        "approve": "提请商定立项批复",
        "change": "地质条件变化，调整规模",
        "suspend": "汛期施工条件不足",
    }
    row = ProjectConsent(
        **_of(project),
        sharing=Sharing.JOINT,
        number=f"HS-{day.year}-{number:03}",
        project=project,
        matter=matter,
        asked_on=day - timedelta(days=10),
        cause=causes[matter],
        partner_unit=ctx.units["dm_coordinator"],
        **more,
    )
    entered = day - timedelta(days=9)
    return Filed(row, entered, state, entered + timedelta(days=2))


def _asked_now(ctx: Seeding, projects: Sequence[Project], before: int) -> list[Filed]:
    """A change and a pause that wait for the east."""
    building = [one for one in projects if one.stage in {Stage.BUILDING, Stage.STARTED}]
    if len(building) < 2:  # noqa: PLR2004 -- one for each
        return []
    change, pause = building[0], building[-1]
    matters, waits = ProjectConsent.Matter, {"state": State.AWAITING}
    larger = {"new_budget": change.budget + 50_000, "new_content": change.content + "增加护坡。"}
    return [
        _consent(ctx, change, before + 1, matters.CHANGE, ctx.today, **waits, **larger),
        _consent(ctx, pause, before + 2, matters.SUSPEND, ctx.today, **waits),
    ]


def _moves(ctx: Seeding, projects: Sequence[tuple[Project, date]], agreed: dict[Any, ProjectConsent]) -> None:
    """Steps as they were taken, written down by the coordinators of the west."""
    unit = ctx.units["mt_coordinator"]
    actor = ctx.reporter(unit)
    rows = [
        ProjectMove(
            project=project,
            from_stage=before,
            to_stage=stage,
            moved_on=min(day + timedelta(days=DAYS[stage]), ctx.today),
            decided_unit=unit if stage in {Stage.POOLED, Stage.APPROVED} else project.owner_unit,
            moved_by=actor.key,
            document=f"演示〔{day.year}〕{int(project.code[-3:])}号" if stage == Stage.APPROVED else "",
            consent=agreed.get(project.pk) if stage == Stage.APPROVED else None,
        )
        for project, day in projects
        for before, stage in pairwise(WAY[: WAY.index(Stage(project.stage)) + 1])
    ]
    with ctx.acting(actor, morning(ctx.today), "补录项目步骤"):
        ProjectMove.objects.bulk_create(rows)
