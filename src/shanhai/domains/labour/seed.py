"""The demonstration year of labour: registrations, spells month by month, and the defects a real year has.

Both sides file: the western towns every worker of theirs, the eastern units those who came.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.seeding import Filed, Seeding

from .models import Destination, EmploymentSpell, MonthlyFact, WorkerRegistration

START = date(2020, 10, 1)
#: When the registers of people are whole and the ledgers open.
OPENING = date(2020, 10, 22)
SPELLS_WEST, SPELLS_EAST = 5950, 1050
#: Persons with two spells at once, filed twice by eastern units, and known to one side only.
OVERLAPPING, FILED_TWICE, EAST_ONLY = 24, 12, 20
#: One of so many eastern workers was forgotten, or filed with other days or another destination.
FORGOTTEN_EVERY, DIFFERENT_EVERY = 25, 45
FILING_EVERY = 7
MONTHS = Period.between(START, date(2021, 9, 30), PeriodKind.MONTH)
DUE_DAY = 10

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
SPRING_FESTIVAL = Period.parse("2021-02")
REASONS = (
    "工资流水与填报金额不符，请核对后重报。",
    "用工单位名称与合同不一致，请按合同填写。",
    "本月已离岗，请补填离岗日期。",
    "缺少劳动合同复印件，请补充。",
)
FACT_REASONS = ("工资流水与填报金额不符，请核对后重报。", "工资填在了另一个月，请核对。")


@dataclass
class Career:
    """A spell as it truly was; rows are what units knew of it at the time."""

    person: Person
    spell: EmploymentSpell
    ended_on: date | None
    wage: int
    unit: Unit
    facts: list[MonthlyFact] = field(default_factory=list)


def seed(ctx: Seeding) -> None:
    """Everything of the chapter, both sides."""
    west = list(_western_careers(ctx))
    east = list(_eastern_careers(ctx, west))
    ctx.file(_registrations(ctx, west + east))
    careers = west + east
    ctx.file(_spells(ctx, careers))
    for month in MONTHS:
        ctx.file(_facts(ctx, careers, month))
        _close(ctx, careers, month)
    _contracts(ctx, careers)


# --- careers -----------------------------------------------------------------------------------------


def _western_careers(ctx: Seeding) -> Iterator[Career]:
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


# --- the eastern side files the same people -----------------------------------------------------------


def _eastern_careers(ctx: Seeding, west: Sequence[Career]) -> Iterator[Career]:
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


# --- what is filed, and when --------------------------------------------------------------------------


def _registrations(ctx: Seeding, careers: Sequence[Career]) -> Iterator[Filed]:
    """One registration per person; the status is what the last visit of the year found."""
    rng = ctx.random("labour", "registrations")
    last = {career.person.pk: career for career in careers}
    for person in (*ctx.people[Side.WEST], *ctx.people[Side.EAST]):
        career = last.get(person.pk)
        registered_on = OPENING - timedelta(days=rng.randrange(8))
        row = WorkerRegistration(
            side=person.side,
            owner_unit=person.owner_unit,
            place=person.place,
            person=person,
            status=_status(rng, career),
            wish=rng.choices(WorkerRegistration.Wish.values, (30, 22, 20, 22, 6))[0],
            education=rng.choices(WorkerRegistration.Education.values, (22, 48, 20, 8, 2))[0],
            skills=rng.choices(
                ("", "初级电工证", "叉车证", "家政培训合格", "粤菜师傅初级"), (70, 8, 8, 8, 6)
            )[0],
            registered_on=registered_on,
            last_contact_on=registered_on,
        )
        yield Filed(row, OPENING + timedelta(days=rng.randrange(1, 5)))


def _status(rng: random.Random, career: Career | None) -> str:
    kinds = WorkerRegistration.Status
    if career is None:
        return rng.choices((kinds.WAITING, kinds.TRAINING, kinds.UNAVAILABLE), (60, 15, 25))[0]
    if career.ended_on is None:
        return kinds.EMPLOYED
    return rng.choices((kinds.UNEMPLOYED, kinds.RETURNED_HOME, kinds.CHANGING), (50, 35, 15))[0]


def _spells(ctx: Seeding, careers: Sequence[Career]) -> Iterator[Filed]:
    rng = ctx.random("labour", "spells")
    for career in careers:
        entered_on = _entered_on(career)
        state, reason = State.VERIFIED, ""
        chance = rng.random()
        if entered_on >= date(2021, 9, 1):
            state = State.VERIFIED if chance < 0.3 else State.SUBMITTED if chance < 0.85 else State.DRAFT  # noqa: PLR2004
        elif entered_on >= date(2021, 7, 1) and chance < 0.08:  # noqa: PLR2004
            state, reason = State.RETURNED, rng.choice(REASONS)
        yield Filed(career.spell, entered_on, state, reason=reason)


def _entered_on(career: Career) -> date:
    """Units file once a week; what was running when the year began, when the ledgers open."""
    known = max(career.spell.started_on, OPENING) + timedelta(days=2)
    return known + timedelta(days=-known.toordinal() % FILING_EVERY)


def _facts(ctx: Seeding, careers: Sequence[Career], month: Period) -> Iterator[Filed]:
    rng = ctx.random("labour", "facts", month.code)
    first, last = month.start, month.end
    days: dict[str, tuple[date, State]] = {}
    for career in careers:
        if career.spell.started_on > last or (career.ended_on and career.ended_on < first):
            continue
        unit = career.unit.code
        if unit not in days:
            days[unit] = _filing_day(ctx, rng, unit, month)
        entered_on, state = days[unit]
        if entered_on > ctx.today or entered_on < _entered_on(career):
            continue
        reason = ""
        if state is State.VERIFIED and month.code >= "2021-07" and rng.random() < 0.006:  # noqa: PLR2004
            state, reason = State.RETURNED, rng.choice(FACT_REASONS)
        yield Filed(_fact(rng, career, month), entered_on, state, reason=reason)


def _filing_day(ctx: Seeding, rng: random.Random, unit: str, month: Period) -> tuple[date, State]:
    """When a unit files a month, and how far the coordinator got with it. After today: not yet filed."""
    never = ctx.today + timedelta(days=1)
    if (MonthlyFact.ledger_key(), unit, month.code) in ctx.unfiled:
        return never, State.DRAFT
    if month.end > ctx.today:
        choice = rng.random()
        if choice < 0.4:  # noqa: PLR2004 -- has not begun
            return never, State.DRAFT
        return ctx.today - timedelta(days=2), State.DRAFT if choice < 0.55 else State.SUBMITTED  # noqa: PLR2004
    is_late = rng.random() < 0.05  # noqa: PLR2004 -- share of months filed after the due day
    day = month.end + timedelta(days=rng.randrange(12, 19) if is_late else rng.randrange(3, DUE_DAY))
    is_pending = month.code == "2021-08" and rng.random() < 0.2  # noqa: PLR2004
    return day, State.SUBMITTED if is_pending else State.VERIFIED


def _fact(rng: random.Random, career: Career, month: Period) -> MonthlyFact:
    spell = career.spell
    is_in_post = not (month == SPRING_FESTIVAL and rng.random() < 0.12)  # noqa: PLR2004 -- home for the festival
    wage: Decimal | None = Decimal(career.wage + 50 * rng.randrange(-3, 4))
    chance = rng.random()
    if chance < 0.006:  # noqa: PLR2004 -- nobody knew the wage
        wage = None
    elif chance < 0.0061 and wage:  # noqa: PLR2004 -- a nought too many
        wage *= 10
    return MonthlyFact(
        side=spell.side,
        owner_unit=spell.owner_unit,
        place=spell.place,
        spell=spell,
        period=month.code,
        is_in_post=is_in_post,
        wage=wage if is_in_post else None,
    )


def _close(ctx: Seeding, careers: Sequence[Career], month: Period) -> None:
    """At the end of each month the units write down who left in it."""
    first, last = month.start, month.end
    leaving: dict[str, list[Any]] = {}
    for career in careers:
        if career.ended_on and first <= career.ended_on <= last and _entered_on(career) <= last:
            career.spell.ended_on = career.ended_on
            leaving.setdefault(career.unit.code, []).append(career.spell)
    for code in sorted(leaving):
        ctx.change(leaving[code], ["ended_on"], min(last + timedelta(days=2), ctx.today), "离岗登记")


def _contracts(ctx: Seeding, careers: Sequence[Career]) -> None:
    """Contracts, payrolls and insurance slips until the demonstration has its papers."""
    rng = ctx.random("labour", "papers")
    bound = [career for career in careers if career.spell.has_contract]
    wanted = max(0, ctx.papers_wanted - len(ctx.papers))
    for career in rng.sample(bound, min(wanted, len(bound))):
        code, label = rng.choices(
            (("contract", "劳动合同"), ("payroll", "工资流水"), ("insurance", "社保证明")), (60, 25, 15)
        )[0]
        spell = career.spell
        lines = (
            label,
            f"人员：{career.person.name}",
            f"用工单位：{spell.employer_label}",
            f"到岗：{spell.started_on}",
        )
        ctx.attach(spell, code, f"{label}-{career.person.name}", lines, _entered_on(career))
