"""资金对账: the two books of a year's transfers, and every link of its chain, within the reader's scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.workflow import State

from .chain_rules import NOTHING, Entry, Fit, Pair, match
from .lookup import threshold
from .models import (
    AidAgreement,
    AllotmentLine,
    BudgetItem,
    CarryOver,
    Contract,
    ContractChange,
    Payment,
    Project,
    ProjectFunding,
    SettlementAudit,
    Threshold,
    TransferReceived,
    TransferSent,
)


@dataclass(frozen=True)
class Books:
    """A year's books. Unit: yuan.

    Shape: `chain` has for each link its name, whose book it is, and the amount; `by_level`, `by_use` what was
    planned, sent, received, allotted by source and by use.
    """

    year: int
    today: date
    transit: int
    pairs: Sequence[Pair]
    chain: Sequence[tuple[str, Decimal]]
    by_level: Mapping[str, Mapping[str, Decimal]]
    by_use: Mapping[str, Mapping[str, Decimal]]

    @property
    def sent(self) -> Decimal:
        return sum((one.sent.amount for one in self.pairs if one.sent), NOTHING)

    @property
    def received(self) -> Decimal:
        return sum((one.received.amount for one in self.pairs if one.received), NOTHING)

    @property
    def open(self) -> list[Pair]:
        """What does not agree to the cent."""
        return [one for one in self.pairs if one.fit is not Fit.EQUAL]


def require_reader(actor: Actor) -> None:
    """Errors: NotVisible."""
    if not actor.allows(Verb.VIEW, TransferReceived.ledger_key()):
        raise NotVisible


def asked_year(text: str) -> int:
    """The year an address names; this one without. Errors: RuleViolated."""
    if not text.strip():
        return clock.today().year
    try:
        period = Period.parse(text.strip())
    except PeriodError as wrong:
        raise RuleViolated(str(wrong), code="bad_period") from None
    if period.kind is not PeriodKind.YEAR:
        raise RuleViolated(_("请按年度填写，例如 2021。"), code="bad_period")
    return period.start.year


def books_of(year: int) -> Books:
    """Within the scope in force. A fixed number of queries."""
    period, found = str(year), threshold(Threshold.Code.TRANSIT_DAYS)
    transit = int(found or 0)
    sent = TransferSent.objects.reported().filter(period=period)
    received = TransferReceived.objects.reported().filter(period=period, side=Side.WEST)
    left = sent.values_list("id", "voucher_number", "amount", "sent_on", "budget_item__source_level")
    came = received.values_list("id", "voucher_number", "amount", "received_on", "source_level")
    items = BudgetItem.objects.reported().filter(period=period)
    lines = AllotmentLine.objects.reported().filter(period=period)
    return Books(
        year,
        clock.today(),
        transit,
        match([Entry(*one) for one in left], [Entry(*one) for one in came], transit),
        _chain(period, items, sent, received, lines),
        {
            "budgeted": _by(items, "source_level"),
            "sent": _by(sent, "budget_item__source_level"),
            "received": _by(received, "source_level"),
            "allotted": _by(lines, "received__source_level"),
        },
        {"budgeted": _by(items, "use"), "allotted": _by(lines, "use")},
    )


def _chain(period: str, items: Any, sent: Any, received: Any, lines: Any) -> list[tuple[str, Decimal]]:
    """Contracts, payments and settlements are those of the year's projects."""
    agreed = AidAgreement.objects.filter(state=State.VERIFIED, period=period)
    of_project = {"project__period": period}
    changes = ContractChange.objects.filter(state=State.VERIFIED, contract__project__period=period)
    settled = SettlementAudit.objects.reported().filter(contract__project__period=period)
    overs = CarryOver.objects.reported().filter(period=period)
    return [
        ("agreed", _sum(agreed)),
        ("budgeted", _sum(items)),
        ("sent", _sum(sent)),
        ("received", _sum(received)),
        ("allotted", _sum(lines)),
        ("projects", _sum(Project.objects.reported().filter(period=period), "budget")),
        ("funded", _sum(ProjectFunding.objects.reported().filter(**of_project))),
        ("contracted", _sum(Contract.objects.reported().filter(**of_project)) + _sum(changes)),
        ("paid", _sum(Payment.objects.reported().filter(**of_project))),
        ("settled", _sum(settled)),
        ("carried", _sum(overs, "carried")),
        ("returned", _sum(overs, "returned")),
    ]


def _sum(rows: Any, amount: str = "amount") -> Decimal:
    return rows.order_by().aggregate(found=Sum(amount))["found"] or NOTHING


def _by(rows: Any, name: str) -> dict[str, Decimal]:
    sums = rows.order_by().values(key=F(name)).annotate(found=Sum("amount"))
    return dict(sums.values_list("key", "found"))
