"""Rules of settlement over values: what a fee line leaves in scope, how long a filing holds. No database."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from shanhai.engines.settlement import Claim

CENT = Decimal("0.01")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Charged:
    """A fee line with what the catalogue says of its item on its day. Unit: yuan; `prepay` in per cent."""

    quantity: Decimal
    price: Decimal
    limit: Decimal
    prepay: Decimal
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Split:
    """What becomes of an amount. Unit: fen. Shape: amount = own_pay + over_price + pre_pay + in scope."""

    amount: int = 0
    own_pay: int = 0
    over_price: int = 0
    pre_pay: int = 0

    def plus(self, other: "Split") -> "Split":
        return Split(
            self.amount + other.amount,
            self.own_pay + other.own_pay,
            self.over_price + other.over_price,
            self.pre_pay + other.pre_pay,
        )


def split(line: Charged) -> Split:
    """Outside the catalogue all is own-pay; above the limit, over-price; of the rest a share is paid first.

    Shape: amounts of a line are rounded half up to the fen, each once.
    """
    amount = fen(line.quantity * line.price)
    if not line.is_covered:
        return Split(amount, own_pay=amount)
    within = min(amount, fen(line.quantity * line.limit))
    return Split(amount, over_price=amount - within, pre_pay=fen(Decimal(within) / 100 * line.prepay / 100))


def split_all(lines: Iterable[Charged]) -> Split:
    total = Split()
    for line in lines:
        total = total.plus(split(line))
    return total


def claim_of(parts: Split, *, category: int, account: Decimal) -> Claim:
    """The bill as the engine takes it."""
    claim = Claim(parts.amount, parts.own_pay, parts.over_price, parts.pre_pay)
    return replace(claim, category=category, account=fen(account))


def fen(yuan: Decimal) -> int:
    """Half a fen goes up."""
    return int((Decimal(yuan) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def yuan(amount: int) -> Decimal:
    return (Decimal(amount) / 100).quantize(CENT)


def ten_thousandths(percent: Decimal) -> int:
    return int(percent * 100)


def months_later(day: date, months: int) -> date:
    """The same day of the month, or its last one."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def valid_until(start: date, months: int | None) -> date | None:
    """The last day of a filing that holds so many months; None: until it is changed."""
    if months is None:
        return None
    return date.fromordinal(months_later(start, months).toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed of a clearing, since so many days. Unit: yuan."""

    key: UUID
    number: str
    amount: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Aged:
    """A band of the ageing: from a day on, before another (None: for ever)."""

    since: int
    before: int | None
    owed: tuple[Owed, ...]

    @property
    def label(self) -> str:
        return f"{self.since}+" if self.before is None else f"{self.since}–{self.before - 1}"

    @property
    def total(self) -> Decimal:
        return sum((one.amount for one in self.owed), Decimal(0))


def aged(owed: Iterable[Owed], bands: Iterable[int]) -> list[Aged]:
    """Each in the band of its days. Shape: bands together hold everything; the first begins at nought."""
    starts, known = sorted({0, *bands}), list(owed)
    return [
        Aged(since, before, tuple(one for one in known if _within(one.days, since, before)))
        for since, before in zip(starts, [*starts[1:], None], strict=True)
    ]


def _within(days: int, since: int, before: int | None) -> bool:
    return since <= days and (before is None or days < before)
