"""Stations over the API: the list of the day, visits, troubles, homecomings; browsers send here."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel import clock
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations, register_routes
from shanhai.kernel.surfaces.api.naming import called, named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from ..models import FollowUpVisit, ReturnHome, WorkerRegistration, WorkerTrouble
from ..transport.retention_reports import due_checks
from . import acts, pages
from .areas import posts
from .caseload import due_visits


class VisitBody(Sent):
    """One attempt to hear from a worker."""

    row_version: int = Field(description="读到的登记的行版本")
    visited_on: datetime.date | None = Field(None, description="默认今天")
    way: FollowUpVisit.Way = FollowUpVisit.Way.PHONE
    outcome: FollowUpVisit.Outcome
    status: str = Field("", description="联系上时必填：" + "、".join(WorkerRegistration.Status.values))
    pay: FollowUpVisit.Pay = FollowUpVisit.Pay.UNTOLD
    note: str = ""


class VisitAnswer(Schema):
    """The visit that was written down, and the version the register has now."""

    id: str
    row_version: int = Field(description="登记现在的行版本")


class HomeBody(Sent):
    """Somebody came home."""

    row_version: int
    returned_on: datetime.date | None = None
    reason: ReturnHome.Reason
    plan: ReturnHome.Plan = ReturnHome.Plan.UNDECIDED
    note: str = ""


class VersionBody(Sent):
    """Which version of the row was looked at."""

    row_version: int


class MoveBody(VersionBody):
    """The next stage of a trouble. Unit: yuan."""

    stage: WorkerTrouble.Stage
    result: str = Field("", description="办结、退回办理时必填")
    recovered: Decimal | None = None


class DueAnswer(Schema):
    """One worker to be visited."""

    id: str = Field(description="登记的编号")
    row_version: int
    status: str
    heard_on: datetime.date
    tried_on: datetime.date | None
    due_on: datetime.date


class CheckDue(Schema):
    """One check of whether a worker stayed."""

    id: str = Field(description="稳岗回访的编号")
    row_version: int
    after_months: int
    due_on: datetime.date
    late_on: datetime.date | None


class CaseloadAsked(Schema):
    """Of which station."""

    station: str = Field("", description="服务站的键；空为自己在岗的服务站，不在站的为全部；all 为全部")


class CaseloadAnswer(Schema):
    """The list of the day."""

    checking: int = Field(description="到期的全部稳岗回访；checks 先列最早的")
    checks: list[CheckDue]

    number: int = Field(description="到期的全部人数；due 先列最早的")
    due: list[DueAnswer]


@register_operations(WorkerRegistration.ledger_key())
def registrations(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/visit/", response=VisitAnswer, auth=may, **named(ledger, "visit", "记一次走访"))
    def record_visit(request: Found, pk: UUID, body: VisitBody) -> dict[str, Any]:
        values = body.model_dump(exclude={"row_version"})
        values["visited_on"] = body.visited_on or clock.today()
        visit = acts.record_visit(pk, values, actor=actor_of(request), row_version=body.row_version)
        return {"id": str(visit.pk), "row_version": acts.version_of(pk)}

    @router.post("/{uuid:pk}/home/", response=row, auth=may, **named(ledger, "home", "返乡登记"))
    def come_home(request: Found, pk: UUID, body: HomeBody) -> dict[str, Any]:
        actor, values = actor_of(request), body.model_dump(exclude={"row_version"})
        values["returned_on"] = body.returned_on or clock.today()
        acts.come_home(pk, values, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)

    @router.post("/{uuid:pk}/search/", response=row, auth=may, **named(ledger, "search_again", "重新求职"))
    def search_again(request: Found, pk: UUID, body: VersionBody) -> dict[str, Any]:
        actor = actor_of(request)
        acts.search_again(pk, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)


@register_operations(FollowUpVisit.ledger_key())
def visits(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/carry/", response=row, auth=may, **named(ledger, "carry", "走访写入登记"))
    def carry_visit(request: Found, pk: UUID, body: VersionBody) -> dict[str, Any]:
        actor = actor_of(request)
        acts.carry_of(pk, actor=actor, row_version=body.row_version)
        return read_row(ledger, pk, actor)


@register_operations(WorkerTrouble.ledger_key())
def troubles(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/move/", response=row, auth=may, **named(ledger, "move", "诉求办理"))
    def move_trouble(request: Found, pk: UUID, body: MoveBody) -> dict[str, Any]:
        actor, values = actor_of(request), body.model_dump(exclude={"row_version", "stage"})
        acts.move_trouble(pk, body.stage, actor=actor, row_version=body.row_version, **values)
        return read_row(ledger, pk, actor)


def _keeping(request: HttpRequest, actor: Actor) -> Actor:
    return pages.keeper(request)


@register_routes("/labour/caseload/")
def routes() -> Router:
    router = Router(tags=["labour"])

    @router.get("/", response=CaseloadAnswer, **called("caseload", "今日走访", auth=Door(_keeping)))
    def read_caseload(request: HttpRequest, asked: Query[CaseloadAsked]) -> dict[str, Any]:
        actor = actor_of(request)
        known = posts(actor.sides)
        post = pages.asked_post(actor, known, asked.station)
        due, number = due_visits(actor, pages.area_of(post, known, "person__place"))
        checks, checking = due_checks(actor, pages.area_of(post, known, "placement__person__place"))
        names = ("row_version", "after_months", "due_on", "late_on")
        return {
            "checking": checking,
            "checks": [{"id": str(one.pk)} | {name: getattr(one, name) for name in names} for one in checks],
            "number": number,
            "due": [
                {
                    "id": str(one.registration.pk),
                    "row_version": one.registration.row_version,
                    "status": one.registration.status,
                    "heard_on": one.heard_on,
                    "tried_on": one.tried_on,
                    "due_on": one.due_on,
                }
                for one in due
            ],
        }

    return router
