"""Households, dated categories and certificates of the demonstration. Nobody is in these lists."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Person
from shanhai.registers.seeding import Filed, Seeding

from ..models import Household, HouseholdMember, PersonCategory, SkillCertificate

OPENING = date(2020, 10, 23)
#: Certificates are told of so many people; households have so many members.
CERTIFICATES, HOUSEHOLDS, MEMBERS = 300, 300, 3
OUT_OF_POVERTY = (date(2016, 12, 31), date(2017, 12, 31), date(2018, 12, 31), date(2019, 12, 31))
TRADES = (("电工", "5"), ("叉车司机", ""), ("中式烹调师", "5"), ("家政服务员", "5"), ("焊工", "4"))
RELATIONS = (HouseholdMember.Relation.HEAD, HouseholdMember.Relation.SPOUSE, HouseholdMember.Relation.CHILD)
_BASIS = "演示名单"


def seed_circumstances(ctx: Seeding) -> None:
    """What each side knows of its people; the eastern bureau goes by the lists of the western towns."""
    west = ctx.people[Side.WEST]
    ctx.file(_categories(ctx, [*west, *ctx.people[Side.EAST]]))
    members = ctx.count(HOUSEHOLDS) * MEMBERS
    groups = [west[start : start + MEMBERS] for start in range(0, min(members, len(west)), MEMBERS)]
    households = [_household(number, group[0]) for number, group in enumerate(groups, 1)]
    ctx.file(Filed(row, OPENING) for row in households)
    ctx.file(_members(list(zip(households, groups, strict=True))))
    ctx.file(_certificates(ctx, [*west[: ctx.count(CERTIFICATES)], *ctx.people[Side.EAST][:2]]))


def _whose(person: Person) -> dict[str, Any]:
    return {"side": person.side, "owner_unit": person.owner_unit, "place": person.place}


def _categories(ctx: Seeding, people: list[Person]) -> Iterator[Filed]:
    rng = ctx.random("labour", "categories")
    kinds = PersonCategory.Category
    for person in people:
        held: list[tuple[str, date, date | None]] = []
        if person.category != Person.Category.ORDINARY:
            held.append((kinds.OUT_OF_POVERTY, rng.choice(OUT_OF_POVERTY), None))
        if person.category == Person.Category.MONITORED:
            since = date(2020, rng.randrange(1, 10), 15)
            held.append((rng.choice((kinds.UNSTABLE, kinds.SUDDEN)), since, None))
        elif person.category == Person.Category.OUT_OF_POVERTY and rng.random() < 0.05:  # noqa: PLR2004
            # The risk of an earlier year was taken away.
            held.append((kinds.UNSTABLE, date(2019, 6, 30), date(2020, 6, 30)))
        if person.is_relocated:
            held.append((kinds.RELOCATED, date(2018, 10, 1), None))
        for category, valid_from, valid_to in held:
            row = PersonCategory(
                **_whose(person), sharing=Sharing.PRIVATE, person=person, category=category,
                valid_from=valid_from, valid_to=valid_to, basis=f"{valid_from.year} 年{_BASIS}",
            )  # fmt: skip
            is_new = rng.random() < 0.03  # noqa: PLR2004 -- waits to be verified
            yield Filed(row, OPENING, State.SUBMITTED if is_new else State.VERIFIED)


def _household(number: int, head: Person) -> Household:
    return Household(
        **_whose(head), sharing=Sharing.PRIVATE, code=f"YSH{number:05}", address=f"{number % 9 + 1} 组"
    )


def _members(households: list[tuple[Household, list[Person]]]) -> Iterator[Filed]:
    for household, people in households:
        for person, relation in zip(people, RELATIONS, strict=False):
            row = HouseholdMember(
                side=household.side, owner_unit=household.owner_unit, place=household.place,
                sharing=Sharing.PRIVATE, household=household, person=person, relation=relation,
                valid_from=date(2016, 1, 1),
            )  # fmt: skip
            yield Filed(row, OPENING + timedelta(days=1))


def _certificates(ctx: Seeding, people: list[Person]) -> Iterator[Filed]:
    rng = ctx.random("labour", "certificates")
    for number, person in enumerate(people, 1):
        trade, level = rng.choice(TRADES)
        issued_on = date(2018 + rng.randrange(3), rng.randrange(1, 10), 1 + rng.randrange(27))
        is_operation = trade == "叉车司机"
        row = SkillCertificate(
            **_whose(person),
            person=person,
            kind=SkillCertificate.Kind.OPERATION if is_operation else SkillCertificate.Kind.LEVEL,
            trade=trade,
            level=level,
            number=f"YS{issued_on.year}{number:05}",
            issuer="演示职业技能鉴定中心",
            issued_on=issued_on,
            valid_to=issued_on.replace(year=issued_on.year + 3) if is_operation else None,
        )
        yield Filed(row, OPENING + timedelta(days=2))
