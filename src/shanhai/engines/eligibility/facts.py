"""Facts of a period, and the columns that hold them for many at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shanhai.engines.values import Period, PeriodKind


class Kind(StrEnum):
    """What the integer of a fact means."""

    FLAG = "flag"  # 0 or 1
    COUNT = "count"
    MONEY = "money"  # fen
    CHOICE = "choice"  # place in `choices`


class Mend(StrEnum):
    """By what a fact that fails a test may come to pass it, the easiest last."""

    FIXED = "fixed"
    TIME = "time"
    ACT = "act"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a person or a firm. Shape: without `period` it holds on the day of asking."""

    name: str
    kind: Kind
    period: PeriodKind | None = None
    mend: Mend = Mend.FIXED
    choices: tuple[str, ...] = ()

    def code_of(self, choice: str) -> int:
        """Errors: ValueError for a choice the fact does not know."""
        return self.choices.index(choice)


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact as a rule reads it.

    Shape: of the period of the fact's own kind in which the asked period ends, `lag` of them earlier; with
    `in_year`, the sum of a monthly fact from January until then. A month nobody filed counts nothing.
    """

    fact: Fact
    lag: int = 0
    in_year: bool = False

    def periods(self, asked: Period) -> tuple[str, ...]:
        """Codes of the periods that are read; "" for a fact without one."""
        if self.fact.period is None:
            return ("",)
        period = Period.of(asked.end, self.fact.period)
        for _ in range(self.lag):
            period = period.previous()
        if not self.in_year:
            return (period.code,)
        year = Period(PeriodKind.YEAR, period.year)
        return tuple(one.code for one in Period.between(year.start, period.end, self.fact.period))

    def room(self, asked: Period) -> int | None:
        """By how much time alone may still raise it; None without a limit."""
        if self.fact.mend is not Mend.TIME:
            return 0
        return 12 - asked.end.month if self.in_year and self.lag == 0 else None


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A fact of many. Shape: integers or booleans; without `known` everything is."""

    values: NDArray[Any]
    known: NDArray[np.bool_] | None = None


@dataclass(frozen=True)
class Population:
    """Facts of `size` persons or firms, by name and period code ("" for a fact without a period).

    A column that is absent is known of nobody.
    """

    size: int
    columns: Mapping[tuple[str, str], Column]
    _read: dict[tuple[Reading, Period], Column] = field(default_factory=dict, repr=False, compare=False)

    def read(self, reading: Reading, asked: Period) -> Column:
        found = self._read.get((reading, asked))
        if found is None:
            found = self._read[reading, asked] = self._joined(reading, asked)
        return found

    def _joined(self, reading: Reading, asked: Period) -> Column:
        keys = [(reading.fact.name, code) for code in reading.periods(asked)]
        columns = [self.columns[key] for key in keys if key in self.columns]
        if not columns:
            nobody = np.zeros(self.size, bool)
            return Column(nobody, None if reading.in_year else nobody)
        if not reading.in_year:
            return columns[0]
        # Flags of the months of a year are counted in a byte: an eighth of the memory is read.
        total = np.zeros(self.size, np.int8 if reading.fact.kind is Kind.FLAG else np.int64)
        for column in columns:
            values = column.values if column.known is None else column.values * column.known
            np.add(total, _as_counted(values), out=total, casting="unsafe")
        return Column(total)

    def value_of(self, reading: Reading, asked: Period, index: int) -> int | None:
        """Of one; None when unknown."""
        column = self.read(reading, asked)
        if column.known is not None and not column.known[index]:
            return None
        return int(column.values[index])


def _as_counted(values: NDArray[Any]) -> NDArray[Any]:
    """Flags as the numbers they are, without a copy."""
    return values.view(np.int8) if values.dtype == np.bool_ else values
