"""Demonstration visits 演示 of both counties to the employers who have most workers."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Body
from shanhai.registers.seeding import Filed, Seeding, morning

from .models import EmployerVisit

FIRST = date(2021, 3, 16)
VISITED = 24
DEMANDS = (
    "演示：希望再招熟练工",
    "演示：咨询吸纳就业补贴怎样申领",
    "演示：反映宿舍紧张",
    "",
)


def seed_visits(ctx: Seeding) -> None:
    for side, unit in ((Side.WEST, "mt_labour"), (Side.EAST, "dm_labour")):
        ctx.file(_visits(ctx, side, unit))


def _visits(ctx: Seeding, side: Side, unit: str) -> Iterator[Filed]:
    actor = ctx.reporter(ctx.units[unit])
    with ctx.acting(actor, morning(FIRST)):
        spells = EmploymentSpell.objects.filter(side=side, employer__isnull=False, ended_on__isnull=True)
        counted = Counter(spells.values_list("employer", flat=True))
        bodies = Body.objects.in_bulk(list(counted))
    largest = sorted(counted.items(), key=lambda pair: (-pair[1], str(bodies[pair[0]]), str(pair[0])))
    for place, (key, workers) in enumerate(largest[: ctx.count(VISITED, 4)]):
        day = FIRST + timedelta(days=7 * place)
        row = EmployerVisit(
            side=side,
            owner_unit=ctx.units[unit],
            place=ctx.units[unit].place,
            firm=bodies[key],
            visited_on=day,
            way=EmployerVisit.Way.PHONE if place % 3 == 2 else EmployerVisit.Way.ON_SITE,  # noqa: PLR2004
            visitor="演示走访员",
            worker_count=workers,
            demand=DEMANDS[place % len(DEMANDS)],
        )
        yield Filed(row, day)
