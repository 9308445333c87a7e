"""The eastern side files the same people, as far as it knows of them."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.seeding import Filed, Seeding

from ..models import Destination, EmploymentSpell
from .careers import Career

SPELLS_EAST = 1050
#: Persons filed twice by eastern units, and known to one side only.
FILED_TWICE, EAST_ONLY = 12, 20
#: One of so many eastern workers was forgotten, or filed with other days or another destination.
FORGOTTEN_EVERY, DIFFERENT_EVERY = 25, 45


def eastern_careers(ctx: Seeding, west: Sequence[Career]) -> Iterator[Career]:
    rng = ctx.random("labour", "east")
    people: dict[str, Person] = {}
    mirrored = [career for career in west if career.spell.destination == Destination.PAIRED_CITY]
    twice = ctx.count(FILED_TWICE)
    total = ctx.count(SPELLS_EAST) - twice
    known = [career for number, career in enumerate(mirrored, 1) if number % FORGOTTEN_EVERY]
    elsewhere = [career for career in west if career.spell.destination == Destination.ELSEWHERE]
    known = known[: total - ctx.count(EAST_ONLY)]
    known += elsewhere[: total - len(known)]
    found = []
    for number, career in enumerate(known, 1):
        mirror = _mirror(ctx, rng, career, people)
        if number % DIFFERENT_EVERY == 0:
            mirror.spell.started_on += timedelta(days=rng.randrange(2, 12))
        found.append(mirror)
    again = [career for career in found if career.unit.code != "dm_fushan" and not career.ended_on]
    found += [_again(ctx, career) for career in again[:twice]]
    ctx.people[Side.EAST] = list(people.values())
    ctx.file(
        Filed(person, date(2020, 10, 12) + timedelta(days=n % 9)) for n, person in enumerate(people.values())
    )
    yield from found


def _mirror(ctx: Seeding, rng: random.Random, career: Career, people: dict[str, Person]) -> Career:
    """The eastern row of a western worker: same person by number, same employer by credit code."""
    theirs = career.spell
    body = _eastern_employer(ctx, rng, theirs)
    unit = _filing_unit(ctx, rng, body)
    key = career.person.name
    if key not in people:
        people[key] = _same_person(career.person, unit)
    spell = EmploymentSpell(
        side=Side.EAST,
        owner_unit=unit,
        place=body.place,
        person=people[key],
        employer=body,
        post=theirs.post,
        destination=Destination.PAIRED_CITY,
        started_on=theirs.started_on,
        has_contract=theirs.has_contract,
        is_insured=theirs.is_insured,
        channel=theirs.channel,
        period=theirs.period,
    )
    return Career(people[key], spell, career.ended_on, career.wage, unit)


def _eastern_employer(ctx: Seeding, rng: random.Random, theirs: EmploymentSpell) -> Body:
    bodies = ctx.bodies[Side.EAST]
    if theirs.employer and theirs.employer.credit_code in bodies:
        return bodies[theirs.employer.credit_code]
    return rng.choice(list(bodies.values()))


def _filing_unit(ctx: Seeding, rng: random.Random, body: Body) -> Unit:
    """The labour bureau files two in five; else the town or park the employer stands in."""
    chance = rng.random()
    if chance < 0.4:  # noqa: PLR2004
        return ctx.units["dm_labour"]
    if chance < 0.55:  # noqa: PLR2004
        return ctx.units["dm_fushan"]
    towns = (unit for unit in ctx.units.values() if unit.kind == Unit.Kind.TOWN and unit.place == body.place)
    return next(towns)


def _same_person(person: Person, unit: Unit) -> Person:
    return Person(
        side=Side.EAST,
        owner_unit=unit,
        place=person.place,
        sharing=person.sharing,
        name=person.name,
        identity_number=person.identity_number,
        sex=person.sex,
        born_on=person.born_on,
        category=person.category,
        is_relocated=person.is_relocated,
        phone=person.phone,
    )


def _again(ctx: Seeding, career: Career) -> Career:
    """The park files a worker whom the town or the bureau has filed already."""
    unit = ctx.units["dm_fushan"]
    theirs = career.spell
    spell = EmploymentSpell(
        side=Side.EAST,
        owner_unit=unit,
        place=theirs.place,
        person=theirs.person,
        employer=theirs.employer,
        post=theirs.post,
        destination=theirs.destination,
        started_on=theirs.started_on + timedelta(days=3),
        has_contract=theirs.has_contract,
        is_insured=theirs.is_insured,
        channel=theirs.channel,
        period=theirs.period,
    )
    return Career(theirs.person, spell, career.ended_on, career.wage, unit)
