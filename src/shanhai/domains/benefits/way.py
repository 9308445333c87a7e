"""How many claims of a policy and period stand where, and their sum: every figure opens to its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from shanhai.kernel.workflow import State

from .models import Claim, Policy, Standing


@dataclass(frozen=True)
class Station:
    """One station of the way. `query` narrows the list of claims to its rows; `total` in yuan where known."""

    label: str
    count: int
    total: Decimal | None
    query: Mapping[str, Any]
    #: Whether what stands here waits for second review.
    is_reviewed: bool = False


def way_of(policy: Policy, period_code: str) -> list[Station]:
    """All stations in order, those without claims as well. One query."""
    rows = Claim.objects.live().filter(policy=policy, benefit_period=period_code)
    sums = rows.order_by().values("standing", "state").annotate(count=Count("id"), total=Sum("amount"))
    found = {(one["standing"], one["state"]): (one["count"], one["total"]) for one in sums}
    pending = Standing.PENDING
    before = [
        (_("待提交"), (State.DRAFT, State.RETURNED), False),
        (_("待初审"), (State.SUBMITTED,), False),
        (_("待复审"), (State.VERIFIED,), True),
    ]
    stations = []
    for label, states, reviewed in before:
        query = {"standing": pending.value, "state": [state.value for state in states]}
        parts = [found.get((pending, state)) for state in states]
        stations.append(_station(label, parts, query, is_reviewed=reviewed))
    for standing in Standing:
        if standing is not pending:
            parts = [found.get((standing, state)) for state in (State.SUBMITTED, State.VERIFIED)]
            stations.append(_station(str(standing.label), parts, {"standing": standing.value}))
    return stations


def _station(label: str, parts: list[Any], query: Mapping[str, Any], *, is_reviewed: bool = False) -> Station:
    told = [one for one in parts if one]
    totals = [total for _count, total in told if total is not None]
    total = sum(totals, Decimal(0)) if totals else None
    return Station(label, sum(count for count, _total in told), total, query, is_reviewed)
