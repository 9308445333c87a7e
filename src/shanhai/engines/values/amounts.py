"""Amounts of money and shares, exact to the cent: every figure printed is computed here and nowhere twice."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

type Number = int | Decimal

_WRITTEN = re.compile(
    r"[¥￥]?(?P<number>[+-]?(\d{1,3}(,\d{3}){1,5}|\d{1,16})(\.\d{1,10})?)(?P<unit>[万亿])?元?"
)
_PLAIN = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,40})?")
_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}
_CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 16  # far above any budget, far below the 28 digits that Decimal keeps exactly


class AmountError(ValueError):
    """What was given is no exact amount or share; the text is a Chinese sentence for the user."""


def plain_number(told: int | str) -> Decimal:
    """A number as a machine writes it: 12, `-1200.5`. Errors: AmountError for all else, 1e9 and NaN."""
    if isinstance(told, bool) or not _PLAIN.fullmatch(str(told)):
        raise AmountError(f"«{told}»不是数。")
    return Decimal(told)


def yuan(value: Number | float | str) -> Decimal:
    """An exact amount with two decimals.

    Shape: accepts thousands separators, full-width digits, a leading ¥ and a trailing 元, 万元 or 亿元.
    A float (what a spreadsheet cell holds) counts as the shortest number that writes it.
    Unit: yuan.
    Errors: AmountError when it is no number, or when two decimals would lose something; nothing is rounded.
    """
    amount = _decimal(value)
    if not amount.is_finite() or abs(amount) >= _LARGEST:
        raise AmountError(f"«{value}»不是有效金额。")
    exact = amount.quantize(_CENT)
    if exact != amount:
        raise AmountError(f"«{value}»超过两位小数，金额精确到分。")
    return exact + 0  # minus zero becomes zero


def _decimal(value: Number | float | str) -> Decimal:
    if isinstance(value, bool):
        raise AmountError(f"«{value}»不是有效金额。")
    if isinstance(value, str):
        return _written(value)
    try:
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise AmountError(f"«{value}»不是有效金额。") from error


def _written(text: str) -> Decimal:
    compact = "".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())
    found = _WRITTEN.fullmatch(compact)
    if not found:
        raise AmountError(f"«{text}»不是有效金额。")
    return Decimal(found["number"].replace(",", "")) * _SCALES[found["unit"]]


def wan(value: Number, places: int = 2) -> Decimal:
    """The amount as it is displayed in 万元, half a unit rounded away from zero.

    Unit: yuan in, 万元 out; for display only, never to be summed.
    """
    return _rounded(Fraction(value) / 10_000, places)


def split_exactly(total: Decimal, weights: Sequence[Number]) -> tuple[Decimal, ...]:
    """Split an amount by weights so that the parts sum to it to the cent.

    Shape: largest remainder; of equal remainders the earlier part gets the cent.
    Unit: yuan.
    Errors: AmountError for an amount with parts of a cent, a negative weight, or weights that sum to nothing.
    """
    cents = int(yuan(total) * 100)
    whole = sum(map(Fraction, weights), Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise AmountError("分摊权重不能为负，且合计必须大于零。")
    shares = [abs(cents) * Fraction(weight) / whole for weight in weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda index: parts[index] - shares[index])
    for index in by_remainder[: abs(cents) - sum(parts)]:
        parts[index] += 1
    sign = -1 if cents < 0 else 1
    return tuple(Decimal(sign * part).scaleb(-2) + 0 for part in parts)


def ratio(part: Number, whole: Number) -> Decimal | None:
    """Part ÷ whole to 28 significant digits; None when the whole is nothing."""
    return Decimal(part) / Decimal(whole) if whole else None


def percent(part: Number, whole: Number, places: int = 1) -> Decimal | None:
    """Part of the whole in per cent, rounded once, half away from zero; None when the whole is nothing."""
    return _rounded(Fraction(part) * 100 / Fraction(whole), places) if whole else None


def _rounded(value: Fraction, places: int) -> Decimal:
    doubled = abs(value) * 10**places * 2
    units = (doubled.numerator // doubled.denominator + 1) // 2
    return Decimal(units if value >= 0 else -units).scaleb(-places) + 0


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure was and what it is."""

    before: Number
    after: Number

    @property
    def difference(self) -> Number:
        return self.after - self.before

    @property
    def direction(self) -> Literal["up", "down", "same"]:
        if self.after == self.before:
            return "same"
        return "up" if self.after > self.before else "down"

    def percent(self, places: int = 1) -> Decimal | None:
        """Growth in per cent of what it was; None unless that was above zero."""
        return percent(self.difference, self.before, places) if self.before > 0 else None

    @property
    def label(self) -> str:
        """Growth as an official reads it: ▲12.0%, ▼3.0%, 持平, or ▲120 without a base."""
        if self.direction == "same":
            return "持平"
        arrow = "▲" if self.direction == "up" else "▼"
        growth = self.percent()
        return f"{arrow}{abs(self.difference)}" if growth is None else f"{arrow}{abs(growth)}%"
