"""Late visits over the API: what settling one at its place would change, and doing it as it was looked at."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.views import actor_of

from . import explaining, late
from .models import MedicalVisit
from .operations import AmountTold, RefusalTold, SettleBody, SettlementAnswer, told
from .settling import last_day


class ItemTold(Schema):
    """One amount as it is and as it would be. Unit: yuan."""

    name: str
    label: str
    old: Decimal
    new: Decimal


class ChangeTold(Schema):
    """A later settlement that would be taken back and settled again."""

    visit: str
    number: str
    last_day: datetime.date
    cleared_in: str = Field(description="已进的清算编号；没有清算的为空")
    items: list[ItemTold]


class LateAnswer(Schema):
    """What settling the visit at its place would do; or the reasons why it cannot be. Unit: yuan."""

    amounts: list[AmountTold]
    refusals: list[RefusalTold]
    changes: list[ChangeTold]
    kept: int = Field(description="其后不变的结算次数")
    funds: Decimal = Field(description="其后的结算基金多付")
    own: Decimal = Field(description="其后的结算个人多付，为负的应退")
    seen: str = Field(description="看到的是哪一份，结算时原样送回")


class SettleLateBody(SettleBody):
    """What was looked at, and why."""

    seen: str
    reason: str


@register_operations(MedicalVisit.ledger_key())
def settling_late(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.get("/{uuid:pk}/late/", response=LateAnswer, auth=may, **named(ledger, "late", "迟到结算的差额"))
    def preview_late(request: Found, pk: UUID) -> dict[str, Any]:
        return _plan_json(late.plan_of(request.auth, actor_of(request)))

    @router.post(
        "/{uuid:pk}/settle-late/",
        response=list[SettlementAnswer],
        auth=may,
        **named(ledger, "settle_late", "迟到结算"),
    )
    def settle_late(request: Found, pk: UUID, body: SettleLateBody) -> list[dict[str, Any]]:
        made = late.settle_late(pk, actor=actor_of(request), **body.model_dump())
        return [told(one) for one in made]


def _plan_json(plan: late.Plan) -> dict[str, Any]:
    return {
        "amounts": explaining.of_trial(plan.trial.settled) if plan.trial.settled else [],
        "refusals": [{"number": one.number, "sentence": one.sentence} for one in plan.refusals],
        "changes": [
            {
                "visit": str(one.row.visit_id),
                "number": one.row.number,
                "last_day": last_day(one.row.visit),
                "cleared_in": one.cleared_in,
                "items": [
                    {"name": item.name, "label": item.label, "old": item.old, "new": item.new}
                    for item in one.items
                ],
            }
            for one in plan.changes
        ],
        "kept": plan.kept,
        "funds": plan.funds,
        "own": plan.own,
        "seen": plan.seen,
    }
