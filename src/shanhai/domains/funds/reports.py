"""Checks over all funds a reader may see. A fixed number of queries, then the rules."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from shanhai.engines.findings import Finding
from shanhai.kernel import clock
from shanhai.kernel.workflow import State

from . import rules
from .lookup import threshold
from .models import AidAgreement, Payment, ProgressBar, Project, Stage, Threshold, TransferReceived

NOTHING = Decimal(0)
#: Stages in which nothing more is built.
CLOSED = (
    Stage.COMPLETED,
    Stage.ACCEPTED,
    Stage.AUDITED,
    Stage.TITLED,
    Stage.HANDED_OVER,
    Stage.SUSPENDED,
    Stage.TERMINATED,
)


def works() -> list[rules.Work]:
    """Every project within the scope in force, with what is paid for it."""
    paid = dict(
        Payment.objects.live()
        .order_by()
        .values("project")
        .annotate(total=Sum("amount"))
        .values_list("project", "total")
    )
    rows = Project.objects.live().order_by("code")
    return [
        rules.Work(
            id=project.pk,
            name=project.name,
            budget=project.budget,
            paid=paid.get(project.pk, NOTHING),
            progress=project.progress,
            planned_end_on=project.planned_end_on,
            is_open=project.stage not in CLOSED,
        )
        for project in rows
    ]


def years(sides: Sequence[str]) -> list[rules.Year]:
    """The money of each year as rows of these sides tell it; projects and payments are the west's alone.

    Agreements are of both sides, whoever keeps the row, once both have confirmed them.
    """
    confirmed = AidAgreement.objects.filter(state=State.VERIFIED)
    agreed = _by_year(confirmed, "amount")
    received = _by_year(TransferReceived.objects.live().filter(side__in=sides), "amount")
    budgeted = _by_year(Project.objects.live(), "budget")
    paid = dict(
        Payment.objects.live()
        .order_by()
        .values("project__period")
        .annotate(total=Sum("amount"))
        .values_list("project__period", "total")
    )
    rows: dict[str, list[Any]] = defaultdict(list)
    for period, pk in confirmed.order_by("signed_on").values_list("period", "id"):
        rows[period].append(pk)
    return [
        rules.Year(
            year=int(period),
            agreed=agreed[period],
            received=received.get(period, NOTHING),
            budgeted=budgeted.get(period, NOTHING),
            paid=paid.get(period, NOTHING),
            rows=tuple(rows[period]),
        )
        for period in sorted(agreed, reverse=True)
    ]


def _by_year(rows: Any, amount: str) -> dict[str, Decimal]:
    sums = rows.order_by().values("period").annotate(total=Sum(amount))
    return dict(sums.values_list("period", "total"))


def fund_findings(sides: Sequence[str]) -> list[Finding]:
    """Everything that looks wrong, years before projects."""
    today = clock.today()
    bars = [rules.Bar(*row) for row in ProgressBar.objects.values_list("year", "month", "percent")]
    return [
        *rules.check_years(years(sides), bars, threshold(Threshold.Code.BAR_SHARE), today),
        *rules.check_works(works(), threshold(Threshold.Code.PAYMENT_AHEAD), today),
    ]
