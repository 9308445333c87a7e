"""Operations on obligations: what units owe, how each stands, nil returns."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.periods.models import Obligation
from shanhai.kernel.periods.nil import declare_nil, withdraw_nil
from shanhai.kernel.periods.states import obligation_states
from shanhai.kernel.periods.visible import get_obligation, may_see, require_speaking, visible_obligations
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of

from .bodies import Sent
from .doors import Door, Found, argument
from .locks import add_locks
from .naming import called
from .paging import CURSOR, newest_first
from .rules import add_rules


class ObligationAnswer(Schema):
    """One unit owes one ledger for one period by a day, and how that stands today."""

    id: str
    ledger: str
    unit: dict[str, str] = Field(description="责任单位：id、text")
    period: str
    due_on: str
    minimum_rows: int = Field(description="至少应报的行数")
    standing: str = Field(description="late、open、reported、nil、verified")
    rows: int = Field(description="现有的行数，作废的不算")
    reported: int
    verified: int
    met_on: str | None = Field(description="报齐的日期")
    nil_reason: str = Field(description="零报告的说明；没有零报告则为空")


class ObligationAnswers(Schema):
    """A page of obligations, the newest first."""

    items: list[ObligationAnswer]
    next: str | None
    previous: str | None


class Narrowing(Schema):
    """Which obligations; all of one's own without any."""

    ledger: str = Field("", description="台账，如 labour.employmentspell")
    unit: UUID | None = Field(None, description="责任单位的编号")
    period: str = Field("", description="所属期，如 2021Q3")


class NilBody(Sent):
    """What a nil return says."""

    reason: str = Field(max_length=200, description="说明，例如“本月没有发生”")


def _seeing(request: HttpRequest, actor: Actor) -> Actor:
    if not may_see(actor):
        raise NotAllowed
    return actor


def _seen(request: HttpRequest, actor: Actor) -> Obligation:
    return get_obligation(argument(request, "pk"), actor=actor)


def _spoken_for(request: HttpRequest, actor: Actor) -> Obligation:
    found = _seen(request, actor)
    require_speaking(actor, found)
    return found


def obligations_router() -> Router:
    """Below `/obligations/`."""
    router = Router(tags=["obligations"])
    answer, speaking = ObligationAnswer, Door(_spoken_for)
    listed = called("obligations", "应报事项", auth=Door(_seeing), openapi_extra=CURSOR)

    @router.get("/", response=ObligationAnswers, **listed)
    def list_obligations(request: HttpRequest, narrowing: Query[Narrowing]) -> dict[str, Any]:
        asked = {"ledger": narrowing.ledger, "unit": narrowing.unit, "period": narrowing.period}
        given = {name: value for name, value in asked.items() if value}
        found = visible_obligations(actor_of(request)).filter(**given)
        return newest_first(request, found, _told, "cursor:obligations")

    @router.get(
        "/{uuid:pk}/", response=answer, auth=Door(_seen), operation_id="obligation", summary="一项应报"
    )
    def read_obligation(request: Found, pk: UUID) -> dict[str, Any]:
        return _one(request.auth)

    @router.post(
        "/{uuid:pk}/nil/", response=answer, auth=speaking, operation_id="obligation_nil", summary="报零报告"
    )
    def report_nil(request: Found, pk: UUID, body: NilBody) -> dict[str, Any]:
        return _one(declare_nil(request.auth, body.reason, actor=actor_of(request)))

    taken_back = called("obligation_nil_withdraw", "撤回零报告")

    @router.post("/{uuid:pk}/nil/withdraw/", response=answer, auth=speaking, **taken_back)
    def take_nil_back(request: Found, pk: UUID) -> dict[str, Any]:
        return _one(withdraw_nil(request.auth, actor=actor_of(request)))

    add_rules(router)
    add_locks(router)
    return router


def _one(obligation: Obligation) -> dict[str, Any]:
    (told,) = _told([obligation])
    return told


def _told(found: Sequence[Obligation]) -> list[dict[str, Any]]:
    states = obligation_states(found)
    return [
        {
            "id": str(one.pk),
            "ledger": one.ledger,
            "unit": {"id": str(one.unit_id), "text": str(one.unit)},
            "period": one.period,
            "due_on": one.due_on.isoformat(),
            "minimum_rows": one.minimum_rows,
            "standing": states[one.pk].standing.value,
            "rows": states[one.pk].rows,
            "reported": states[one.pk].reported,
            "verified": states[one.pk].verified,
            "met_on": day.isoformat() if (day := states[one.pk].met_on) else None,
            "nil_reason": one.nil_reason,
        }
        for one in found
    ]
