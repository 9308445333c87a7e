"""Who owes what by when in the demonstration: rules, obligations, nil returns, and what is missing."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from shanhai.kernel.models import Obligation, ObligationRule, ObligationRuleUnit
from shanhai.kernel.periods.obligations import ensure_obligations
from shanhai.kernel.periods.states import obligation_states
from shanhai.kernel.scope import Side
from shanhai.registers.parties.models import Unit
from shanhai.registers.seeding import Seeding, morning

F = ObligationRule.Frequency
YEAR_BEGINS = date(2020, 10, 1)
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
    #: Days after the due day when the period is locked.
    lock_days: int | None = None


#: Stands for every town of the side.
TOWNS = ("*",)
FINANCED = ("mt_coordinator", "mt_farming", "mt_industry", "mt_labour", "mt_housing", "mt_education")
OWED = (
    Owed("labour.monthlyfact", F.MONTH, 10, Side.WEST, TOWNS, lock_days=30),
    Owed("labour.monthlyfact", F.MONTH, 10, Side.EAST, (*TOWNS, "dm_labour", "dm_fushan"), lock_days=30),
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
    for owed in OWED:
        _make_rule(ctx, owed)
    ensure_obligations(ctx.today)
    due = Obligation.objects.filter(due_on__lt=ctx.today).select_related("unit")
    states = obligation_states(due)
    missing = [one for one in due if not states[one.pk].is_met]
    forgotten = ctx.unfiled
    missing.sort(
        key=lambda one: ((one.ledger, one.unit.code, one.period) in forgotten, one.due_on, one.unit.code)
    )
    late = LATE_IN_SMALL if ctx.is_small else LATE
    nil = missing[: max(0, len(missing) - late)]
    for obligation in nil:
        obligation.nil_at = morning(obligation.due_on - timedelta(days=1))
        obligation.nil_by = ctx.reporter(obligation.unit).key
        obligation.nil_reason = "本期没有发生。"
    Obligation.objects.bulk_update(nil, ["nil_at", "nil_by", "nil_reason"])


def _make_rule(ctx: Seeding, owed: Owed) -> None:
    rule = ObligationRule.objects.create(
        ledger=owed.ledger,
        side=owed.side,
        frequency=owed.frequency,
        due_days=owed.due_days,
        lock_days=owed.lock_days,
        valid_from=owed.since,
        source=SOURCE,
    )
    ObligationRuleUnit.objects.bulk_create(
        ObligationRuleUnit(rule=rule, unit=unit) for unit in _units(ctx, owed)
    )


def _units(ctx: Seeding, owed: Owed) -> Iterator[Unit]:
    for unit in ctx.units.values():
        is_town = unit.kind == Unit.Kind.TOWN and unit.side == owed.side
        if unit.code in owed.units or (is_town and "*" in owed.units):
            yield unit
