"""Targets of the demonstration year: the sides' from an invented agreement, the towns' by their people."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from shanhai.kernel import clock, context
from shanhai.kernel.scope import Side
from shanhai.registers.places.models import Place
from shanhai.registers.seeding import Seeding

from .models import IndicatorTarget

SOURCE = "演示协议〔2021〕1号"
SPLIT_SOURCE = "演示任务分解表（2021）"
AIMS = {
    Side.WEST: {
        "FUN-1": 4500,
        "FUN-1B": 100,
        "FUN-2": 80,
        "FUN-2B": 36,
        "LAB-1B": 90,
        "LAB-5": 95,
        "OBL-1": 100,
    },
    Side.EAST: {"FUN-1": 4500, "FUN-1B": 100, "LAB-5": 95, "OBL-1": 100},
}
#: What part of its registered people a town is to bring into work, and into lasting work, in per cent.
TOWN_AIMS = {"LAB-1": (85, 100), "LAB-1A": (75, 92)}


def seed_targets(ctx: Seeding) -> None:
    """Targets of 2021, set when the agreement was signed."""
    with clock.at(ctx.today.replace(month=4, day=21)), context.unscoped("演示数据"):
        IndicatorTarget.objects.bulk_create([*_sides(ctx), *_towns(ctx)])


def _sides(ctx: Seeding) -> Iterator[IndicatorTarget]:
    for side, aims in AIMS.items():
        for code, aim in aims.items():
            yield _target(ctx, code, side, Decimal(aim), SOURCE)


def _towns(ctx: Seeding) -> Iterator[IndicatorTarget]:
    """Each town's share, and the side's target as their sum."""
    people = _people_by_town(ctx)
    for code, (least, most) in TOWN_AIMS.items():
        chance, total = ctx.random("targets", code), Decimal(0)
        for town in sorted(people, key=lambda one: one.code):
            aim = Decimal(people[town] * chance.randint(least, most) // 100)
            total += aim
            yield _target(ctx, code, Side.WEST, aim, SPLIT_SOURCE, place=town)
        yield _target(ctx, code, Side.WEST, total, SOURCE)


def _people_by_town(ctx: Seeding) -> Counter[Place]:
    towns = {place.path: place for place in ctx.places.values() if place.level == Place.Level.TOWN}
    paths = {place.pk: place.path for place in ctx.places.values()}
    found: Counter[Place] = Counter()
    for person in ctx.people[Side.WEST]:
        path = paths[person.place_id] if person.place_id else ""
        town = towns.get(path) or towns.get(path.rpartition(".")[0])
        if town is not None:
            found[town] += 1
    return found


def _target(
    ctx: Seeding, code: str, side: Side, aim: Decimal, source: str, *, place: Place | None = None
) -> IndicatorTarget:
    return IndicatorTarget(code=code, side=side, place=place, year=ctx.today.year, value=aim, source=source)
