"""Distributions as the rules see them. A fixed number of queries."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from ..models import AssetDistribution, DistributionPayment, DistributionShare
from .distributing import Decided


def decided() -> list[Decided]:
    """Every reported distribution within the scope in force, with its shares and what of them was paid."""
    shares: dict[Any, dict[str, Decimal]] = defaultdict(dict)
    for key, kind, amount in DistributionShare.objects.live().values_list(
        "distribution", "share_kind", "amount"
    ):
        shares[key][kind] = amount
    sums = DistributionPayment.objects.reported().order_by().values("distribution_share__distribution")
    paid = dict(sums.annotate(total=Sum("amount")).values_list("distribution_share__distribution", "total"))
    return [
        Decided(one.pk, one.amount, one.decision_day, shares.get(one.pk, {}), paid.get(one.pk, Decimal(0)))
        for one in AssetDistribution.objects.reported().order_by("decision_day", "id")
    ]
