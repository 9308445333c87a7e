"""The demonstration of reconciliation and clearing: a month of each hospital, one not quite the same."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.scope import Actor
from shanhai.registers.parties.models import Body, Unit
from shanhai.registers.seeding import Filed, Seeding, morning

from . import bookkeeping, clearing, disputes, interface, reconciling
from .models import AgeingBand, Clearing, ClearingStep, Reconciliation, Settlement, Threshold
from .rules import CENT

Kind = ClearingStep.Kind
SINCE, SOURCE = date(2020, 1, 1), "演示数据（示例数值，非政策原文）"
#: What the insured county pays beforehand. Unit: yuan.
ADVANCE = Decimal(60_000)
ASKED = "演示：请核对床位费天数"

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


def clear(ctx: Seeding, east: Unit, west: Unit) -> None:
    """An advance; a quarter cleared to the end, one with an inquiry, one that waits."""
    _rules()
    actor = ctx.reporter(east)
    with ctx.acting(actor, morning(date(2021, 3, 1)), "预付金"):
        bookkeeping.move_advance(ADVANCE, date(2021, 3, 1), "湄潭县预付 2021 年清算款", actor=actor)
    for month, last in ((3, Kind.COMPLETED), (6, Kind.CONFIRMED), (8, Kind.REQUESTED)):
        period = Period.parse(f"2021-{month:02}")
        day = period.end + timedelta(days=4)
        with ctx.acting(actor, morning(day)):
            has_any = clearing.due_settlements(east.side, period.end)
        if has_any:
            row = Clearing(
                side=east.side,
                owner_unit=east,
                place=east.place,
                number=f"QS{period.code}",
                period=period.code,
            )
            ctx.file([Filed(row, day)])
            _go(ctx, row, day + timedelta(days=8), last, (east, west))


def _rules() -> None:
    with context.unscoped("演示数据"):
        for days in (0, 31, 61, 91):
            AgeingBand.objects.create(since_days=days, valid_from=SINCE, source=SOURCE)
        Threshold.objects.create(code=Threshold.Code.DISPUTE_DAYS, value=10, valid_from=SINCE, source=SOURCE)


def _go(ctx: Seeding, row: Clearing, day: date, last: str, units: tuple[Unit, Unit]) -> None:
    """Step by step, five days between them; where it is confirmed only, there are inquiries before."""
    east, west = (ctx.reporter(unit) for unit in units)
    for seen, kind in enumerate((Kind.REQUESTED, Kind.CONFIRMED, Kind.PAID, Kind.COMPLETED)):
        actor = west if kind in clearing.OF_INSURED else east
        if kind is Kind.CONFIRMED and last == Kind.CONFIRMED:
            _ask(ctx, row, day - timedelta(days=2), (east, west))
        with ctx.acting(actor, morning(day), str(kind.label)):
            spent = Decimal(0)
            if kind is Kind.COMPLETED:
                spent = min(bookkeeping.outstanding(row) / 2, bookkeeping.advance_balance(row.side)).quantize(
                    CENT
                )
            clearing.take_step(row.pk, kind, actor=actor, seen=seen, from_advance=max(spent, Decimal(0)))
        if kind == last:
            return
        day += timedelta(days=5)


def _ask(ctx: Seeding, row: Clearing, day: date, actors: tuple[Actor, Actor]) -> None:
    """Two inquiries where there are two settlements: a hundred yuan is refused, the other one is open."""
    east, west = actors
    with ctx.acting(west, morning(day), "协查"):
        lines = list(row.lines.filter(fund_paid__gt=100).order_by("id")[:2])
        asked = [disputes.raise_dispute(row.pk, one.pk, ASKED, actor=west) for one in lines]
    for one in asked[:1]:
        with ctx.acting(east, morning(day + timedelta(days=1)), "协查答复"):
            amount, told = Decimal(100), "床位费多计一日，核减。"
            disputes.answer_dispute(row.pk, one.pk, refused_amount=amount, reply=told, actor=east)
