"""People and bodies of the demonstration. Nobody bears these names, numbers or telephones."""

import random
from datetime import date, timedelta

from shanhai.kernel.scope import Sharing, Side
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.places.models import Place
from shanhai.registers.seeding import Filed, Seeding

PEOPLE = 5000
SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
CATEGORIES = (("ordinary", 46), ("out_of_poverty", 46), ("monitored", 8))
OLDEST, YOUNGEST = date(1964, 1, 1), date(2003, 6, 30)
#: Serial numbers within one birthday; odd ones are men.
SERIALS = 1000
FIRST_DAY, REGISTERING_DAYS = date(2020, 10, 9), 10


def seed_people(ctx: Seeding) -> None:
    """The western people, household by village, filed by their towns."""
    rng = ctx.random("people")
    towns = _towns_with_villages(ctx)
    weights = [len(villages) for _unit, villages in towns]
    taken: set[tuple[date, int]] = set()
    people = []
    for number in range(1, ctx.count(PEOPLE) + 1):
        unit, villages = rng.choices(towns, weights)[0]
        people.append(_person(rng, number, unit, rng.choice(villages), taken))
    ctx.people[Side.WEST] = people
    ctx.file(
        Filed(person, FIRST_DAY + timedelta(days=number % REGISTERING_DAYS))
        for number, person in enumerate(people)
    )


def _towns_with_villages(ctx: Seeding) -> list[tuple[Unit, list[Place]]]:
    villages: dict[str, list[Place]] = {}
    for place in ctx.places.values():
        if place.level == Place.Level.VILLAGE and place.parent:
            villages.setdefault(place.parent.code, []).append(place)
    towns = [unit for unit in ctx.units.values() if unit.side == Side.WEST and unit.kind == Unit.Kind.TOWN]
    return [(town, villages[town.place.code]) for town in towns if town.place]


def _person(
    rng: random.Random, number: int, unit: Unit, village: Place, taken: set[tuple[date, int]]
) -> Person:
    born_on, serial = _birth(rng, taken)
    name = f"{rng.choice(SURNAMES)}演示{number}"
    codes, weights = [code for code, _ in CATEGORIES], [weight for _, weight in CATEGORIES]
    return Person(
        side=Side.WEST,
        owner_unit=unit,
        place=village,
        sharing=Sharing.PRIVATE,
        name=name,
        identity_number=demo_identity(area=328, born_on=born_on, serial=serial),
        sex=Person.Sex.MALE if serial % 2 else Person.Sex.FEMALE,
        born_on=born_on,
        category=rng.choices(codes, weights)[0],
        is_relocated=rng.random() < 0.07,  # noqa: PLR2004 -- share of relocated people
        phone=f"1540000{number:04}",  # 154 has not been given out to any operator
    )


def _birth(rng: random.Random, taken: set[tuple[date, int]]) -> tuple[date, int]:
    while True:
        days = rng.randrange((YOUNGEST - OLDEST).days)
        birth = OLDEST + timedelta(days=days), rng.randrange(SERIALS)
        if birth not in taken:
            taken.add(birth)
            return birth


#: Kinds of makers and sellers, by which bodies are named: 演示1号电器有限公司.
EASTERN_TRADES = ("电器", "水产食品", "光电", "印刷", "家政服务", "电子", "精密制造", "物流", "服装", "建材")
WESTERN_TRADES = ("茶业", "酒业", "食品", "竹木", "商贸", "建筑", "种植", "养殖", "纺织", "旅游")
BODIES = 40
CREATED = date(2020, 10, 8)
_WESTERN_SERIALS = 500


def seed_bodies(ctx: Seeding) -> None:
    """Employers of both places; each side keeps a row of its own of the eastern ones."""
    towns = [u for u in ctx.units.values() if u.side == Side.EAST and u.place and u.kind == Unit.Kind.TOWN]
    filed = []
    for serial in range(ctx.count(BODIES, least=10)):
        trade = EASTERN_TRADES[serial % len(EASTERN_TRADES)]
        town = towns[serial % len(towns)]
        for unit in (ctx.units["dm_labour"], ctx.units["mt_labour"]):
            filed.append(_body(ctx, unit, serial, f"演示{serial + 1}号{trade}有限公司", town.place))
    western = [u for u in ctx.units.values() if u.side == Side.WEST and u.kind == Unit.Kind.TOWN]
    for serial in range(ctx.count(BODIES, least=10)):
        trade = WESTERN_TRADES[serial % len(WESTERN_TRADES)]
        town = western[serial % len(western)]
        name = f"湄潭演示{serial + 1}号{trade}有限公司"
        filed.append(_body(ctx, ctx.units["mt_labour"], serial + _WESTERN_SERIALS, name, town.place))
    ctx.file(Filed(body, CREATED) for body in filed)


def _body(ctx: Seeding, unit: Unit, serial: int, name: str, place: Place | None) -> Body:
    body = Body(
        side=unit.side,
        owner_unit=unit,
        place=place,
        name=name,
        credit_code=demo_credit_code(serial),
        address=f"{place.name if place else ''}演示路{serial + 1}号",
    )
    ctx.bodies.setdefault(Side(unit.side), {})[body.credit_code] = body
    return body
