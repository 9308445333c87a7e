"""What the chapter adds to the API: trial, settlement and reversal of a visit; the next step of a filing."""

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Door, Found, argument, on_ledger, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.api.work import JobAnswer, job_json
from shanhai.kernel.surfaces.views import actor_of

from . import actions, batch, claims, explaining
from .models import Filing, ManualClaim, MedicalVisit, Settlement
from .settling import Trial, try_settlement


class AmountTold(Schema):
    """One amount, and the sentence that says how it came about."""

    label: str
    amount: str
    sentence: str


class RefusalTold(Schema):
    """A numbered reason why a visit cannot be settled."""

    number: str
    sentence: str


class TrialAnswer(Schema):
    """What settling now would give; or the reasons why it cannot be."""

    amounts: list[AmountTold]
    refusals: list[RefusalTold]


class SettlementAnswer(Schema):
    """A settlement, or the reversal of one, whose amounts are below nought. Unit: yuan."""

    id: str
    number: str
    reverses: str = Field(description="撤销的结算编号；结算本身为空")
    settled_on: datetime.date
    medical_fee: Decimal
    in_scope: Decimal
    pool: Decimal
    serious: Decimal
    assistance: Decimal
    account_pay: Decimal
    cash_pay: Decimal
    amounts: list[AmountTold]


class SettleBody(Sent):
    """Which version of the visit was looked at."""

    row_version: int


class ReverseBody(SettleBody):
    """Why the settlement is taken back."""

    reason: str


class AdvanceFilingBody(SettleBody):
    """The next standing, from a day."""

    standing: Filing.Standing = Field(description=f"备案状态：{'、'.join(Filing.Standing.values)}")
    day: datetime.date


@register_operations(MedicalVisit.ledger_key())
def settling(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_read, may = on_row(ledger, Verb.VIEW), on_row(ledger, Verb.EDIT)

    @router.get("/{uuid:pk}/trial/", response=TrialAnswer, auth=may, **named(ledger, "trial", "预结算"))
    def try_visit(request: Found, pk: UUID) -> dict[str, Any]:
        return trial_json(try_settlement(request.auth))

    @router.get(
        "/{uuid:pk}/settlements/",
        response=list[SettlementAnswer],
        auth=may_read,
        **named(ledger, "settlements", "结算与撤销"),
    )
    def list_settlements(request: Found, pk: UUID) -> list[dict[str, Any]]:
        rows = Settlement.objects.filter(visit=pk).select_related("reverses").order_by("id")
        return [told(one) for one in rows]

    @router.post("/{uuid:pk}/settle/", response=SettlementAnswer, auth=may, **named(ledger, "settle", "结算"))
    def settle_visit(request: Found, pk: UUID, body: SettleBody) -> dict[str, Any]:
        return told(actions.settle_visit(pk, actor=actor_of(request), row_version=body.row_version))

    @router.post(
        "/{uuid:pk}/reverse/", response=SettlementAnswer, auth=may, **named(ledger, "reverse", "撤销结算")
    )
    def reverse_settlement(request: Found, pk: UUID, body: ReverseBody) -> dict[str, Any]:
        actor, version = actor_of(request), body.row_version
        return told(actions.reverse_settlement(pk, reason=body.reason, actor=actor, row_version=version))


def trial_json(trial: Trial) -> dict[str, Any]:
    """A trial as the API tells it."""
    return {
        "amounts": explaining.of_trial(trial.settled) if trial.settled else [],
        "refusals": [{"number": one.number, "sentence": one.sentence} for one in trial.refusals],
    }


def told(row: Settlement) -> dict[str, Any]:
    """A settlement as the API tells it."""
    names = ("medical_fee", "in_scope", "pool", "serious", "assistance", "account_pay", "cash_pay")
    return {
        "id": str(row.pk),
        "number": row.number,
        "reverses": row.reverses.number if row.reverses else "",
        "settled_on": row.settled_on,
        "amounts": [] if row.reverses_id else explaining.of_settlement(row),
        **{name: getattr(row, name) for name in names},
    }


class BatchBody(Sent):
    """Which month."""

    month: str = Field(description="出院月份，如 2021-08")


class LeftOut(Schema):
    """A visit that could not be settled, and why."""

    visit: str
    number: str
    sentence: str


class BatchAnswer(Schema):
    """What came of a batch; zeros while it is under way."""

    state: str = Field(description="queued、running、done、failed、cancelled")
    settled: int
    left: int
    refused: list[LeftOut]


@register_operations(MedicalVisit.ledger_key())
def settling_months(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_ledger(ledger, Verb.EDIT)

    @router.post(
        "/settle-month/", response={202: JobAnswer}, auth=may, **named(ledger, "settle_month", "批量结算")
    )
    def settle_month(request: HttpRequest, body: BatchBody) -> Status[dict[str, Any]]:
        job = batch.start(batch.month_asked(body.month), actor=actor_of(request))
        return Status(202, job_json(job))

    told = named(ledger, "batch", "批量结算的结果")
    own = Door(lambda request, actor: batch.batch_of(argument(request, "pk"), actor))

    @router.get("/settle-month/{uuid:pk}/", response=BatchAnswer, auth=own, **told)
    def read_batch(request: Found, pk: UUID) -> dict[str, Any]:
        refused = [
            dict(zip(LeftOut.model_fields, one, strict=True)) for one in batch.refusals_of(request.auth)
        ]
        counts = {name: request.auth.result.get(name, 0) for name in ("settled", "left")}
        return {"state": request.auth.state, "refused": refused, **counts}


@register_operations(Filing.ledger_key())
def filing(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.post("/{uuid:pk}/advance/", response=row, auth=may, **named(ledger, "advance", "备案办理"))
    def advance_filing(request: Found, pk: UUID, body: AdvanceFilingBody) -> dict[str, Any]:
        actor, version = actor_of(request), body.row_version
        actions.advance_filing(pk, standing=body.standing, day=body.day, actor=actor, row_version=version)
        return read_row(ledger, pk, actor)


class AdvanceClaimBody(SettleBody):
    """The next step of a claim; going back needs a reason."""

    status: ManualClaim.Status = Field(description=f"报销状态：{'、'.join(ManualClaim.Status.values)}")
    reason: str = ""


@register_operations(ManualClaim.ledger_key())
def claiming(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.EDIT)

    @router.get("/{uuid:pk}/trial/", response=TrialAnswer, auth=may, **named(ledger, "trial", "试算"))
    def try_claim(request: Found, pk: UUID) -> dict[str, Any]:
        return trial_json(claims.try_claim(request.auth))

    @router.post("/{uuid:pk}/advance/", response=row, auth=may, **named(ledger, "advance", "报销审核"))
    def advance_claim(request: Found, pk: UUID, body: AdvanceClaimBody) -> dict[str, Any]:
        claims.advance_claim(pk, actor=actor_of(request), **body.model_dump())
        return read_row(ledger, pk, actor_of(request))
