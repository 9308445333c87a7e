"""What a year asks of the two governments, and what is missing. Days in, findings out."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shanhai.engines.findings import Finding

HEADS_STAYED, NO_MEETING, UNSIGNED = "heads_stayed", "no_county_meeting", "minutes_unsigned"
#: Codes of the dated rules.
HEAD_VISITS, COUNTY_MEETINGS, SIGN_DAYS, NOTICE_DAYS = (
    "head_visits",
    "county_meetings",
    "sign_days",
    "notice_days",
)
#: Whose visit in person counts as one by the head of party or government.
HEADS = frozenset({"secretary", "governor"})


@dataclass(frozen=True, slots=True)
class Meeting:
    """Shape: `is_signed` by both sides."""

    id: Hashable
    name: str
    held_on: date
    is_county: bool
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """A delegation of one side."""

    id: Hashable
    begins_on: date
    rank: str
    is_in_person: bool

    @property
    def counts(self) -> bool:
        return self.is_in_person and self.rank in HEADS


@dataclass(frozen=True, slots=True)
class Year:
    """What a side did in a year. Shape: `limits` code → number in force on the last day asked of it."""

    year: int
    visits: Sequence[Visit]
    meetings: Sequence[Meeting]
    limits: Mapping[str, int]


def certain_on(year: int) -> date:
    """The day from which a year's shortfall can no longer be made good: the first of the next."""
    return date(year + 1, 1, 1)


def check_year(found: Year, today: date) -> Iterator[Finding]:
    """What the year lacks: told when it is certain, and in the notice before.

    Shape: findings about the year have no rows; about minutes, their meeting.
    """
    if found.year <= today.year:
        yield from _lacking(found, today)
    yield from _unsigned(found, today)


def _lacking(found: Year, today: date) -> Iterator[Finding]:
    done = {
        HEAD_VISITS: sum(one.counts for one in found.visits if one.begins_on.year == found.year),
        COUNTY_MEETINGS: sum(one.is_county and one.held_on.year == found.year for one in found.meetings),
    }
    told = {
        HEAD_VISITS: (HEADS_STAYED, "党政主要负责同志实地互访"),
        COUNTY_MEETINGS: (NO_MEETING, "县级联席会议"),
    }
    last = certain_on(found.year)
    begins = last - timedelta(days=found.limits.get(NOTICE_DAYS, 0))
    for code, number in done.items():
        least = found.limits.get(code)
        if least is None or number >= least or today < begins:
            continue
        name, what = told[code]
        so_far = f"{found.year} 年{what} {number} 次，要求至少 {least} 次"
        if today >= last:
            yield Finding(name, f"{so_far}，{last} 起已成定局，没有达到。", ())
        else:
            yield Finding(
                name,
                f"{so_far}，还差 {least - number} 次，{last} 起成为未达到，还有 {(last - today).days} 天。",
                (),
            )


def _unsigned(found: Year, today: date) -> Iterator[Finding]:
    days = found.limits.get(SIGN_DAYS)
    if days is None:
        return
    for one in found.meetings:
        due = one.held_on + timedelta(days=days)
        if not one.is_signed and today > due and one.held_on.year == found.year:
            yield Finding(
                UNSIGNED,
                f"{one.held_on} 召开，{due} 前应由双方签认，已过 {(today - due).days} 天。",
                (one.id,),
            )


def check_years(years: Iterable[Year], today: date) -> list[Finding]:
    """Newest year first."""
    ordered = sorted(years, key=lambda one: -one.year)
    return [finding for one in ordered for finding in check_year(one, today)]
