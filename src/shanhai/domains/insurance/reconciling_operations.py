"""Reconciliation over the API: the total check, the hospital's file, decisions, our own file."""

from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.kernel.evidence.store import require_size
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import FORM, Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.views import actor_of

from . import reconciling
from .models import Reconciliation, SettlementDifference


class TotalTold(Schema):
    """One total as the hospital tells it, and ours."""

    name: str
    told: Decimal
    ours: Decimal


class DifferenceTold(Schema):
    """Where a settlement differs, and what was decided."""

    id: str
    number: str
    kind: str = Field(description="only_here、only_there、differs")
    field: str = Field(description="国家接口字段名；整条缺失时为空")
    ours: str
    theirs: str
    decision: str
    reason: str


class CheckAnswer(Schema):
    """The total check and what differs row by row."""

    totals: list[TotalTold]
    differences: list[DifferenceTold]


class DecideDifferenceBody(Sent):
    """What is done about a difference, and why."""

    difference: UUID
    decision: SettlementDifference.Resolution = Field(
        description=f"差异处理：{'、'.join(SettlementDifference.Resolution.values)}"
    )
    reason: str


class FileAsked(Schema):
    """In which form."""

    format: Literal["xlsx", "csv"] = "xlsx"


@register_operations(Reconciliation.ledger_key())
def reconciliation(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may_read, may = on_row(ledger, Verb.VIEW), on_row(ledger, Verb.EDIT)
    may_send = on_row(ledger, Verb.EDIT, takes=FORM)

    @router.get("/{uuid:pk}/check/", response=CheckAnswer, auth=may_read, **named(ledger, "check", "总对账"))
    def check_reconciliation(request: Found, pk: UUID) -> dict[str, Any]:
        found = request.auth.differences.filter(gone_on__isnull=True)
        totals = [
            dict(zip(TotalTold.model_fields, one, strict=True)) for one in reconciling.totals(request.auth)
        ]
        return {"totals": totals, "differences": [difference_json(one) for one in found]}

    told = named(ledger, "settlement_file", "本方结算文件（国家接口字段名）")

    @router.get("/{uuid:pk}/settlement-file/", auth=may_read, **told)
    def read_settlement_file(request: Found, pk: UUID, asked: Query[FileAsked]) -> HttpResponse:
        content = reconciling.own_file(request.auth, is_csv=asked.format == "csv")
        return file_answer(content, f"{request.auth}-settlements.{asked.format}")

    told = named(ledger, "compare", "上传医院文件并比对")

    @router.post("/{uuid:pk}/compare/", response=list[DifferenceTold], auth=may_send, **told)
    def compare_file(request: Found, pk: UUID, file: File[UploadedFile]) -> list[dict[str, Any]]:
        require_size(file.size or 0)
        found = reconciling.compare_file(pk, bytes(file.read()), actor=actor_of(request))
        return [difference_json(one) for one in found]

    told = named(ledger, "decide", "处理对账差异")

    @router.post("/{uuid:pk}/decide/", response=DifferenceTold, auth=may, **told)
    def decide_difference(request: Found, pk: UUID, body: DecideDifferenceBody) -> dict[str, Any]:
        found = reconciling.decide_difference(
            pk, body.difference, decision=body.decision, reason=body.reason, actor=actor_of(request)
        )
        return difference_json(found)


def difference_json(one: SettlementDifference) -> dict[str, Any]:
    told = {"field": one.national_field, "decision": one.resolution, "reason": one.resolved_because}
    return {"id": str(one.pk), **told, **{name: getattr(one, name) for name in _AS_THEY_ARE}}


_AS_THEY_ARE = ("number", "kind", "ours", "theirs")
