"""Disposals over the API: the decision on one."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.bodies import Sent
from shanhai.kernel.surfaces.api.doors import Found, on_row
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.api.values import read_row
from shanhai.kernel.surfaces.views import actor_of

from ..models import AssetDisposal
from . import disposing


class DisposalDecision(Sent):
    """Whether the asset is disposed of as the verified row asks."""

    row_version: int
    accept: bool
    reason: str = Field(description="同意或退回的意见")


@register_operations(AssetDisposal.ledger_key())
def deciding(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may = on_row(ledger, Verb.VERIFY)

    @router.post("/{uuid:pk}/decide/", response=row, auth=may, **named(ledger, "decide", "决定或退回处置"))
    def decide_disposal(request: Found, pk: UUID, body: DisposalDecision) -> dict[str, Any]:
        actor = actor_of(request)
        disposing.decide(pk, **body.dict(), actor=actor)
        return read_row(ledger, pk, actor)
