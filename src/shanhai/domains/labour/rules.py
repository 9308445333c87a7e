"""Rules over employment: months worked, spells at once, double filing, wages. Values in, findings out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from shanhai.engines.findings import Finding

OVERLAP = "overlap"
FILED_TWICE = "filed_twice"
SIDES_DIFFER = "sides_differ"
WAGE_MISSING = "wage_missing"
WAGE_HIGH = "wage_high"


@dataclass(frozen=True, slots=True)
class Spell:
    """What the rules need of an employment spell.

    Shape: `person` is the same for both sides' rows of one human being (a blind index, not a row id).
    """

    id: Hashable
    person: Hashable
    side: str
    unit: Hashable
    unit_label: str
    employer: str
    destination: str
    started_on: date
    ended_on: date | None = None

    @property
    def days(self) -> str:
        return f"{self.started_on} 至 {self.ended_on or '今'}"

    def meets(self, other: "Spell") -> bool:
        """Whether both were running on some day; leaving and starting on one day is no overlap."""
        return self._lasts_beyond(other.started_on) and other._lasts_beyond(self.started_on)

    def _lasts_beyond(self, day: date) -> bool:
        return self.ended_on is None or self.ended_on > day


@dataclass(frozen=True, slots=True)
class Month:
    """What is known of one month of a spell. Shape: `period` is `2021-08`. Unit: `wage` in yuan."""

    id: Hashable
    spell: Hashable
    period: str
    is_in_post: bool
    wage: Decimal | None = None


def months_in_post(months: Iterable[Month]) -> dict[Hashable, dict[int, int]]:
    """Months in post of each spell by calendar year; a month counts once however often it was filed."""
    counted = {(month.spell, month.period) for month in months if month.is_in_post}
    found: dict[Hashable, Counter[int]] = defaultdict(Counter)
    for spell, period in counted:
        found[spell][int(period[:4])] += 1
    return {spell: dict(years) for spell, years in found.items()}


def is_stable(months: int, needed: Decimal | int) -> bool:
    """Whether somebody worked long enough to be in stable work; the number needed is a dated threshold."""
    return months >= needed


def simultaneous(spells: Iterable[Spell]) -> Iterator[Finding]:
    """Spells of one person on one side that ran at once: two jobs in one unit, or one in two.

    Shape: a spell is held against the longest lasting one before it, so n spells at once give n - 1 findings;
    one of a single day meets none that began on that day, so against the longest from earlier days as well.
    """
    for own in _grouped(spells, lambda spell: (spell.side, spell.person)):
        running, before = own[0], own[0]
        for spell in own[1:]:
            if spell.started_on > running.started_on:
                before = running
            met = next((one for one in (running, before) if one.meets(spell)), None)
            if met:
                yield _simultaneous(met, spell)
            if _outlasts(spell, running):
                running = spell


def _simultaneous(earlier: Spell, later: Spell) -> Finding:
    if earlier.unit == later.unit:
        sentence = f"{later.employer}（{later.days}）与{earlier.employer}（{earlier.days}）时间重叠。"
        return Finding(OVERLAP, sentence + "请补填离岗日期。", (later.id, earlier.id))
    sentence = f"{later.unit_label}与{earlier.unit_label}都填了此人（{later.days}；{earlier.days}）。"
    return Finding(FILED_TWICE, sentence + "请确认由谁填报。", (later.id, earlier.id))


def _outlasts(spell: Spell, other: Spell) -> bool:
    if other.ended_on is None:
        return False
    return spell.ended_on is None or spell.ended_on > other.ended_on


def differing_sides(spells: Iterable[Spell], labels: Mapping[str, str]) -> Iterator[Finding]:
    """Persons whom the two sides say are in different places at the same time.

    Shape: `labels` name the destinations. A spell that any row of the other side confirms is no finding.
    """
    for same in _grouped(spells, lambda spell: spell.person):
        for spell in same:
            others = [other for other in same if other.side != spell.side and spell.meets(other)]
            if others and all(other.destination != spell.destination for other in others):
                theirs = others[0]
                here, there = labels.get(spell.destination, ""), labels.get(theirs.destination, "")
                sentence = f"本方填就业地为{here}，对方填{there}（{theirs.days}），请两地核对。"
                yield Finding(SIDES_DIFFER, sentence, (spell.id, theirs.id))


def wages(months: Iterable[Month], line: Decimal | None) -> Iterator[Finding]:
    """Months in post without a wage, and wages above the line beyond which a nought too many is likely."""
    for month in months:
        if not month.is_in_post:
            continue
        if month.wage is None:
            yield Finding(WAGE_MISSING, f"{month.period} 在岗而没有工资，请补填。", (month.id, month.spell))
        elif line is not None and month.wage > line:
            sentence = f"{month.period} 月工资 {month.wage:,} 元，高于核对线 {line:,.0f} 元，请核对。"
            yield Finding(WAGE_HIGH, sentence, (month.id, month.spell))


class InMonth(Protocol):
    """Something of one month. Shape: `period` is `2021-08`."""

    period: str


def stretches[T: InMonth](months: Iterable[T]) -> list[list[T]]:
    """Months in unbroken stretches. Shape: `months` in order."""
    found: list[list[T]] = []
    for month in months:
        if found and _month_number(month.period) - _month_number(found[-1][-1].period) <= 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def _month_number(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:])


class Holding(Protocol):
    """Something that holds from a day to a day or still, both included."""

    valid_from: date
    valid_to: date | None


def days_meet(one: Holding, other: Holding) -> bool:
    """Whether both hold on some day."""
    first, second = sorted((one, other), key=lambda each: each.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to


def days_of(one: Holding) -> str:
    return f"{one.valid_from} 至 {one.valid_to or '今'}"


def age_on(born_on: date, day: date) -> int:
    """Whole years of age; who was born on 29 February is a year older on 1 March. Unit: years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _grouped(spells: Iterable[Spell], key: Callable[[Spell], Hashable]) -> list[Sequence[Spell]]:
    """Groups of at least two, each in order of start."""
    groups: dict[Hashable, list[Spell]] = defaultdict(list)
    for spell in spells:
        groups[key(spell)].append(spell)
    shared = (group for group in groups.values() if len(group) > 1)
    return [sorted(group, key=lambda spell: (spell.started_on, str(spell.id))) for group in shared]
