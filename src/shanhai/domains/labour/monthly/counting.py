"""From rows to picks: for each item and column the rows that count, one a person. Arrays in, arrays out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from shanhai.engines.values import Period

from ..categories import EX_POOR
from ..models import OfficialGroup
from .items import AGES, LAST, THIS, WAGES, YEAR, YEAR_AGO
from .reading import CATEGORIES, NO_WAGE, SEXES, Ints, Read, Rows, day_number

type Flags = NDArray[np.bool_]
#: (item, column) → positions in the rows of the item's ledger.
type Picks = dict[tuple[str, str], Ints]

_UNBORN = 2**31 - 1


@dataclass(frozen=True)
class Window:
    """The days of a column, and those it is held against."""

    column: str
    first: date
    last: date
    before: tuple[date, date]
    #: Whether the column is one month.
    is_month: bool = True


@dataclass(frozen=True)
class Rules:
    """What is in force at the end of a window. Shape: `groups` destination → group, as positions; -1 none."""

    groups: Ints
    stable_months: int | None


def windows_of(month: Period) -> tuple[Window, ...]:
    """The four columns of a month; the year is held against the December before."""
    told = ((THIS, month), (LAST, month.previous()), (YEAR_AGO, month.year_earlier()))
    found = [
        Window(column, one.start, one.end, (one.previous().start, one.previous().end)) for column, one in told
    ]
    first = date(month.year, 1, 1)
    december = date(month.year - 1, 12, 1), date(month.year - 1, 12, 31)
    return (*found, Window(YEAR, first, month.end, december, is_month=False))


def months_of(windows: tuple[Window, ...]) -> list[str]:
    """Codes of the months that are columns, in their order."""
    return [f"{one.last:%Y-%m}" for one in windows if one.is_month]


class Counting:
    """Picks of a side's rows."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._spells = read.spells
        columns = read.spells.columns
        self._verified = columns["verified"] > 0

    def picks(self, window: Window, rules: Rules, at: int) -> Iterator[tuple[str, Ints]]:
        """(item, positions). `at`: which tally of months in post ends with the window."""
        spells = self._spells
        running = self._running(window.first, window.last)
        chosen = spells.last_of_each(running)
        yield "total", chosen
        yield from self._by_groups(chosen, rules)
        yield from self._by_categories(chosen, window.last)
        yield from self._by_sex(chosen)
        yield from self._by_age(chosen, window.last)
        before = spells.last_of_each(self._running(*window.before))
        yield "new", chosen[~np.isin(spells.person[chosen], spells.person[before])]
        yield "gone", before[~np.isin(spells.person[before], spells.person[chosen])]
        yield "returned", self._returned(window)
        if window.is_month:
            yield from self._in_post(at)
        if rules.stable_months is not None:
            enough = self._read.months[at] >= rules.stable_months
            yield "stable", spells.last_of_each(running & enough)

    def unverified(self, window: Window) -> int:
        """Rows of the window that are reported and wait to be verified."""
        return int((self._lasting(window.first, window.last) & ~self._verified).sum())

    def _lasting(self, first: date, last: date) -> Flags:
        columns = self._spells.columns
        found: Flags = (columns["started_on"] <= day_number(last)) & (
            columns["ended_on"] >= day_number(first)
        )
        return found

    def _running(self, first: date, last: date) -> Flags:
        return self._lasting(first, last) & self._verified

    def _by_groups(self, chosen: Ints, rules: Rules) -> Iterator[tuple[str, Ints]]:
        where = self._spells.columns["destination"][chosen]
        group = np.where(where >= 0, rules.groups[where], -1)
        for number, code in enumerate(OfficialGroup.values):
            yield f"to_{code}", chosen[group == number]
        yield "to_none", chosen[group < 0]

    def _by_categories(self, chosen: Ints, day: date) -> Iterator[tuple[str, Ints]]:
        person, category, first, last = self._read.held
        holds = (first <= day_number(day)) & (last >= day_number(day))
        who = self._spells.person[chosen]
        for number, code in enumerate(CATEGORIES):
            yield f"is_{code}", chosen[np.isin(who, person[holds & (category == number)])]
        poor = np.isin(category, [CATEGORIES.index(code) for code in EX_POOR])
        yield "ex_poor", chosen[np.isin(who, person[holds & poor])]

    def _by_sex(self, chosen: Ints) -> Iterator[tuple[str, Ints]]:
        sex = self._spells.columns["sex"][chosen]
        for number, code in enumerate(SEXES):
            yield code, chosen[sex == number]
        yield "sex_unknown", chosen[sex < 0]

    def _by_age(self, chosen: Ints, day: date) -> Iterator[tuple[str, Ints]]:
        born = self._spells.columns["born_on"][chosen]
        known = born < _UNBORN
        # As old or older is who was born on the day so many years ago or before.
        band = sum(
            (born <= day_number(_years_before(day, age)) for age in AGES[1:]), np.zeros(len(born), int)
        )
        for number, age in enumerate(AGES):
            yield f"age_{age}", chosen[known & (band == number)]
        yield "age_unknown", chosen[~known]

    def _returned(self, window: Window) -> Ints:
        returns = self._read.returns
        day = returns.columns["returned_on"]
        inside = (day >= day_number(window.first)) & (day <= day_number(window.last))
        return returns.last_of_each(inside)

    def _in_post(self, month: int) -> Iterator[tuple[str, Ints]]:
        facts = self._read.facts
        chosen = facts.last_of_each(facts.columns["month"] == month)
        yield "in_post", chosen
        fen = facts.columns["fen"][chosen]
        for number, first in enumerate(WAGES):
            fits = fen >= first * 100
            if number + 1 < len(WAGES):
                fits &= fen < WAGES[number + 1] * 100
            yield f"wage_{first}", chosen[fits]
        yield "wage_unknown", chosen[fen == NO_WAGE]


def _years_before(day: date, years: int) -> date:
    """The last day of birth that makes `years` on `day`; 29 February counts from 1 March on."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def rows_of(read: Read, ledger: str) -> Rows:
    """The rows an item of `ledger` picks from."""
    by_name: Mapping[str, Rows] = {
        "employmentspell": read.spells,
        "monthlyfact": read.facts,
        "returnhome": read.returns,
    }
    return by_name[ledger.partition(".")[2]]
