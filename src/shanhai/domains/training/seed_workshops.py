"""Demonstration workshops of the western county: recognised, reported month by month, some in trouble."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Unit
from shanhai.registers.seeding import Filed, Seeding

from .models import Recognition, Workshop, WorkshopKind, WorkshopMonth, WorkshopReview, WorkshopStandard

SOURCE = "演示数据（示例数值，参照外地认定办法：至少 5 人、意外险每人每月 15 元，连续 3 个月预警）"
OPENING = date(2020, 11, 2)
WORKSHOPS = 16
PRODUCTS = ("竹编", "茶叶分拣", "服装缝制", "电子绕线", "辣椒加工", "手工刺绣", "民宿餐饮", "菌菇种植")
#: Of the workshops in order: which lie under the standard for long, were ordered to set things right, were
#: cancelled, are not recognised yet; and which forgot a month.
HOLLOW, ORDERED, CANCELLED, APPLIED, SILENT = 2, 3, 5, 6, 7
MONTHS = Period.between(date(2020, 12, 1), date(2021, 8, 31), PeriodKind.MONTH)


def seed(ctx: Seeding) -> None:
    office = ctx.units["mt_labour"]
    standard = WorkshopStandard(
        **own(office),
        code="YSBZ01",
        least_ex_poor=5,
        least_premium=Decimal(15),
        alarm_months=3,
        review_months=12,
        valid_from=date(2020, 1, 1),
        source=SOURCE,
    )
    ctx.file([Filed(standard, OPENING)])
    workshops = list(_workshops(ctx))
    ctx.file(Filed(row, max(row.applied_on, OPENING), _state(number)) for number, row in enumerate(workshops))
    for month in MONTHS:
        ctx.file(_months(ctx, workshops, month))
    ctx.file(_reviews(workshops))


def own(unit: Unit, place: Any = None) -> dict[str, Any]:
    """Whose a row of the demonstration is."""
    return {"side": unit.side, "owner_unit": unit, "place": place or unit.place}


def _state(number: int) -> State:
    return State.SUBMITTED if number == APPLIED else State.VERIFIED


def _workshops(ctx: Seeding) -> Iterator[Workshop]:
    rng = ctx.random("training", "workshops")
    towns = [u for u in ctx.units.values() if u.side == Side.WEST and u.kind == Unit.Kind.TOWN]
    bodies = [body for body in ctx.bodies[Side.WEST].values() if _is_western(body)]
    for number in range(ctx.count(WORKSHOPS, 8)):
        town, product = towns[number % len(towns)], PRODUCTS[number % len(PRODUCTS)]
        applied_on = OPENING + timedelta(days=rng.randrange(14))
        row = Workshop(
            **own(town),
            code=f"YSCJ{number + 1:03}",
            name=f"演示{town.place.short_name if town.place else ''}{product}车间",
            workshop_kind=WorkshopKind.values[number % len(WorkshopKind.values)],
            run_by=bodies[number % len(bodies)],
            products=product,
            applied_on=applied_on,
        )
        if number != APPLIED:
            row.recognition, row.recognised_on = Recognition.RECOGNISED, applied_on + timedelta(days=14)
        if number == ORDERED:
            row.recognition, row.rectify_by = Recognition.RECTIFYING, date(2021, 9, 10)
        if number == CANCELLED:
            row.recognition, row.cancelled_on = Recognition.CANCELLED, date(2021, 6, 15)
        yield row


def _is_western(body: Body) -> bool:
    return bool(body.place and body.place.side == Side.WEST)


def _months(ctx: Seeding, workshops: list[Workshop], month: Period) -> Iterator[Filed]:
    rng = ctx.random("training", "months", month.code)
    for number, row in enumerate(workshops):
        jobs = rng.randrange(9, 34)
        helped = min(jobs, rng.randrange(5, 12))
        if number in {HOLLOW, ORDERED} and month.code >= "2021-05":
            helped = rng.randrange(2, 5)
        is_left_out = number == SILENT and month.code in {"2021-06", "2021-07"}
        if is_left_out or (row.cancelled_on and month.start > row.cancelled_on):
            continue
        told = WorkshopMonth(
            **own(row.owner_unit, row.place),
            workshop=row,
            period=month.code,
            jobs=jobs,
            ex_poor_jobs=helped,
            wage_bill=Decimal(jobs * rng.randrange(1500, 3200, 10)),
            premium=Decimal(15),
        )
        is_pending = month.code == "2021-08" and rng.random() < 0.2  # noqa: PLR2004
        yield Filed(told, month.end + timedelta(days=4), State.SUBMITTED if is_pending else State.VERIFIED)


def _reviews(workshops: list[Workshop]) -> Iterator[Filed]:
    for number, row in enumerate(workshops):
        if number % 2 or row.recognised_on is None:
            continue
        found = WorkshopReview.Conclusion.RECTIFY if number == HOLLOW else WorkshopReview.Conclusion.PASSED
        review = WorkshopReview(
            **own(row.owner_unit, row.place),
            workshop=row,
            period="2021",
            reviewed_on=date(2021, 8, 17),
            conclusion=found,
            seen_ex_poor=3 if number == HOLLOW else 6,
            remarks="演示：现场核对用工花名册和工资流水",
        )
        yield Filed(review, date(2021, 8, 18))
