"""Rules over funds: shortfall, payment against progress, progress bars. Exact decimals in, findings out."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shanhai.engines.findings import Finding
from shanhai.engines.values import percent, wan

OVERPAID = "overpaid"
PAID_AHEAD = "paid_ahead"
OVERDUE = "overdue"
SHORTFALL = "shortfall"
BELOW_BAR = "below_bar"
OVER_BUDGETED = "over_budgeted"
WHOLE = 100  # per cent


@dataclass(frozen=True, slots=True)
class Work:
    """What the rules need of a project. Unit: yuan; `progress` in per cent 0–100."""

    id: Hashable
    name: str
    budget: Decimal
    paid: Decimal
    progress: Decimal
    planned_end_on: date | None = None
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Year:
    """The money of one year. Unit: yuan."""

    year: int
    agreed: Decimal
    received: Decimal
    budgeted: Decimal
    paid: Decimal
    #: Rows to open: the agreements of the year.
    rows: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """The share of the year's money that should be paid by the end of a month. Unit: per cent."""

    year: int
    month: int
    percent: Decimal

    @property
    def ends_on(self) -> date:
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return following - timedelta(days=1)


def shortfall(agreed: Decimal, received: Decimal) -> Decimal:
    """What is still to come of the agreed amount. Unit: yuan, never negative."""
    return max(agreed - received, Decimal(0))


def is_ahead(budget: Decimal, paid: Decimal, progress: Decimal, tolerance: Decimal) -> bool:
    """Whether the paid share of the budget exceeds the physical progress by more than the tolerance.

    Shape: compared without division, so nothing is rounded.
    Unit: `progress` per cent, `tolerance` percentage points.
    """
    return paid * WHOLE > (progress + tolerance) * budget


def is_below_bar(received: Decimal, paid: Decimal, bar: Decimal, share: Decimal) -> bool:
    """Whether the paid share of what was received is under `share` per cent of the bar."""
    return paid * WHOLE * WHOLE < received * bar * share


def bar_in_force(bars: Iterable[Bar], day: date) -> Bar | None:
    """The last bar whose month had ended by `day`, among those of the day's year."""
    past = [bar for bar in bars if bar.year == day.year and bar.ends_on <= day]
    return max(past, key=lambda bar: bar.month, default=None)


def check_works(works: Iterable[Work], tolerance: Decimal | None, today: date) -> Iterator[Finding]:
    """Paid above the budget, paid ahead of the work, or past the planned end."""
    for work in works:
        if work.paid > work.budget:
            yield Finding(OVERPAID, _overpaid(work), (work.id,))
        elif tolerance is not None and is_ahead(work.budget, work.paid, work.progress, tolerance):
            paid_share = percent(work.paid, work.budget)
            sentence = f"已拨付预算的 {paid_share}%，形象进度 {work.progress.normalize():f}%，"
            yield Finding(
                PAID_AHEAD, sentence + f"超出允许的 {tolerance.normalize():f} 个百分点。", (work.id,)
            )
        if work.is_open and work.planned_end_on and work.planned_end_on < today and work.progress < WHOLE:
            sentence = f"计划 {work.planned_end_on} 完工，形象进度 {work.progress.normalize():f}%，已逾期。"
            yield Finding(OVERDUE, sentence, (work.id,))


def _overpaid(work: Work) -> str:
    over = wan(work.paid - work.budget)
    return f"已拨付 {wan(work.paid)} 万元，批复预算 {wan(work.budget)} 万元，多拨 {over} 万元。"


def check_years(
    years: Iterable[Year], bars: Sequence[Bar], share: Decimal | None, today: date
) -> Iterator[Finding]:
    """Received less than agreed, budgets above what was received, spending below the bar in force."""
    for year in years:
        missing = shortfall(year.agreed, year.received)
        if missing:
            sentence = f"{year.year} 年协议 {wan(year.agreed)} 万元，到账 {wan(year.received)} 万元，"
            yield Finding(SHORTFALL, sentence + f"还差 {wan(missing)} 万元。", year.rows)
        if year.budgeted > year.received:
            sentence = f"{year.year} 年项目批复预算合计 {wan(year.budgeted)} 万元，"
            yield Finding(OVER_BUDGETED, sentence + f"超过到账的 {wan(year.received)} 万元。", year.rows)
        bar = bar_in_force(bars, today) if year.year == today.year else None
        if bar and share is not None and is_below_bar(year.received, year.paid, bar.percent, share):
            sentence = f"{year.year} 年支出率 {percent(year.paid, year.received)}%，"
            line = f"低于 {bar.month} 月底进度线 {bar.percent.normalize():f}% 的 {share.normalize():f}%。"
            yield Finding(BELOW_BAR, sentence + line, year.rows)
