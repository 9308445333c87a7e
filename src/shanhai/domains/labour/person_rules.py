"""Rules over what is known of a worker: heard from, reachable, counted in two years, category. Values in."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from shanhai.engines.findings import Finding

NO_CONTACT = "no_contact"
PHONE_DEAD = "phone_dead"
TWO_YEARS = "two_years"
CATEGORY_DIFFERS = "category_differs"
UNPLACED = "unplaced"
#: So many months of a year must be over before it is told that none of them was worked.
_MONTHS_DUE = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """When somebody was last heard from, by any way."""

    id: Hashable
    heard_on: date


def not_heard(workers: Iterable[Heard], today: date, days: int) -> Iterator[Finding]:
    """Workers of whom nothing was heard for longer than `days`."""
    for one in workers:
        waited = (today - one.heard_on).days
        if waited > days:
            sentence = f"{one.heard_on} 以后没有联系记录，已 {waited} 天，请走访或补记。"
            yield Finding(NO_CONTACT, sentence, (one.id,))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to reach somebody. Shape: `is_dead` for a number that is none or somebody else's."""

    id: Hashable
    day: date
    is_dead: bool
    is_reached: bool


def unreachable(attempts: Iterable[Attempt]) -> Iterator[Finding]:
    """Whose number was found dead and who was not reached since. Shape: `attempts` of a person in order."""
    dead: dict[Hashable, date] = {}
    for one in attempts:
        if one.is_reached:
            dead.pop(one.id, None)
        elif one.is_dead:
            dead[one.id] = one.day
    for key, day in dead.items():
        yield Finding(PHONE_DEAD, f"{day} 打电话是空号或错号，以后没有联系上，请核对新号。", (key,))


@dataclass(frozen=True, slots=True)
class Kept:
    """A spell that runs on from an earlier year. Shape: `months` in post in the year of today."""

    id: Hashable
    started_on: date
    ended_on: date | None
    months: int


def counted_twice(spells: Iterable[Kept], today: date) -> Iterator[Finding]:
    """Spells counted in the year before, and again in this one without a month of work in it."""
    first = date(today.year, 1, 1)
    if today.month <= _MONTHS_DUE:
        return
    for one in spells:
        runs_on = one.started_on < first and (one.ended_on is None or one.ended_on >= first)
        if runs_on and not one.months:
            sentence = (
                f"{today.year - 1} 年已计入，{today.year} 年没有一个在岗月份，按起止日期还会再计一年，"
                "请补填各月在岗，或登记离岗。"
            )
            yield Finding(TWO_YEARS, sentence, (one.id,))


def differing_categories(
    people: Iterable[tuple[Hashable, str, str]], labels: dict[str, str]
) -> Iterator[Finding]:
    """Shape: `people` are (row, category of the register, category by the lists in force)."""
    for key, registered, listed in people:
        if registered != listed:
            sentence = f"人员登记为{labels[registered]}，类别认定今日为{labels[listed]}，请核对。"
            yield Finding(CATEGORY_DIFFERS, sentence, (key,))


@dataclass(frozen=True, slots=True)
class Riding:
    """A seat on a trip whose person has no post to go to."""

    id: Hashable
    trip: str
    departs_on: date


def unplaced(riders: Iterable[Riding]) -> Iterator[Finding]:
    """Passengers nobody placed: handing them over begins no employment."""
    for one in riders:
        sentence = f"坐班次 {one.trip}（{one.departs_on} 发车），没有已接受的拟配，交接后不会记务工；"
        sentence += "请先办拟配，或核对名单。"
        yield Finding(UNPLACED, sentence, (one.id,))
