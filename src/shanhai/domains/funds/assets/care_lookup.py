"""Contracts and inspections as the rules see them; what is due to be looked at in the reader's care."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor

from ..models import Asset, AssetIncome, AssetInspection, AssetLease, AssetLimit, AssetStanding
from . import rents
from .lookup import numbers_on

#: Assets shown at once in the round of inspections.
SHOWN = 60


def leases(rows: Any = None, *, until: date | None = None) -> list[tuple[AssetLease, rents.Lease]]:
    """Reported contracts, or `rows` of them, with what was received under each by a day (today)."""
    chosen = AssetLease.objects.reported() if rows is None else rows
    found = list(chosen.select_related("asset", "lessee").order_by("contract_number"))
    came = AssetIncome.objects.reported().filter(earned_on__lte=until or clock.today())
    sums = came.filter(lease__in=[one.pk for one in found]).order_by()
    received = dict(sums.values("lease").annotate(total=Sum("amount")).values_list("lease", "total"))
    return [(one, _lease(one, received.get(one.pk, Decimal(0)))) for one in found]


def _lease(one: AssetLease, received: Decimal) -> rents.Lease:
    return rents.Lease(
        one.pk,
        one.starts_on,
        one.ended_early_on or one.leased_until,
        one.rent,
        int(one.rent_interval),
        one.first_due_on,
        received,
    )


def looked_at(assets: Sequence[Asset], until: date | None = None) -> Iterator[rents.Looked]:
    """Each asset with its last inspection by a day (today)."""
    rows = AssetInspection.objects.reported().filter(asset__in=[one.pk for one in assets])
    rows = rows.filter(inspected_on__lte=until or clock.today())
    last: dict[Any, AssetInspection] = {}
    for one in rows.order_by("inspected_on", "id"):
        last[one.asset_id] = one
    for asset in assets:
        seen = last.get(asset.pk)
        yield rents.Looked(
            asset.pk,
            asset.formed_on,
            asset.standing,
            seen.inspected_on if seen else None,
            seen.condition if seen else "",
            seen.pk if seen else None,
        )


def inspections_a_year(day: date) -> int | None:
    return numbers_on(day).get(AssetLimit.Code.INSPECTIONS)


@dataclass(frozen=True)
class ToInspect:
    """An asset that is to be looked at by a day, and when somebody last did."""

    asset: Asset
    due_on: date
    inspected_on: date | None


def due_inspections(actor: Actor) -> list[ToInspect]:
    """Assets in the reader's own care whose inspection is due by today, the longest waiting first."""
    today, times = clock.today(), inspections_a_year(clock.today())
    if not times:
        return []
    rows = Asset.objects.visible_to(actor, Verb.EDIT).reported()
    assets = list(rows.exclude(standing=AssetStanding.DISPOSED).select_related("place").order_by("code"))
    by_key = {one.pk: one for one in assets}
    found = [
        ToInspect(by_key[one.id], rents.due_on(one, times), one.inspected_on) for one in looked_at(assets)
    ]
    return sorted((one for one in found if one.due_on <= today), key=lambda one: (one.due_on, one.asset.code))
