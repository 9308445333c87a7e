"""The demonstration of matching: skills, job orders of both sides, wishes of workers without a post, weights.

Every weight is a value of the demonstration, from no document.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Unit
from shanhai.registers.seeding import Filed, Seeding, morning

from .matching_acts import decide_many
from .matching_run import match
from .models import (
    Destination,
    JobOrder,
    JobWish,
    MatchWeight,
    Placement,
    Shift,
    Skill,
    WorkerRegistration,
)

OPENING = date(2020, 10, 28)
SOURCE = "演示数据（示例数值，非政策原文）"
ORDERS, WISHES = 60, 900
SKILLS = ("叉车操作", "电工", "焊工", "家政服务", "粤菜烹饪", "缝纫", "养老护理", "计算机操作")
#: Post, required skill, wanted skill, lowest and highest monthly wage.
POSTS = (
    ("装配工", "", "电工", 4200, 5600),
    ("叉车司机", "叉车操作", "", 5200, 6800),
    ("焊工", "焊工", "电工", 5600, 7600),
    ("缝纫工", "", "缝纫", 4000, 6000),
    ("养老护理员", "", "养老护理", 4300, 5800),
    ("厨师学徒", "", "粤菜烹饪", 3800, 5000),
    ("仓管员", "", "计算机操作", 4400, 5400),
    ("分拣员", "", "", 4100, 5200),
)
WEIGHTS = {
    MatchWeight.Term.FIRST: 40,
    MatchWeight.Term.SECOND: 20,
    MatchWeight.Term.OTHER: 5,
    MatchWeight.Term.SKILL: 15,
    MatchWeight.Term.WAGE: 30,
    MatchWeight.Term.URGENT: 5,
    MatchWeight.Term.MONITORED: 12,
    MatchWeight.Term.OUT_OF_POVERTY: 8,
    MatchWeight.Term.RELOCATED: 4,
    MatchWeight.Term.UNEMPLOYED: 6,
}


def seed_matching(ctx: Seeding) -> None:
    """What is to be matched, and one run."""
    for unit in (ctx.units["dm_labour"], ctx.units["mt_labour"]):
        ctx.file(Filed(row, OPENING) for row in _skills(unit))
    ctx.file(Filed(row, OPENING) for row in _weights(ctx.units["mt_labour"]))
    orders = [*_orders(ctx, Side.EAST, "dm_labour"), *_orders(ctx, Side.WEST, "mt_labour")]
    ctx.file(Filed(row, row.valid_from, _state(number)) for number, row in enumerate(orders))
    ctx.file(Filed(row, row.valid_from + timedelta(days=1)) for row in _wishes(ctx))
    _run(ctx)


def _run(ctx: Seeding) -> None:
    """One run of yesterday; the coordinator has accepted some and refused two."""
    coordinator, day = ctx.actors["mt_coordinator", "coordinator"], ctx.today - timedelta(days=1)
    with ctx.acting(coordinator, morning(day)):
        run = match(Side.WEST, coordinator)
        proposed = {(str(row.person_id), str(row.order_id)): row for row in Placement.objects.all()}
        rows = [proposed[who, order] for who, order, _terms in run.pairs]
    with ctx.acting(coordinator, morning(day) + timedelta(hours=2)):
        chosen = [row.pk for row in rows[: max(4, len(rows) // 3)]]
        decide_many(chosen[2:], standing=Placement.Standing.ACCEPTED, actor=coordinator)
        decide_many(
            chosen[:2], standing=Placement.Standing.REFUSED, actor=coordinator, reason="本人要照顾老人"
        )


def _state(number: int) -> State:
    return State.SUBMITTED if number % 9 == 8 else State.VERIFIED  # noqa: PLR2004 -- some wait


def _skills(unit: Unit) -> Iterator[Skill]:
    for number, name in enumerate(SKILLS, 1):
        yield Skill(
            side=unit.side,
            owner_unit=unit,
            place=unit.place,
            code=f"JN{number:02}",
            name=name,
            source="演示：国家职业资格目录",
        )


def _weights(unit: Unit) -> Iterator[MatchWeight]:
    for number, (term, points) in enumerate(WEIGHTS.items(), 1):
        yield MatchWeight(
            side=unit.side,
            owner_unit=unit,
            place=unit.place,
            code=f"QZ{number:02}",
            term=term,
            weight=Decimal(points),
            valid_from=date(2020, 1, 1),
            source=SOURCE,
        )


def _orders(ctx: Seeding, side: Side, code: str) -> Iterator[JobOrder]:
    rng, unit = ctx.random("labour", "orders", side), ctx.units[code]
    employers = [body for body in ctx.bodies[side].values() if body.place and body.place.side == side]
    share = 1 if side is Side.EAST else 4
    for number in range(1, ctx.count(ORDERS // share, least=6) + 1):
        yield _order(rng, unit, rng.choice(employers), f"GW{unit.code[:2].upper()}{number:03}", ctx.today)


def _order(rng: random.Random, unit: Unit, employer: Body, code: str, today: date) -> JobOrder:
    post, required, wanted, low, high = rng.choice(POSTS)
    begun = today - timedelta(days=rng.randrange(3, 60))
    is_east = unit.side == Side.EAST
    return JobOrder(
        side=unit.side,
        owner_unit=unit,
        place=employer.place,
        code=code,
        employer=employer,
        post=post,
        headcount=rng.randrange(2, 9),
        wage=Decimal(rng.randrange(low, high, 100) - (0 if is_east else 1400)),
        destination=Destination.PAIRED_CITY if is_east else Destination.COUNTY,
        workplace=employer.address,
        age_from=18,
        age_to=rng.choice((45, 50, 55, None)),
        required_skills=required,
        wanted_skills=wanted,
        shift=rng.choices(Shift.values, (55, 35, 10))[0],
        has_board=rng.random() < 0.6,  # noqa: PLR2004
        has_lodging=is_east and rng.random() < 0.8,  # noqa: PLR2004
        has_couple_room=is_east and rng.random() < 0.3,  # noqa: PLR2004
        has_school=rng.random() < 0.25,  # noqa: PLR2004
        is_urgent=rng.random() < 0.15,  # noqa: PLR2004
        valid_from=begun,
        open_until=today + timedelta(days=rng.randrange(-5, 90)) if rng.random() < 0.95 else begun,  # noqa: PLR2004
    )


def _wishes(ctx: Seeding) -> Iterator[JobWish]:
    """Of registered people without a post."""
    rng, kinds = ctx.random("labour", "wishes"), WorkerRegistration.Status
    looking = (kinds.WAITING, kinds.UNEMPLOYED, kinds.CHANGING, kinds.RETURNED_HOME)
    with ctx.acting(ctx.verifier(Side.WEST), morning(ctx.today)):
        rows = WorkerRegistration.objects.filter(side=Side.WEST, status__in=looking)
        known = list(rows.select_related("person", "owner_unit", "place").order_by("person__pinyin", "pk"))
    for registration in known[: ctx.count(WISHES, least=40)]:
        yield _wish(rng, registration, ctx.today)


def _wish(rng: random.Random, registration: Any, today: date) -> JobWish:
    places = (Destination.PAIRED_CITY, Destination.COUNTY, Destination.PAIRED_PROVINCE)
    first = rng.choices(places, (60, 30, 10))[0]
    others = [place for place in places[:2] if place != first]
    begun = today - timedelta(days=rng.randrange(2, 40))
    return JobWish(
        side=registration.side,
        owner_unit=registration.owner_unit,
        place=registration.place,
        person=registration.person,
        first_destination=first,
        second_destination=rng.choice(others) if rng.random() < 0.5 else "",  # noqa: PLR2004
        accepts_others=rng.random() < 0.4,  # noqa: PLR2004
        wished_wage=Decimal(rng.randrange(3000, 6500, 100)) if rng.random() < 0.85 else None,  # noqa: PLR2004
        own_skills=rng.choice(SKILLS) if rng.random() < 0.45 else "",  # noqa: PLR2004
        needs_board=rng.random() < 0.1,  # noqa: PLR2004
        needs_lodging=first != Destination.COUNTY and rng.random() < 0.5,  # noqa: PLR2004
        needs_couple_room=rng.random() < 0.1,  # noqa: PLR2004
        needs_school=rng.random() < 0.1,  # noqa: PLR2004
        no_night=rng.random() < 0.25,  # noqa: PLR2004
        valid_from=begun,
        valid_to=begun + timedelta(days=180),
    )
