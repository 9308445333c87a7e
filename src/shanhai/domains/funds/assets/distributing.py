"""Rules over distributions: shares that add up, monitored households first, paid in time. Pure."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shanhai.engines.findings import Finding

SHARES_DIFFER, NOT_FIRST, PAYOUT_LATE = "shares_differ", "not_first", "payout_late"
MONITORED, TO_HOUSEHOLDS = "monitored", frozenset({"ex_poor", "others"})


@dataclass(frozen=True, slots=True)
class Decided:
    """A distribution as the rules see it. Unit: yuan; `shares` by kind of recipient."""

    id: Hashable
    amount: Decimal
    decided_on: date
    shares: Mapping[str, Decimal]
    paid: Decimal = Decimal(0)


def check_distributions(
    decided: Iterable[Decided], today: date, payout_days: int | None
) -> Iterator[Finding]:
    """Shares that do not come to what was decided, households passed over, money not paid out in time."""
    for one in decided:
        shared = sum(one.shares.values(), Decimal(0))
        if shared != one.amount:
            sentence = f"决议分配 {one.amount:,} 元，明细合计 {shared:,} 元，差 {one.amount - shared:,} 元。"
            yield Finding(SHARES_DIFFER, sentence, (one.id,))
        if MONITORED not in one.shares and not TO_HOUSEHOLDS.isdisjoint(one.shares):
            yield Finding(NOT_FIRST, "分给了农户，没有先分给监测户，请写明原因或补分配明细。", (one.id,))
        if payout_days is None or one.paid >= one.amount:
            continue
        last = one.decided_on + timedelta(days=payout_days)
        if today > last:
            left = one.amount - one.paid
            sentence = f"应在 {last} 前兑付，还有 {left:,} 元没有兑付，已逾期 {(today - last).days} 天。"
            yield Finding(PAYOUT_LATE, sentence, (one.id,))
