"""Rents of a contract: when they fall due, what of them is received, what is overdue. Pure."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shanhai.engines.findings import Finding

from .rules import DISPOSED, IDLE, IN_USE, LEASED, after_months

RENT_OVERDUE, UNINSPECTED, UNLIKE = "rent_overdue", "uninspected", "unlike"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Lease:
    """A contract as the rules see it. Unit: yuan. `ends_on`: when it ended early, that day."""

    id: Hashable
    starts_on: date
    ends_on: date
    rent: Decimal
    interval: int
    first_due_on: date
    received: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Due:
    """One rent. Unit: yuan."""

    number: int
    due_on: date
    amount: Decimal
    received: Decimal

    @property
    def open(self) -> Decimal:
        return self.amount - self.received


def dues(lease: Lease) -> list[Due]:
    """All rents of a contract in order; what was received settles the oldest first.

    Shape: each falls due counted from the first, so that the end of a month never drifts.
    """
    found: list[Due] = []
    left, day = lease.received, lease.first_due_on
    while day <= lease.ends_on:
        paid = min(left, lease.rent)
        left -= paid
        found.append(Due(len(found) + 1, day, lease.rent, paid))
        day = after_months(lease.first_due_on, lease.interval * len(found))
    return found


def overdue(lease: Lease, today: date, grace: int) -> list[Due]:
    """Rents that should be there by now, more than `grace` days after they fell due."""
    return [one for one in dues(lease) if one.open and (today - one.due_on).days > grace]


def check_rents(leases: Iterable[Lease], today: date, grace: int | None) -> Iterator[Finding]:
    """One finding for each contract with rents overdue."""
    if grace is None:
        return
    for lease in leases:
        late = overdue(lease, today, grace)
        if late:
            total = sum((one.open for one in late), Decimal(0))
            first = late[0].due_on
            sentence = f"{len(late)} 期租金逾期，欠 {total:,} 元，最早一期应在 {first} 交，"
            yield Finding(RENT_OVERDUE, sentence + f"已逾期 {(today - first).days} 天。", (lease.id,))


@dataclass(frozen=True, slots=True)
class Looked:
    """An asset with its last inspection. `condition`: what was found then, "" for nobody looked yet."""

    id: Hashable
    formed_on: date
    standing: str
    inspected_on: date | None = None
    condition: str = ""
    inspection: Hashable = None


def due_on(asset: Looked, times: int) -> date:
    """The day by which it is to be looked at again, when it is looked at `times` a year in equal steps."""
    return after_months(asset.inspected_on or asset.formed_on, MONTHS // max(times, 1))


def part_of_year(day: date, times: int) -> tuple[date, date]:
    """First and last day of that of `times` equal parts of the year in which `day` lies."""
    months = MONTHS // min(max(times, 1), MONTHS)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, after_months(first, months) - timedelta(days=1)


def check_inspections(assets: Sequence[Looked], today: date, times: int | None) -> Iterator[Finding]:
    """Assets nobody looked at in time, and such as stand otherwise than they were found."""
    for asset in assets:
        if asset.standing == DISPOSED:
            continue
        if times and (last := due_on(asset, times)) < today:
            since = f"上次巡查 {asset.inspected_on}" if asset.inspected_on else "还没有巡查过"
            sentence = f"{since}，应在 {last} 前巡查，已逾期 {(today - last).days} 天。"
            yield Finding(UNINSPECTED, sentence, (asset.id,))
        if asset.standing in {IN_USE, LEASED} and asset.condition in {IDLE, "damaged", "missing"}:
            rows = (asset.id, asset.inspection) if asset.inspection else (asset.id,)
            yield Finding(UNLIKE, "最近一次巡查不是在用，资产状态还是在用或出租。", rows)
