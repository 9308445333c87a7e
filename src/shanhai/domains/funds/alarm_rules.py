"""Alarms over payments, contracts and transfers: what audits ask for. Exact decimals in, findings out."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shanhai.engines.findings import Finding
from shanhai.engines.values import percent, wan

SLOW_SPEND, PAID_EARLY, SPLIT_TENDER, IDLE_MONEY = "slow_spend", "paid_early", "split_tender", "idle_money"
NOT_READY, NO_LINK, PROMISE_DUE = "not_ready", "no_link", "promise_due"
WHOLE = 100  # per cent
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment. Unit: yuan. `waits`: of a kind that is due only when the work was accepted."""

    id: Hashable
    paid_on: date
    amount: Decimal
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A project as alarms look at it. Unit: yuan.

    Shape: `accepted_on` is None where it is not accepted; `is_accepted` where it is, whatever day.
    """

    id: Hashable
    year: int
    budget: Decimal
    payments: tuple[Paid, ...] = ()
    is_begun: bool = False
    is_accepted: bool = False
    accepted_on: date | None = None
    is_industry: bool = False
    missing: tuple[str, ...] = ()
    links: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """Income promised to households. Unit: yuan."""

    id: Hashable
    promised: Decimal
    paid: Decimal
    due_on: date


@dataclass(frozen=True, slots=True)
class Signed:
    """A contract as it was signed. Unit: yuan. `groups`: what it belongs to: its project, its payee."""

    id: Hashable
    amount: Decimal
    signed_on: date
    groups: tuple[tuple[str, Hashable], ...]


@dataclass(frozen=True, slots=True)
class Came:
    """Money that arrived for a year. Unit: yuan."""

    id: Hashable
    year: str
    amount: Decimal
    came_on: date


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers in force; None where nobody set one: that alarm is silent."""

    bar: Decimal | None = None
    bar_share: Decimal | None = None
    tender_limit: Decimal | None = None
    split_days: int | None = None
    idle_months: int | None = None
    used: dict[str, Decimal] = field(default_factory=dict)


def check_jobs(jobs: Iterable[Job], limits: Limits, today: date) -> Iterator[Finding]:
    """Spending too slow, paid before acceptance, begun without its conditions, nobody served by it."""
    for job in jobs:
        paid = sum((one.amount for one in job.payments), ZERO)
        rows = (job.id, *(one.id for one in job.payments))
        if is_slow(job, paid, limits, today):
            sentence = f"已拨付 {wan(paid)} 万元，占预算 {percent(paid, job.budget)}%，"
            bar = f"不到当前进度线 {limits.bar:f}% 的 {limits.bar_share:f}%。"
            yield Finding(SLOW_SPEND, sentence + bar, rows)
        early = [one for one in job.payments if is_early(job, one)]
        if early:
            total = wan(sum((one.amount for one in early), ZERO))
            when = f"验收日期 {job.accepted_on}" if job.accepted_on else "项目还没有验收"
            sentence = f"{when}，此前已付验收款、质保金 {len(early)} 笔 {total} 万元。"
            yield Finding(PAID_EARLY, sentence, (job.id, *(one.id for one in early)))
        if job.is_begun and job.missing:
            yield Finding(NOT_READY, f"已经开工，没有登记办结：{'、'.join(job.missing)}。", (job.id,))
        if job.is_begun and job.is_industry and not job.links:
            yield Finding(NO_LINK, "产业项目已经实施，没有登记联农带农。", (job.id,))


def is_slow(job: Job, paid: Decimal, limits: Limits, today: date) -> bool:
    """Whether a begun project of this year paid less than `bar_share` per cent of the bar in force."""
    if limits.bar is None or limits.bar_share is None or not job.is_begun or job.year != today.year:
        return False
    return paid * WHOLE * WHOLE < job.budget * limits.bar * limits.bar_share


def is_early(job: Job, one: Paid) -> bool:
    """Whether a payment that waits for acceptance was made before it."""
    if not one.waits:
        return False
    return one.paid_on < job.accepted_on if job.accepted_on else not job.is_accepted


def check_contracts(signed: Iterable[Signed], limits: Limits) -> Iterator[Finding]:
    """Contracts of one project or payee, each under the tender limit, together not, within the window."""
    if limits.tender_limit is None or limits.split_days is None:
        return
    by_group: dict[tuple[str, Hashable], list[Signed]] = defaultdict(list)
    for one in signed:
        if one.amount < limits.tender_limit:
            for group in one.groups:
                by_group[group].append(one)
    told: set[frozenset[Hashable]] = set()
    for (kind, name), rows in by_group.items():
        found = split(sorted(rows, key=lambda row: (row.signed_on, str(row.id))), limits)
        if not found or (key := frozenset(one.id for one in found)) in told:
            continue
        told.add(key)
        total = wan(sum((one.amount for one in found), ZERO))
        whom = "同一项目" if kind == "project" else f"同一单位“{name}”"
        sentence = f"{whom} {limits.split_days} 天内 {len(found)} 份合同合计 {total} 万元，"
        limit = f"每份都在招标限额 {wan(limits.tender_limit)} 万元以下，请核对是否拆分。"
        yield Finding(SPLIT_TENDER, sentence + limit, tuple(one.id for one in found))


def split(rows: Sequence[Signed], limits: Limits) -> list[Signed]:
    """Of rows by day, those of the window with the largest sum, if that reaches the limit; else none."""
    best: list[Signed] = []
    most = ZERO
    for number, last in enumerate(rows):
        window = [
            one
            for one in rows[: number + 1]
            if (last.signed_on - one.signed_on).days < (limits.split_days or 0)
        ]
        total = sum((one.amount for one in window), ZERO)
        if len(window) > 1 and total >= (limits.tender_limit or ZERO) and total > most:
            best, most = window, total
    return best


def check_money(came: Iterable[Came], limits: Limits, today: date) -> Iterator[Finding]:
    """Money that arrived months ago and was not paid out; what came first is used first.

    Shape: `limits.used` holds what was paid of each year's money.
    """
    if limits.idle_months is None:
        return
    left = dict(limits.used)
    for one in sorted(came, key=lambda row: (row.year, row.came_on, str(row.id))):
        used = min(one.amount, left.get(one.year, ZERO))
        left[one.year] = left.get(one.year, ZERO) - used
        months = months_between(one.came_on, today)
        if used < one.amount and months >= limits.idle_months:
            rest = wan(one.amount - used)
            sentence = f"{one.came_on} 到账 {wan(one.amount)} 万元，已 {months} 个月，"
            yield Finding(IDLE_MONEY, sentence + f"按先到先用还有 {rest} 万元没有拨付。", (one.id,))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another; none before it."""
    return max((last.year - first.year) * 12 + last.month - first.month - (last.day < first.day), 0)


def check_promises(promises: Iterable[Promise], today: date) -> Iterator[Finding]:
    """What was promised to households, is due, and was not paid in full."""
    for one in promises:
        if one.due_on < today and one.paid < one.promised:
            sentence = f"约定 {one.due_on} 前兑现 {wan(one.promised)} 万元，实际 {wan(one.paid)} 万元，"
            yield Finding(PROMISE_DUE, sentence + f"还差 {wan(one.promised - one.paid)} 万元。", (one.id,))
