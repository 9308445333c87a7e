"""What the demonstration's agreement binds both sides to, and targets of the years to 2025."""

from collections.abc import Iterator
from decimal import Decimal

from shanhai.domains.funds.models import AidAgreement
from shanhai.kernel import clock, context
from shanhai.kernel.scope import Sharing, Side
from shanhai.registers.seeding import Filed, Seeding

from .models import AgreementTarget, IndicatorTarget

NUMBER = "斗湄协〔2021〕1号"
#: Indicator, who bears it, value, clause. What West is to bring into work is more than its towns were given.
AGREED = (
    ("FUN-1", Side.EAST, 4500, "二（一）"),
    ("ORG-1", Side.EAST, 1, "四（一）"),
    ("ORG-1", Side.WEST, 1, "四（一）"),
    ("LAB-5", Side.WEST, 95, "三（二）"),
    ("LAB-1", Side.WEST, 0, "三（一）"),
)
#: Added to what towns were given of LAB-1.
MORE = 30
#: Later years: each a twentieth more money than the one before.
LATER = (2022, 2023, 2024, 2025)
PLAN = "演示五年规划（2021—2025）"


def seed_agreed(ctx: Seeding) -> None:
    """After the targets of the year."""
    with context.unscoped("演示数据"):
        agreement = AidAgreement.objects.get(number=NUMBER)
        towns = IndicatorTarget.objects.filter(code="LAB-1", year=ctx.today.year, place__isnull=False)
        given = sum(towns.values_list("value", flat=True), Decimal(0))
        unit, partner = ctx.units["dm_coordinator"], ctx.units["mt_coordinator"]
        rows = [
            AgreementTarget(
                side=Side.EAST, owner_unit=unit, place=unit.place, sharing=Sharing.JOINT, agreement=agreement,
                code=code, bearing_side=bears, value=Decimal(value) or given + MORE, clause=clause,
                partner_unit=partner,
            )
            for code, bears, value, clause in AGREED
        ]  # fmt: skip
    ctx.file(Filed(row, ctx.today.replace(month=4, day=22)) for row in rows)
    with clock.at(ctx.today.replace(month=4, day=21)), context.unscoped("演示数据"):
        IndicatorTarget.objects.bulk_create(_later(ctx))


def _later(ctx: Seeding) -> Iterator[IndicatorTarget]:
    units = {Side.EAST: ctx.units["dm_finance"], Side.WEST: None}
    for side in Side:
        for number, year in enumerate(LATER, 1):
            value = Decimal(4500) + 225 * number
            yield IndicatorTarget(code="FUN-1", side=side, year=year, value=value, source=PLAN)
            unit = units[side]
            if unit is not None:
                yield IndicatorTarget(code="FUN-1", side=side, year=year, unit=unit, value=value, source=PLAN)
