"""Who owes what by when in the demonstration: rules, obligations, nil returns, and what is missing."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import context
from shanhai.kernel.models import Obligation, ObligationRule, ObligationRuleUnit
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Side
from shanhai.registers.parties.models import Unit
from shanhai.registers.seeding import Seeding, morning

F = ObligationRule.Frequency
YEAR_BEGINS, YEAR_ENDS = date(2020, 10, 1), date(2021, 9, 30)
#: Due passed and still neither filed nor declared nil.
LATE, LATE_IN_SMALL = 25, 6
SOURCE = "斗委农组〔2021〕3号 四（三）定期通报；演示规则"


class Owed(NamedTuple):
    """A rule: these units file this ledger so often, so many days after (before) the end of the period."""

    ledger: str
    frequency: F
    due_days: int
    side: Side
    units: tuple[str, ...]
    since: date = YEAR_BEGINS


#: Stands for every town of the side.
TOWNS = ("*",)
FINANCED = ("mt_coordinator", "mt_farming", "mt_industry", "mt_labour", "mt_housing", "mt_education")
OWED = (
    Owed("labour.monthlyfact", F.MONTH, 10, Side.WEST, TOWNS),
    Owed("labour.monthlyfact", F.MONTH, 10, Side.EAST, (*TOWNS, "dm_labour", "dm_fushan")),
    Owed("labour.employmentspell", F.QUARTER, 0, Side.WEST, TOWNS),
    Owed("labour.employmentspell", F.QUARTER, 0, Side.EAST, (*TOWNS, "dm_labour", "dm_fushan")),
    Owed("funds.payment", F.MONTH, 5, Side.WEST, FINANCED),
    Owed("funds.project", F.YEAR, -184, Side.WEST, FINANCED, date(2021, 1, 1)),
    Owed("funds.transferreceived", F.YEAR, 0, Side.WEST, ("mt_finance",)),
    Owed("funds.transferreceived", F.YEAR, 0, Side.EAST, ("dm_finance",)),
    Owed("funds.aidagreement", F.YEAR, -245, Side.WEST, ("mt_coordinator",), date(2021, 1, 1)),
    Owed("funds.aidagreement", F.YEAR, -245, Side.EAST, ("dm_coordinator",), date(2021, 1, 1)),
)
#: Months some units let pass without a word.
FORGOTTEN = {
    "2021-08": (
        "mt_xihe",
        "mt_tiancheng",
        "mt_chaole",
        "mt_shilian",
        "dm_lianzhou",
        "dm_baiteng",
        "dm_doumen",
    ),
    "2021-07": ("mt_chaole", "dm_baiteng"),
}


def leave_unfiled(ctx: Seeding) -> None:
    """Tell the chapters which months units will not have filed."""
    for period, codes in FORGOTTEN.items():
        ctx.unfiled |= {("labour.monthlyfact", code, period) for code in codes}


def seed_duties(ctx: Seeding) -> None:
    """Rules and obligations of the year; what is not filed is declared nil, but for the latest."""
    owed = [obligation for rule in OWED for obligation in _obligations(ctx, rule)]
    filed = _filed()
    missing = [o for o in owed if o.due_on < ctx.today and (o.ledger, o.unit_id, o.period) not in filed]
    missing.sort(key=lambda o: (o.due_on, (o.ledger, o.unit.code, o.period) in ctx.unfiled, o.unit.code))
    late = LATE_IN_SMALL if ctx.is_small else LATE
    for obligation in missing[: max(0, len(missing) - late)]:
        obligation.nil_at = morning(obligation.due_on - timedelta(days=1))
        obligation.nil_by = ctx.reporter(obligation.unit).key
        obligation.nil_reason = "本期没有发生。"
    Obligation.objects.bulk_create(owed)


def _obligations(ctx: Seeding, owed: Owed) -> Iterator[Obligation]:
    rule = ObligationRule.objects.create(
        ledger=owed.ledger,
        side=owed.side,
        frequency=owed.frequency,
        due_days=owed.due_days,
        valid_from=owed.since,
        source=SOURCE,
    )
    units = list(_units(ctx, owed))
    ObligationRuleUnit.objects.bulk_create(ObligationRuleUnit(rule=rule, unit=unit) for unit in units)
    for period in Period.between(owed.since, YEAR_ENDS, PeriodKind(owed.frequency)):
        for unit in units:
            yield Obligation(
                rule=rule,
                ledger=owed.ledger,
                side=owed.side,
                unit=unit,
                period=period.code,
                due_on=period.end + timedelta(days=owed.due_days),
            )


def _units(ctx: Seeding, owed: Owed) -> Iterator[Unit]:
    for unit in ctx.units.values():
        is_town = unit.kind == Unit.Kind.TOWN and unit.side == owed.side
        if unit.code in owed.units or (is_town and "*" in owed.units):
            yield unit


def _filed() -> set[tuple[str, object, str]]:
    """What has been reported: ledger, unit and period."""
    found: set[tuple[str, object, str]] = set()
    for key in {owed.ledger for owed in OWED}:
        with context.unscoped("demonstration duties"):
            rows = registry.get(key).model.objects.filter(state__in=REPORTED_STATES).order_by()
            found |= {(key, *pair) for pair in rows.values_list("owner_unit_id", "period").distinct()}
    return found
