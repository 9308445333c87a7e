"""Operations on periods: how they stand, and letting a unit in again after the lock."""

import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.locking.models import PeriodReopening
from shanhai.kernel.locking.reopening import REASON_LENGTH, end_reopening, reopen
from shanhai.kernel.periods.locks import (
    LockLine,
    end_of,
    get_reopening,
    is_in_force,
    lock_lines,
    visible_reopenings,
)
from shanhai.kernel.periods.rules import managed_sides
from shanhai.kernel.periods.visible import may_see
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of

from .bodies import Sent
from .doors import Door, Found, argument
from .naming import called


class LockAnswer(Schema):
    """One period of one rule, and how it stands today."""

    rule: str
    ledger: str
    side: str
    period: str
    units: int = Field(description="规则管着的单位数")
    opens_on: str | None = Field(description="空为随时可填")
    due_on: str
    last_open: str | None = Field(description="最后可改的一天；空为不锁定")
    standing: str = Field(description="ahead 未开放、open 填报中、due 已截止可改、locked 已锁定")


class ReopeningAnswer(Schema):
    """A locked period that one unit may change again until a moment."""

    id: str
    ledger: str
    unit: dict[str, str] = Field(description="id、text")
    period: str
    until: str
    reason: str
    opened_at: str
    is_in_force: bool
    ended_at: str | None = Field(description="提前结束的时间")


class ReopeningNew(Sent):
    """Which period to open again, for whom, until when, why."""

    ledger: str
    unit: UUID
    period: str = Field(description="所属期，如 2021-08、2021Q3")
    until: datetime.date = Field(description="最后一天，含当天")
    reason: str = Field(max_length=REASON_LENGTH)


def _seeing(request: HttpRequest, actor: Actor) -> Actor:
    if not may_see(actor):
        raise NotAllowed
    return actor


def _managing(request: HttpRequest, actor: Actor) -> Actor:
    if not managed_sides(actor):
        raise NotAllowed
    return actor


def _reopened(request: HttpRequest, actor: Actor) -> PeriodReopening:
    found = get_reopening(argument(request, "pk"), actor=actor)
    if found.side not in managed_sides(actor):
        raise NotAllowed
    return found


def add_locks(router: Router) -> None:
    """Below `/obligations/locks/` and `/obligations/reopenings/`."""
    answer, seeing = ReopeningAnswer, Door(_seeing)

    listed = called("locks", "各期的开放、截止和锁定")

    @router.get("/locks/", response=list[LockAnswer], auth=seeing, **listed)
    def list_locks(request: HttpRequest) -> list[dict[str, Any]]:
        return [_line(one) for one in lock_lines(actor_of(request))]

    @router.get(
        "/reopenings/", response=list[ReopeningAnswer], auth=seeing, **called("reopenings", "重开的期次")
    )
    def list_reopenings(request: HttpRequest) -> list[dict[str, Any]]:
        return [_told(one) for one in visible_reopenings(actor_of(request))]

    made = called("reopening_create", "为一个单位重开一期")

    @router.post("/reopenings/", response={201: answer}, auth=Door(_managing), **made)
    def reopen_period(request: HttpRequest, body: ReopeningNew) -> Status[dict[str, Any]]:
        opened = reopen(
            body.ledger,
            body.unit,
            body.period,
            until=end_of(body.until),
            reason=body.reason,
            actor=actor_of(request),
        )
        return Status(201, _told(opened))

    ended = called("reopening_end", "提前结束重开")

    @router.post("/reopenings/{uuid:pk}/end/", response=answer, auth=Door(_reopened), **ended)
    def end_reopened(request: Found, pk: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        end_reopening(request.auth, actor=actor)
        return _told(get_reopening(pk, actor=actor))


def _line(one: LockLine) -> dict[str, Any]:
    opens_on, last_open = one.days.opens_on, one.days.last_open
    return {
        "rule": str(one.rule.pk),
        "ledger": one.rule.ledger,
        "side": one.rule.side,
        "period": one.period.code,
        "units": one.units,
        "opens_on": opens_on.isoformat() if opens_on else None,
        "due_on": one.days.due_on.isoformat(),
        "last_open": last_open.isoformat() if last_open else None,
        "standing": one.standing.value,
    }


def _told(one: PeriodReopening) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "ledger": one.ledger,
        "unit": {"id": str(one.unit_id), "text": str(one.unit)},
        "period": one.period,
        "until": one.until.isoformat(),
        "reason": one.reason,
        "opened_at": one.opened_at.isoformat(),
        "is_in_force": is_in_force(one),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }
