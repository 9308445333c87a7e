"""State changes of assets that row life does not cover: title and hand-over, and how an asset stands."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from ..models import Asset, AssetStanding
from . import rules


def register_title(
    pk: UUID,
    *,
    certificate_number: str,
    titled_on: date | None,
    transferred_on: date | None,
    actor: Actor,
    row_version: int,
) -> Asset:
    """Write down title and hand-over of a reported asset; one that waited for its title is in use from then.

    Errors: as `record_later`; RuleViolated without certificate or day.
    """
    if not certificate_number.strip() or titled_on is None:
        raise RuleViolated(_("请填权证编号和确权登记日期。"), code="bad_title")
    ledger = registry.get(Asset.ledger_key())
    values: dict[str, Any] = {
        "certificate_number": certificate_number.strip()[:60],
        "titled_on": titled_on,
        "transferred_on": transferred_on,
    }
    stands = Asset.objects.filter(pk=pk).values_list("standing", flat=True).first()
    if stands == AssetStanding.UNTITLED:
        values |= {"standing": AssetStanding.IN_USE, "standing_since": titled_on}
    made: Asset = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason=_("确权移交登记")
    )
    return made


def move_asset(
    pk: UUID, *, standing: str, since: date | None, reason: str, actor: Actor, row_version: int
) -> Asset:
    """How a reported asset stands from a day on, and why.

    Errors: as `record_later`; RuleViolated without standing, day or reason.
    """
    if standing not in AssetStanding.values or since is None or not reason.strip():
        raise RuleViolated(_("请选择资产状态，填起始日期和原因。"), code="bad_standing")
    if standing not in rules.BY_HAND:
        raise RuleViolated(_("处置请在“资产处置”登记，由有权单位决定。"), code="bad_standing")
    ledger = registry.get(Asset.ledger_key())
    values = {"standing": standing, "standing_since": since}
    moved: Asset = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason=reason.strip()[:300]
    )
    return moved
