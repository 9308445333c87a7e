"""Checks along the chain of money, within the scope in force. A fixed number of queries, then the rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from shanhai.engines.findings import Finding
from shanhai.kernel import clock
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State

from . import chain_rules, use_rules
from .lookup import threshold
from .models import (
    AidAgreement,
    Allotment,
    AllotmentLine,
    BudgetItem,
    CarryOver,
    Contract,
    Payment,
    Project,
    ProjectFunding,
    SettlementAudit,
    Stage,
    Threshold,
    TransferReceived,
    TransferSent,
)
from .reports import NOTHING

#: Whose rows findings are about.
OPENED = (AidAgreement, Allotment, TransferReceived, AllotmentLine, Contract, Project)
#: Nothing is asked of these yet, or any more.
NOT_YET = (Stage.PLANNED, Stage.POOLED, Stage.TERMINATED)


def chain_findings(sides: Sequence[str]) -> list[Finding]:
    """Everything found; the county's own rows only for its own side."""
    today = clock.today()
    found = [*chain_rules.check_aid(_aid(), _number(Threshold.Code.YEAR_END_DAYS), today)]
    if Side.WEST not in sides:
        return found
    shares = threshold(Threshold.Code.INDUSTRY_SHARE), threshold(Threshold.Code.MANAGEMENT_SHARE)
    return [
        *found,
        *use_rules.check_uses(_uses(), *shares),
        *use_rules.check_receipts(_receipts(), _number(Threshold.Code.ALLOT_DAYS), today),
        *use_rules.check_lines(_lines(), _number(Threshold.Code.UNSPENT_MONTHS), today),
        *use_rules.check_contracts(_settled()),
        *use_rules.check_links(_outside(), _unfunded()),
    ]


def rows_of(found: Iterable[Finding]) -> dict[Any, Any]:
    """Rows that findings are about, by key."""
    wanted = {pk for one in found for pk in one.rows}
    rows: dict[Any, Any] = {}
    for model in OPENED:
        rows |= model.objects.filter(pk__in=wanted).select_related("owner_unit").in_bulk()
    return rows


def _number(code: Threshold.Code) -> int | None:
    value = threshold(code)
    return None if value is None else int(value)


def _aid() -> Iterator[chain_rules.Aid]:
    confirmed = AidAgreement.objects.filter(state=State.VERIFIED).order_by("signed_on")
    rows: dict[str, list[Any]] = defaultdict(list)
    agreed: dict[str, Decimal] = defaultdict(Decimal)
    for pk, period, amount in confirmed.values_list("pk", "period", "amount"):
        rows[period].append(pk)
        agreed[period] += amount
    received = _sums(TransferReceived.objects.reported().filter(side=Side.WEST), "period")
    sent = _sums(TransferSent.objects.reported(), "budget_item")
    plans: dict[str, list[chain_rules.Plan]] = defaultdict(list)
    for one in BudgetItem.objects.reported():
        plan = chain_rules.Plan(one.amount, sent.get(one.pk, NOTHING), one.passed_on, one.planned_on)
        plans[one.period].append(plan)
    for period in sorted(rows):
        came = received.get(period, NOTHING)
        yield chain_rules.Aid(int(period), agreed[period], came, tuple(plans[period]), tuple(rows[period]))


def _sums(rows: Any, name: str, amount: str = "amount") -> dict[Any, Decimal]:
    sums = rows.order_by().values(name).annotate(found=Sum(amount))
    return dict(sums.values_list(name, "found"))


def _uses() -> Iterator[use_rules.Uses]:
    by_use: dict[str, dict[str, Decimal]] = defaultdict(dict)
    rows: dict[str, dict[Any, None]] = defaultdict(dict)
    lines = AllotmentLine.objects.reported().order_by("allotment__issued_on", "code")
    for period, use, amount, allotment in lines.values_list("period", "use", "amount", "allotment"):
        by_use[period][use] = by_use[period].get(use, NOTHING) + amount
        rows[period][allotment] = None
    seen = set(Allotment.objects.values_list("pk", flat=True))
    for period, found in sorted(by_use.items()):
        if shown := tuple(pk for pk in rows[period] if pk in seen):
            yield use_rules.Uses(int(period), found, shown)


def _receipts() -> Iterator[use_rules.Receipt]:
    allotted = _sums(AllotmentLine.objects.live(), "received")
    for one in TransferReceived.objects.reported().filter(side=Side.WEST).order_by("received_on"):
        yield use_rules.Receipt(one.pk, one.amount, allotted.get(one.pk, NOTHING), one.received_on)


def _lines() -> Iterator[use_rules.Line]:
    paid = _sums(Payment.objects.reported(), "project")
    shares: dict[Any, list[use_rules.Share]] = defaultdict(list)
    fundings = ProjectFunding.objects.live().order_by("pk").values_list("project", "line", "amount")
    for project, line, amount in fundings:
        shares[project].append(use_rules.Share(line, amount))
    spent = use_rules.spent_by_line((paid.get(key, NOTHING), own) for key, own in shares.items())
    returned = _sums(CarryOver.objects.live(), "line", "returned")
    for one in AllotmentLine.objects.reported().select_related("allotment").order_by("code"):
        yield use_rules.Line(
            one.pk,
            one.amount,
            spent.get(one.pk, NOTHING),
            returned.get(one.pk, NOTHING),
            one.allotment.issued_on,
        )


def _settled() -> Iterator[tuple[Any, Decimal, Decimal]]:
    audits = _sums(SettlementAudit.objects.reported(), "contract")
    paid = _sums(Payment.objects.live().filter(contract__in=audits), "contract")
    for one in Contract.objects.filter(pk__in=audits).order_by("number"):
        yield one.pk, paid.get(one.pk, NOTHING), audits[one.pk]


def _outside() -> Iterator[use_rules.Outside]:
    rows = Payment.objects.live().filter(contract=None).order_by().values("project")
    sums = {one["project"]: one for one in rows.annotate(number=Count("id"), amount=Sum("amount"))}
    for pk in Project.objects.filter(pk__in=sums).order_by("code").values_list("pk", flat=True):
        yield use_rules.Outside(pk, sums[pk]["number"], sums[pk]["amount"])


def _unfunded() -> Iterator[tuple[Any, Decimal]]:
    funded = _sums(ProjectFunding.objects.live(), "project")
    projects = Project.objects.reported().exclude(stage__in=NOT_YET).order_by("code")
    for pk, budget in projects.values_list("pk", "budget"):
        left = budget - funded.get(pk, NOTHING)
        if left > 0:
            yield pk, left
