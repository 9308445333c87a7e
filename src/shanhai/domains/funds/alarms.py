"""Alarms as they run: rows of the reader's scope into values, the rules over them. Fixed queries."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Sum

from shanhai.engines.findings import Finding
from shanhai.kernel import clock
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State

from . import alarm_rules, rules
from .lookup import threshold
from .models import (
    BenefitLink,
    Contract,
    Payment,
    ProgressBar,
    Project,
    ProjectCondition,
    ProjectMove,
    Stage,
    Threshold,
    TransferReceived,
)
from .progress_ledgers import PAID

#: Stages from the start of work on, without the side ones.
BEGUN = (Stage.STARTED, Stage.BUILDING, Stage.COMPLETED)
DONE = (Stage.ACCEPTED, Stage.AUDITED, Stage.TITLED, Stage.HANDED_OVER)
WAITING = (Payment.Kind.ACCEPTANCE, Payment.Kind.RETENTION)
#: Ways of awarding below the limit.
UNTENDERED = (Contract.Tender.INQUIRY, Contract.Tender.DIRECT)


def alarms() -> list[Finding]:
    """Everything the rules find, jobs first."""
    today = clock.today()
    limits = limits_in_force(today)
    return [
        *alarm_rules.check_jobs(jobs(), limits, today),
        *alarm_rules.check_contracts(signed(), limits),
        *alarm_rules.check_money(came(), limits, today),
        *alarm_rules.check_promises(promises(), today),
    ]


def limits_in_force(today: date) -> alarm_rules.Limits:
    bars = [rules.Bar(*row) for row in ProgressBar.objects.values_list("year", "month", "percent")]
    bar = rules.bar_in_force(bars, today)
    days, months = threshold(Threshold.Code.SPLIT_DAYS), threshold(Threshold.Code.IDLE_MONTHS)
    used = Payment.objects.live().order_by().values("project__period").annotate(total=Sum("amount"))
    return alarm_rules.Limits(
        bar=bar.percent.normalize() if bar else None,
        bar_share=_plain(threshold(Threshold.Code.BAR_SHARE)),
        tender_limit=threshold(Threshold.Code.TENDER_LIMIT),
        split_days=None if days is None else int(days),
        idle_months=None if months is None else int(months),
        used=dict(used.values_list("project__period", "total")),
    )


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize()


def jobs() -> list[alarm_rules.Job]:
    payments: dict[UUID, list[alarm_rules.Paid]] = defaultdict(list)
    rows = Payment.objects.live().order_by("paid_on", "id")
    for key, pk, day, amount, kind in rows.values_list("project_id", "pk", "paid_on", "amount", "kind"):
        payments[key].append(alarm_rules.Paid(pk, day, amount, kind in WAITING))
    accepted: dict[UUID, date] = dict(
        ProjectMove.objects.filter(to_stage=Stage.ACCEPTED)
        .order_by()
        .values("project")
        .annotate(day=Max("moved_on"))
        .values_list("project", "day")
    )
    ready: dict[UUID, set[str]] = defaultdict(set)
    for key, kind in ProjectCondition.objects.reported().order_by().values_list("project_id", "kind"):
        ready[key].add(kind)
    linked = BenefitLink.objects.live().order_by().values("project").annotate(number=Count("id"))
    links: dict[UUID, int] = dict(linked.values_list("project", "number"))
    projects = Project.objects.live().exclude(stage__in=(Stage.SUSPENDED, Stage.TERMINATED)).order_by("code")
    return [
        alarm_rules.Job(
            id=one.pk,
            year=int(one.period or 0),
            budget=one.budget,
            payments=tuple(payments[one.pk]),
            is_begun=one.stage in BEGUN,
            is_accepted=one.stage in DONE,
            accepted_on=accepted.get(one.pk) if one.stage in DONE else None,
            is_industry=one.kind == Project.Kind.INDUSTRY,
            missing=tuple(str(kind.label) for kind in ProjectCondition.Kind if kind not in ready[one.pk]),
            links=links.get(one.pk, 0),
        )
        for one in projects
    ]


def signed() -> list[alarm_rules.Signed]:
    rows = Contract.objects.live().filter(tender__in=UNTENDERED).order_by("signed_on", "id")
    return [
        alarm_rules.Signed(pk, amount, day, (("project", project), ("payee", payee)))
        for pk, amount, day, project, payee in rows.values_list(
            "pk", "amount", "signed_on", "project_id", "payee"
        )
    ]


def came() -> list[alarm_rules.Came]:
    """As the west received it."""
    rows = TransferReceived.objects.live().filter(side=Side.WEST)
    return [alarm_rules.Came(*row) for row in rows.values_list("pk", "period", "amount", "received_on")]


def promises() -> list[alarm_rules.Promise]:
    rows: Any = BenefitLink.objects.filter(state=State.VERIFIED).annotate(paid=PAID).order_by("due_on", "id")
    return [alarm_rules.Promise(*row) for row in rows.values_list("pk", "promised", "paid", "due_on")]
