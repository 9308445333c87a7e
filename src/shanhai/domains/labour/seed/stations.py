"""Stations of the demonstration: where they stand, who was heard from, what troubled whom, who came home."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from shanhai.kernel.workflow import State
from shanhai.registers.seeding import Filed, Seeding

from ..models import (
    FollowUpVisit,
    ReturnHome,
    ServiceStation,
    StationStaff,
    WorkerRegistration,
    WorkerTrouble,
)
from .filing import OPENING

_Status = WorkerRegistration.Status
#: Code, unit, name, host, services.
STATIONS = (
    ("MT-ZZ", "mt_labour", "湄潭县劳务工作总站（演示）", "县就业服务中心", "招聘信息、外出培训、返乡登记"),
    (
        "DM-BJ",
        "dm_labour",
        "斗门区湄潭籍务工人员服务站（演示）",
        "区劳动就业中心",
        "岗位推荐、欠薪调解、走访回访",
    ),
)
#: Days ago on which units rang up the people they look after.
_ROUNDS = (60, 27, 9)
_TROUBLES = (
    ("wages", Decimal("5200"), "八月工资没有按时发（演示）"),
    ("contract", None, "没有签订书面合同（演示）"),
    ("wages", Decimal("12600"), "离岗后两个月工资没有结清（演示）"),
    ("injury", None, "工伤住院，申报材料没有人办（演示）"),
)


#: One in the town of the officer who signs in; those on duty bear the name of their account.
TOWN = ("MT-YX", "mt_yongxing", "永兴镇劳务工作服务站（演示）", "镇便民服务中心", "岗位推荐、走访回访")


def seed(ctx: Seeding, registrations: Sequence[Any]) -> None:
    """Of people registered on both sides; each row by the unit that keeps the registration."""
    stations = {
        ctx.units[unit].side: ServiceStation(
            side=ctx.units[unit].side,
            owner_unit=ctx.units[unit],
            place=ctx.units[unit].place,
            code=code,
            name=name,
            host=host,
            services=services,
            opened_on=OPENING,
        )
        for code, unit, name, host, services in STATIONS
        if unit in ctx.units
    }
    ctx.file(_town(ctx))
    ctx.file(Filed(one, OPENING + timedelta(days=3)) for one in stations.values())
    ctx.file(_staff(stations))
    chosen = ctx.random("labour", "stations").sample(
        list(registrations), min(len(registrations), ctx.count(400, 30))
    )
    _contacts(ctx, registrations)
    ctx.file(_visits(ctx, stations, chosen))
    ctx.file(_troubles(ctx, stations, chosen))
    ctx.file(_returns(ctx, registrations))


def _town(ctx: Seeding) -> Iterator[Filed]:
    code, unit, name, host, services = TOWN
    if unit not in ctx.units:
        return
    own = ctx.units[unit]
    whose = {"side": own.side, "owner_unit": own, "place": own.place}
    row = ServiceStation(code=code, name=name, host=host, services=services, opened_on=OPENING, **whose)
    yield Filed(row, OPENING + timedelta(days=3))
    told = {"name": ctx.actors[unit, "officer"].name, "duty": "走访回访", "started_on": OPENING}
    yield Filed(StationStaff(station=row, **told, **whose), OPENING + timedelta(days=10))


def _contacts(ctx: Seeding, registrations: Sequence[Any]) -> None:
    """Most were rung up in one of the rounds of the year; the others wait for their visit."""
    rng = ctx.random("labour", "contacts")
    rounds: dict[tuple[str, int], list[Any]] = {}
    for one in registrations:
        if rng.random() < 0.93:  # noqa: PLR2004 -- share that was reached
            rounds.setdefault((one.owner_unit.code, rng.choice(_ROUNDS)), []).append(one)
    for (_code, days), rows in sorted(rounds.items(), key=lambda one: (-one[0][1], one[0][0])):
        day = ctx.today - timedelta(days=days)
        for row in rows:
            row.last_contact_on = day
        ctx.change(rows, ["last_contact_on"], day, "电话回访")


def _staff(stations: dict[str, ServiceStation]) -> Iterator[Filed]:
    for station in stations.values():
        for name, duty in (("演示工作人员甲", "走访回访"), ("演示工作人员乙", "诉求受理")):
            row = StationStaff(station=station, name=name, duty=duty, started_on=OPENING, **_whose(station))
            yield Filed(row, OPENING + timedelta(days=10))


def _whose(row: Any) -> dict[str, Any]:
    return {"side": row.side, "owner_unit": row.owner_unit, "place": row.place}


def _visits(ctx: Seeding, stations: dict[str, ServiceStation], chosen: Sequence[Any]) -> Iterator[Filed]:
    rng = ctx.random("labour", "visits")
    for one in chosen:
        day = ctx.today - timedelta(days=rng.randrange(1, 120))
        is_reached = rng.random() < 0.8  # noqa: PLR2004 -- share of attempts that reach somebody
        outcomes = FollowUpVisit.Outcome
        row = FollowUpVisit(
            registration=one,
            station=stations.get(one.side),
            visited_on=day,
            way=rng.choices(FollowUpVisit.Way.values, (60, 25, 10, 5))[0],
            outcome=outcomes.REACHED
            if is_reached
            else rng.choice((outcomes.NO_ANSWER, outcomes.WRONG_NUMBER)),
            status=one.status if is_reached else "",
            pay=FollowUpVisit.Pay.ON_TIME
            if is_reached and one.status == _Status.EMPLOYED
            else FollowUpVisit.Pay.UNTOLD,
            **_whose(one),
        )
        yield Filed(row, day, State.VERIFIED if day < ctx.today - timedelta(days=20) else State.SUBMITTED)


def _troubles(ctx: Seeding, stations: dict[str, ServiceStation], chosen: Sequence[Any]) -> Iterator[Filed]:
    at_work = [one for one in chosen if one.status in {_Status.EMPLOYED, _Status.UNEMPLOYED}]
    for number, one in enumerate(at_work[: 4 * len(_TROUBLES)]):
        kind, amount, complaint = _TROUBLES[number % len(_TROUBLES)]
        day = ctx.today - timedelta(days=7 * number + 2)
        is_closed = number % 3 == 2  # noqa: PLR2004
        row = WorkerTrouble(
            registration=one,
            station=stations.get(one.side),
            kind=kind,
            received_on=day,
            amount=amount,
            complaint=complaint,
            stage="closed" if is_closed else "handling" if number % 2 else "received",
            result="调解后当面结清（演示）" if is_closed else "",
            recovered=amount if is_closed else None,
            closed_on=day + timedelta(days=5) if is_closed else None,
            **_whose(one),
        )
        yield Filed(row, min(day + timedelta(days=5), ctx.today), State.SUBMITTED)


def _returns(ctx: Seeding, registrations: Sequence[Any]) -> Iterator[Filed]:
    rng = ctx.random("labour", "returns")
    at_home = [one for one in registrations if one.status == _Status.RETURNED_HOME]
    for one in at_home[: ctx.count(120, 6)]:
        day = ctx.today - timedelta(days=rng.randrange(5, 90))
        row = ReturnHome(
            registration=one,
            returned_on=day,
            reason=rng.choice(ReturnHome.Reason.values),
            plan=rng.choice(ReturnHome.Plan.values),
            **_whose(one),
        )
        yield Filed(row, day, State.SUBMITTED)
