"""Rules over what the county does with aid: how it is used, what lies still, what stands outside."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shanhai.engines.findings import Finding
from shanhai.engines.values import percent, split_exactly, wan

INDUSTRY_LOW = "industry_low"
MANAGEMENT_HIGH = "management_high"
NOT_ALLOTTED = "not_allotted"
UNSPENT = "unspent"
OVER_SETTLED = "over_settled"
NO_CONTRACT = "no_contract"
NO_FUNDING = "no_funding"
WHOLE = 100  # per cent
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Uses:
    """What was allotted of a year by use. Unit: yuan. `rows`: the documents."""

    year: int
    by_use: Mapping[str, Decimal]
    rows: tuple[Hashable, ...]


def check_uses(years: Iterable[Uses], floor: Decimal | None, cap: Decimal | None) -> Iterator[Finding]:
    """Industry below its floor, management above its cap, of all that was allotted. Unit: per cent.

    Shape: compared without division, so nothing is rounded; None is no rule.
    """
    for year in years:
        total = sum(year.by_use.values(), NOTHING)
        industry, management = (year.by_use.get(use, NOTHING) for use in ("industry", "management"))
        if floor is not None and industry * WHOLE < total * floor:
            sentence = f"{year.year} 年下达 {wan(total)} 万元，产业发展占 {percent(industry, total)}%，"
            yield Finding(INDUSTRY_LOW, sentence + f"低于 {floor.normalize():f}%。", year.rows)
        if cap is not None and management * WHOLE > total * cap:
            sentence = f"{year.year} 年下达 {wan(total)} 万元，项目管理费 {wan(management)} 万元，"
            yield Finding(MANAGEMENT_HIGH, sentence + f"超过 {cap.normalize():f}%。", year.rows)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came, and how much of it was handed on. Unit: yuan."""

    id: Hashable
    amount: Decimal
    allotted: Decimal
    received_on: date


def check_receipts(receipts: Iterable[Receipt], days: int | None, today: date) -> Iterator[Finding]:
    """Not handed on within the days that the rule gives."""
    for one in receipts:
        left, waited = one.amount - one.allotted, (today - one.received_on).days
        if days is not None and left > 0 and waited > days:
            sentence = f"到账 {wan(one.amount)} 万元，还有 {wan(left)} 万元没有下达指标，已 {waited} 天，"
            yield Finding(NOT_ALLOTTED, sentence + f"规定 {days} 天内。", (one.id,))


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a project's budget that comes of a line. Unit: yuan."""

    line: Hashable
    amount: Decimal


def spent_by_line(projects: Iterable[tuple[Decimal, Sequence[Share]]]) -> dict[Hashable, Decimal]:
    """What was paid of each line: a project's payments by the shares of its sources, to the cent.

    Shape: pairs of what a project paid and its sources. Unit: yuan.
    """
    found: dict[Hashable, Decimal] = {}
    for paid, shares in projects:
        funded = sum((one.amount for one in shares), NOTHING)
        parts = split_exactly(min(paid, funded), [one.amount for one in shares]) if funded else ()
        for one, part in zip(shares, parts, strict=False):
            found[one.line] = found.get(one.line, NOTHING) + part
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """An allotment line with what was spent of it and returned. Unit: yuan."""

    id: Hashable
    amount: Decimal
    spent: Decimal
    returned: Decimal
    issued_on: date


def check_lines(lines: Iterable[Line], months: int | None, today: date) -> Iterator[Finding]:
    """Unspent for as long as the rule lets it lie: to be returned."""
    for one in lines:
        left = one.amount - one.spent - one.returned
        if months is None or left <= 0:
            continue
        due = months_after(one.issued_on, months)
        if due <= today:
            sentence = f"{one.issued_on} 下达 {wan(one.amount)} 万元，还有 {wan(left)} 万元没有支出，"
            yield Finding(UNSPENT, sentence + f"自 {due} 起满 {months} 个月，应收回。", (one.id,))


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, its last."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Outside:
    """Payments of a project that stand outside the chain. Unit: yuan."""

    project: Hashable
    number: int
    amount: Decimal


def check_contracts(settled: Iterable[tuple[Hashable, Decimal, Decimal]]) -> Iterator[Finding]:
    """Paid more than a contract came to as audited. Shape: contract, paid, settled. Unit: yuan."""
    for contract, paid, amount in settled:
        if paid > amount:
            sentence = f"已拨付 {wan(paid)} 万元，审定 {wan(amount)} 万元，"
            yield Finding(OVER_SETTLED, sentence + f"多付 {wan(paid - amount)} 万元，应追回。", (contract,))


def check_links(
    payments: Iterable[Outside], unfunded: Iterable[tuple[Hashable, Decimal]]
) -> Iterator[Finding]:
    """Old rows without the links: payments under no contract, projects without a source."""
    for one in payments:
        sentence = f"{one.number} 笔拨付、合计 {wan(one.amount)} 万元没有挂合同，请补登合同后改挂。"
        yield Finding(NO_CONTRACT, sentence, (one.project,))
    for project, left in unfunded:
        sentence = f"批复预算里有 {wan(left)} 万元没有写明来自哪条指标。"
        yield Finding(NO_FUNDING, sentence, (project,))
