"""The demonstration of reconciliation and clearing: a month of each hospital, one not quite the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.registers.parties.models import Body, Unit
from shanhai.registers.seeding import Filed, Seeding, morning

from . import interface, reconciling
from .models import Reconciliation, Settlement

#: The month both hospitals are reconciled for.
MONTH = Period.parse("2021-06")
#: What the second hospital's file says too much of one settlement. Unit: yuan.
TOO_MUCH = Decimal("120.00")


def seed(ctx: Seeding, unit: Unit, hospitals: Sequence[Body]) -> None:
    """After all settlements are made."""
    for number, hospital in enumerate(hospitals):
        _reconcile(ctx, unit, hospital, Decimal(0) if number else TOO_MUCH)


def _reconcile(ctx: Seeding, unit: Unit, hospital: Body, gap: Decimal) -> None:
    """The hospital's statement and file: ours, with a little more in one settlement's cash."""
    row = Reconciliation(
        side=unit.side,
        owner_unit=unit,
        place=unit.place,
        sharing="private",
        hospital=hospital,
        period=_month_with_settlements(hospital),
        told_count=0,
    )
    actor, day = ctx.reporter(unit), _after(row.period)
    with ctx.acting(actor, morning(day)):
        theirs = reconciling.national(reconciling.settlements_of(row))
    if gap and theirs:
        number = min(theirs)
        more = {name: theirs[number][name] + gap for name in _CHANGED}
        theirs[number] = {**theirs[number], **more}
    row.told_count, row.told_fee, row.told_fund, row.told_patient = interface.FileRead(theirs, []).sums()
    ctx.file([Filed(row, day)])
    with ctx.acting(actor, morning(day + timedelta(days=8)), "医院对账文件"):
        content = interface.written(interface.SETTLEMENTS, theirs.values(), str(row), is_csv=True)
        reconciling.compare_file(row.pk, content, actor=actor)


#: An own-paid item more: the sums still agree with each other.
_CHANGED = ("medfee_sumamt", "fulamt_ownpay_amt", "psn_part_amt", "psn_cash_pay")


def _month_with_settlements(hospital: Body) -> str:
    """`MONTH`, or the first with a settlement, where the small demonstration has none then."""
    with context.unscoped("演示数据"):
        days = Settlement.objects.filter(visit__hospital=hospital).order_by("settled_on")
        known = [f"{day:%Y-%m}" for day in days.values_list("settled_on", flat=True)]
    return MONTH.code if MONTH.code in known or not known else known[0]


def _after(month: str) -> date:
    return Period.parse(month).end + timedelta(days=5)
