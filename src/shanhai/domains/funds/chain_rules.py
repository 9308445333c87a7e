"""Rules over the two books of a transfer, and over a year's aid. Exact decimals in, nothing lost."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from shanhai.engines.findings import Finding
from shanhai.engines.values import wan

BUDGET_SHORT = "budget_short"
PLAN_SHORT = "plan_short"
YEAR_END = "year_end"
YEAR_OVER = "year_over"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a book of transfers. Unit: yuan."""

    id: Hashable
    voucher: str
    amount: Decimal
    day: date
    level: str = ""


class Fit(StrEnum):
    """How two entries fit, or that one stands alone."""

    EQUAL = "equal"
    #: The same voucher, another amount.
    AMOUNT = "amount"
    #: Another voucher, the same amount some days later: somebody has to look.
    LIKELY = "likely"
    ONLY_SENT = "only_sent"
    ONLY_RECEIVED = "only_received"


#: How a sent and a received entry fit; None where they do not.
type Fits = Callable[[Entry, Entry], Fit | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """What was sent beside what was received; one of them where there is no other."""

    sent: Entry | None
    received: Entry | None
    fit: Fit

    @property
    def difference(self) -> Decimal:
        """Received less sent. Unit: yuan."""
        received = self.received.amount if self.received else NOTHING
        return received - (self.sent.amount if self.sent else NOTHING)

    def age(self, today: date) -> int | None:
        """Days that a difference is open: since the later of the two, or since the only one."""
        if self.fit is Fit.EQUAL:
            return None
        days = [one.day for one in (self.sent, self.received) if one]
        return (today - max(days)).days


def voucher_key(text: str) -> str:
    """A voucher however it is written: without spaces, signs between and case."""
    return "".join(one for one in text.upper() if one.isalnum())


def match(sent: Sequence[Entry], received: Sequence[Entry], transit: int) -> list[Pair]:
    """Every entry of both books exactly once: by voucher, then by amount and day, else alone.

    Shape: a voucher that a book has twice is matched by amount first. `transit`: within how many days money
    arrives that has no common voucher. Ordered by day.
    """
    left_sent, left_received = list(sent), list(received)
    found: list[Pair] = []
    for is_same in (_same_to_the_cent, _same_voucher):
        found += _taken(left_sent, left_received, is_same)
    found += _taken(left_sent, left_received, lambda a, b: _likely(a, b, transit))
    found += [Pair(one, None, Fit.ONLY_SENT) for one in left_sent]
    found += [Pair(None, one, Fit.ONLY_RECEIVED) for one in left_received]
    return sorted(found, key=_order)


def _order(pair: Pair) -> tuple[date, str]:
    one = pair.sent or pair.received
    assert one is not None  # noqa: S101 -- a pair has one of both
    return one.day, one.voucher


def _same_to_the_cent(sent: Entry, received: Entry) -> Fit | None:
    is_same = _same_voucher(sent, received) and sent.amount == received.amount
    return Fit.EQUAL if is_same else None


def _same_voucher(sent: Entry, received: Entry) -> Fit | None:
    key = voucher_key(sent.voucher)
    return Fit.AMOUNT if key and key == voucher_key(received.voucher) else None


def _likely(sent: Entry, received: Entry, transit: int) -> Fit | None:
    is_near = sent.day <= received.day <= sent.day + timedelta(days=transit)
    return Fit.LIKELY if is_near and sent.amount == received.amount else None


def _taken(sent: list[Entry], received: list[Entry], fits: Fits) -> Iterator[Pair]:
    """Pairs in the order of days; both entries are taken from what is left."""
    for one in sorted(sent, key=lambda entry: (entry.day, entry.voucher)):
        others = sorted(received, key=lambda entry: (entry.day, entry.voucher))
        other = next((other for other in others if fits(one, other)), None)
        if other is not None:
            fit = fits(one, other)
            assert fit is not None  # noqa: S101 -- found by it
            sent.remove(one)
            received.remove(other)
            yield Pair(one, other, fit)


@dataclass(frozen=True, slots=True)
class Plan:
    """A budget item: passed on a day, to be sent by another. Unit: yuan."""

    amount: Decimal
    sent: Decimal
    passed_on: date
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Aid:
    """A year's aid as both sides know it. Unit: yuan. `rows`: the agreements of the year."""

    year: int
    agreed: Decimal
    received: Decimal
    plans: tuple[Plan, ...] = ()
    rows: tuple[Hashable, ...] = ()

    @property
    def ends_on(self) -> date:
        return date(self.year, 12, 31)


def check_aid(years: Iterable[Aid], warn_days: int | None, today: date) -> Iterator[Finding]:
    """Aid of a year below what was agreed, from the day it can be known; the sentence says since when.

    Shape: `warn_days` before the end of the year arrears themselves are told; None: not before it is over.
    """
    for aid in years:
        for code, since, sentence in _shortfalls(aid, warn_days):
            is_past = code == YEAR_END and today > aid.ends_on  # then it is told that it is over
            if since <= today and not is_past:
                told = f"{aid.year} 年协议 {wan(aid.agreed)} 万元，{sentence}自 {since} 起可知。"
                yield Finding(code, told, aid.rows)


def _shortfalls(aid: Aid, warn_days: int | None) -> Iterator[tuple[str, date, str]]:
    missing = aid.agreed - aid.received
    if missing <= 0:
        return
    budgeted = sum((one.amount for one in aid.plans), NOTHING)
    if aid.plans and budgeted < aid.agreed:
        since = max(one.passed_on for one in aid.plans)
        sentence = f"预算安排 {wan(budgeted)} 万元，少 {wan(aid.agreed - budgeted)} 万元，"
        yield BUDGET_SHORT, since, sentence
    elif late := [one for one in aid.plans if one.planned_on and one.planned_on > aid.ends_on]:
        within = budgeted - sum((one.amount - one.sent for one in late), NOTHING)
        if within < aid.agreed:
            sentence = f"按拨付计划年内只能到 {wan(within)} 万元，少 {wan(aid.agreed - within)} 万元，"
            yield PLAN_SHORT, max(one.passed_on for one in late), sentence
    over = aid.ends_on + timedelta(days=1)
    sentence = f"到账 {wan(aid.received)} 万元，还差 {wan(missing)} 万元，"
    if warn_days is not None:
        yield YEAR_END, aid.ends_on - timedelta(days=warn_days), sentence
    yield YEAR_OVER, over, sentence
