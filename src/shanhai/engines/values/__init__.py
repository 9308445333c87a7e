"""The values every chapter counts with: reporting periods, amounts of money, shares and changes."""

from .amounts import (
    AmountError,
    Change,
    percent,
    plain_number,
    ratio,
    split_exactly,
    wan,
    yuan,
)
from .periods import Period, PeriodError, PeriodKind

__all__ = [
    "AmountError",
    "Change",
    "Period",
    "PeriodError",
    "PeriodKind",
    "percent",
    "plain_number",
    "ratio",
    "split_exactly",
    "wan",
    "yuan",
]
