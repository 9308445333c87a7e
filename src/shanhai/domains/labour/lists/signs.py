"""Signs that somebody is losing work, or has come home for good. Values in, values out."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

IDLE, HOME, UNPAID, TROUBLE, CLUSTER, ORDER_ENDED = (
    "idle", "home", "unpaid", "trouble", "cluster", "order_ended",
)  # fmt: skip


class Level(StrEnum):
    """How grave a sign is."""

    RED = "red"
    YELLOW = "yellow"


@dataclass(frozen=True, slots=True)
class Lines:
    """From where on a sign is one; None where no rule says so, and it is not given.

    Unit: `idle_days`, `home_days`, `trouble_days`, `cluster_days`, `order_days` in days; `unpaid_months` in
    months; `cluster` in people. `red_times`: so many times the line is grave.
    """

    idle_days: int | None = None
    home_days: int | None = None
    unpaid_months: int | None = None
    trouble_days: int | None = None
    cluster: int | None = None
    cluster_days: int | None = None
    order_days: int | None = None
    red_times: int = 2

    def level(self, number: int, line: int) -> Level:
        return Level.RED if number >= line * self.red_times else Level.YELLOW


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign. `since`: from when on it counts as handled what was done."""

    code: str
    who: Hashable
    level: Level
    since: date
    number: int
    #: Names an employer where the sign is about one.
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One spell. Shape: `employer` is a key or a name, the same for one employer."""

    who: Hashable
    employer: Hashable
    name: str
    started_on: date
    ended_on: date | None

    def runs_on(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or self.ended_on >= day)


def at_work(spells: Iterable[Work], day: date) -> set[Hashable]:
    """Who works on the day: for them signs of being out of work close by themselves."""
    return {one.who for one in spells if one.runs_on(day)}


def last_ends(spells: Iterable[Work], day: date) -> dict[Hashable, Work]:
    """The spell of each that was over last before the day."""
    found: dict[Hashable, Work] = {}
    for one in spells:
        if one.ended_on is None or one.ended_on >= day:
            continue
        known = found.get(one.who)
        if known is None or known.ended_on is None or known.ended_on < one.ended_on:
            found[one.who] = one
    return found


def idle(
    spells: Sequence[Work], returned: Mapping[Hashable, date], day: date, lines: Lines
) -> Iterator[Signal]:
    """Work that ended, and nothing since. Who came home is told as that, where a rule says so."""
    busy = at_work(spells, day)
    for who, spell in last_ends(spells, day).items():
        if who in busy or spell.ended_on is None or lines.idle_days is None:
            continue
        told_as_home = who in returned and lines.home_days is not None
        waited = (day - spell.ended_on).days
        if waited >= lines.idle_days and not told_as_home:
            yield Signal(IDLE, who, lines.level(waited, lines.idle_days), spell.ended_on, waited, spell.name)


def home(returned: Mapping[Hashable, date], busy: set[Hashable], day: date, lines: Lines) -> Iterator[Signal]:
    """Who came home, looks for work and has found none. Shape: `returned` → the last day they came home."""
    for who, since in returned.items():
        waited = (day - since).days
        if lines.home_days is not None and who not in busy and waited >= lines.home_days:
            yield Signal(HOME, who, lines.level(waited, lines.home_days), since, waited)


def unpaid(
    months: Mapping[Hashable, Sequence[bool]], employers: Mapping[Hashable, str], since: date, lines: Lines
) -> Iterator[Signal]:
    """Wages that stopped. Shape: `months` → of the last months in order whether each was paid, as filed."""
    if lines.unpaid_months is None:
        return
    for who, paid in months.items():
        stopped = 0
        for was_paid in reversed(paid):
            if was_paid:
                break
            stopped += 1
        if stopped >= lines.unpaid_months:
            level = lines.level(stopped, lines.unpaid_months)
            yield Signal(UNPAID, who, level, since, stopped, employers.get(who, ""))


def troubles(due: Iterable[tuple[Hashable, date]], day: date, lines: Lines) -> Iterator[Signal]:
    """Troubles that run beyond their last day. Shape: (who, last day)."""
    for who, last in due:
        late = (day - last).days
        if lines.trouble_days is not None and late >= max(1, lines.trouble_days):
            yield Signal(TROUBLE, who, lines.level(late, max(1, lines.trouble_days)), last, late)


def clusters(spells: Sequence[Work], day: date, lines: Lines) -> Iterator[Signal]:
    """Employers that many people left within some days: each of these who has found nothing since."""
    if lines.cluster is None or lines.cluster_days is None:
        return
    first, busy = day - timedelta(days=lines.cluster_days), at_work(spells, day)
    left: dict[Hashable, dict[Hashable, Work]] = {}
    for one in spells:
        if one.ended_on is not None and first <= one.ended_on < day:
            left.setdefault(one.employer, {})[one.who] = one
    for people in left.values():
        if len(people) < lines.cluster:
            continue
        level = lines.level(len(people), lines.cluster)
        for who, spell in people.items():
            if who not in busy and spell.ended_on is not None:
                yield Signal(CLUSTER, who, level, spell.ended_on, len(people), spell.name)


def orders_ended(
    spells: Iterable[Work], last_open: Mapping[Hashable, date], day: date, lines: Lines
) -> Iterator[Signal]:
    """People at work where the last order ended a short time ago. Shape: employer → its last open day."""
    for one in spells:
        ended = last_open.get(one.employer)
        if ended is None or lines.order_days is None or not one.runs_on(day):
            continue
        waited = (day - ended).days
        if 0 < waited <= lines.order_days:
            yield Signal(ORDER_ENDED, one.who, Level.YELLOW, ended, waited, one.name)
