"""Who worked where in the demonstration year, as it truly was; the western side knows all of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.seeding import Seeding

from ..models import Destination, EmploymentSpell, MonthlyFact

START = date(2020, 10, 1)
SPELLS_WEST = 5950
#: Persons with two spells at once.
OVERLAPPING = 24
MONTHS = Period.between(START, date(2021, 9, 30), PeriodKind.MONTH)
DESTINATIONS = (
    (Destination.COUNTY, 21),
    (Destination.PROVINCE, 20),
    (Destination.PAIRED_CITY, 18),
    (Destination.PAIRED_PROVINCE, 23),
    (Destination.ELSEWHERE, 18),
)
POSTS = ("装配工", "质检", "分拣", "操作工", "护理", "叉车", "学徒", "仓管", "装订", "月嫂", "焊工", "保安")
#: Monthly wage by destination. Unit: yuan.
WAGES = {
    Destination.COUNTY: (2400, 4200),
    Destination.PROVINCE: (3000, 5000),
    Destination.PAIRED_CITY: (4200, 7800),
    Destination.PAIRED_PROVINCE: (4200, 7600),
    Destination.ELSEWHERE: (4000, 7200),
}
#: Share of workers who start in each month of the year; more than half were at work before it.
STARTS = (5, 5, 3, 2, 9, 34, 14, 10, 8, 6, 4, 0)


@dataclass
class Career:
    """A spell as it truly was; rows are what units knew of it at the time."""

    person: Person
    spell: EmploymentSpell
    ended_on: date | None
    wage: int
    unit: Unit
    facts: list[MonthlyFact] = field(default_factory=list)


def western_careers(ctx: Seeding) -> Iterator[Career]:
    rng = ctx.random("labour", "west")
    people = [person for person in ctx.people[Side.WEST] if rng.random() < 0.94]  # noqa: PLR2004 -- have worked
    total = ctx.count(SPELLS_WEST)
    firsts = [_first(ctx, rng, person) for person in people][:total]
    left = [career for career in firsts if career.ended_on and career.ended_on < date(2021, 8, 1)]
    again = rng.sample(left, min(total - len(firsts), len(left)))
    seconds = [_next(ctx, rng, career) for career in again]
    for career, before in list(zip(seconds, again, strict=True))[: ctx.count(OVERLAPPING)]:
        career.spell.started_on = max(before.spell.started_on, _ended(before) - timedelta(days=20))
        career.spell.started_on += timedelta(days=1)
    yield from firsts
    yield from seconds


def _ended(career: Career) -> date:
    assert career.ended_on  # noqa: S101 -- only careers that ended are asked
    return career.ended_on


def _first(ctx: Seeding, rng: random.Random, person: Person) -> Career:
    if rng.random() < 0.42:  # noqa: PLR2004 -- at work before the year began
        started_on = START - timedelta(days=rng.randrange(20, 500))
    else:
        month = rng.choices(MONTHS, STARTS)[0]
        started_on = month.start + timedelta(days=rng.randrange(27))
    return _career(ctx, rng, person, started_on)


def _next(ctx: Seeding, rng: random.Random, before: Career) -> Career:
    """New work some weeks after the old."""
    latest = (date(2021, 9, 15) - _ended(before)).days
    return _career(
        ctx, rng, before.person, _ended(before) + timedelta(days=min(rng.randrange(5, 60), latest))
    )


def _career(ctx: Seeding, rng: random.Random, person: Person, started_on: date) -> Career:
    destinations, weights = [place for place, _ in DESTINATIONS], [weight for _, weight in DESTINATIONS]
    destination = rng.choices(destinations, weights)[0]
    low, high = WAGES[destination]
    spell = EmploymentSpell(
        side=person.side,
        owner_unit=person.owner_unit,
        place=person.place,
        person=person,
        post=rng.choice(POSTS),
        destination=destination,
        started_on=started_on,
        has_contract=rng.random() < 0.82,  # noqa: PLR2004 -- share of contracts
        period=_quarter(started_on).code,
        channel=rng.choices(EmploymentSpell.Channel.values, (35, 45, 20))[0],
    )
    spell.is_insured = spell.has_contract and rng.random() < 0.7  # noqa: PLR2004 -- share of insured
    _employ(ctx, rng, spell)
    return Career(person, spell, _end(rng, started_on), rng.randrange(low, high, 50), person.owner_unit)


def _employ(ctx: Seeding, rng: random.Random, spell: EmploymentSpell) -> None:
    """A registered employer near home and in the paired city; elsewhere a name as the worker tells it."""
    bodies = list(ctx.bodies[Side(spell.side)].values())
    if spell.destination == Destination.PAIRED_CITY:
        spell.employer = rng.choice([body for body in bodies if _is_eastern(body)])
    elif spell.destination == Destination.COUNTY:
        spell.employer = rng.choice([body for body in bodies if not _is_eastern(body)])
    else:
        spell.employer_name = f"演示外地{rng.randrange(1, 60)}厂"


def _is_eastern(body: Body) -> bool:
    return bool(body.place and body.place.side == Side.EAST)


def _end(rng: random.Random, started_on: date) -> date | None:
    """A fifth go home before the Spring Festival, some leave at any time, most stay."""
    chance = rng.random()
    if started_on < date(2020, 12, 20) and chance < 0.20:  # noqa: PLR2004
        return date(2021, 1, 12) + timedelta(days=rng.randrange(28))
    if chance < 0.36:  # noqa: PLR2004
        earliest = max(started_on, START) + timedelta(days=25)
        latest = date(2021, 9, 15)
        if earliest < latest:
            return earliest + timedelta(days=rng.randrange((latest - earliest).days))
    return None


def _quarter(day: date) -> Period:
    return Period.of(max(day, START), PeriodKind.QUARTER)
