"""资金拨付支出月报: what was paid for each project in a month, in the year, in all; cells open rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.workflow import State
from shanhai.registers.papers import Paper, PaperRow, PaperTable, issuer_of

from . import rules
from .models import Payment, ProgressBar, Project

TENTH = Decimal("0.1")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One project in the month. Unit: yuan."""

    project: Project
    month: Decimal
    number: int
    year: Decimal
    all: Decimal

    @property
    def rate(self) -> Decimal:
        budget: Decimal = self.project.budget
        return (self.all * 100 / budget).quantize(TENTH)


def month_asked(text: str) -> Period:
    """The month asked for; this month without. Errors: RuleViolated."""
    try:
        found = Period.parse(text) if text else Period.of(clock.today(), PeriodKind.MONTH)
    except PeriodError as wrong:
        raise RuleViolated(problems={"month": [str(wrong)]}) from None
    if found.kind is not PeriodKind.MONTH:
        raise RuleViolated(problems={"month": [_("请写成一个月，例如 2021-09。")]})
    return found


def lines_of(month: Period) -> list[Line]:
    """Projects of the year, and others that were paid for in it. Two queries."""
    first, last = date(month.start.year, 1, 1), month.end
    until = Payment.objects.reported().filter(paid_on__lte=last).order_by().values("project")
    of_month, of_year = Q(paid_on__gte=month.start), Q(paid_on__gte=first)
    sums: Mapping[UUID, Any] = {
        one["project"]: one
        for one in until.annotate(
            all=Sum("amount"),
            year=Sum("amount", filter=of_year),
            month=Sum("amount", filter=of_month),
            number=Count("id", filter=of_month),
        )
    }
    paid = [key for key, one in sums.items() if one["year"]]
    rows = Project.objects.reported().filter(Q(period=str(first.year)) | Q(pk__in=paid))
    known: Mapping[str, Any] = defaultdict(lambda: None)
    return [
        Line(
            project,
            (one := sums.get(project.pk, known))["month"] or ZERO,
            one["number"] or 0,
            one["year"] or ZERO,
            one["all"] or ZERO,
        )
        for project in rows.select_related("owner_unit").order_by("owner_unit__path", "code")
    ]


def monthly_paper(actor: Actor, text: str) -> Paper:
    """Errors: NotVisible for who reads no payments; RuleViolated for what is no month."""
    if not all(actor.allows(Verb.VIEW, one.ledger_key()) for one in (Payment, Project)):
        raise NotVisible
    month = month_asked(text)
    columns = [
        SheetColumn("unit", _("项目单位"), Kind.TEXT, width=18),
        SheetColumn("code", _("项目编号"), Kind.TEXT, width=16),
        SheetColumn("name", _("项目名称"), Kind.TEXT, width=32),
        SheetColumn("budget", _("批复预算"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("number", _("本月笔数"), Kind.INTEGER, unit=_("笔"), width=10),
        SheetColumn("month", _("本月拨付"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("year", _("本年累计拨付"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("all", _("开工以来拨付"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("rate", _("拨付率"), Kind.DECIMAL, unit="%", width=10),
    ]
    lines = lines_of(month)
    rows = [_row(one, month) for one in lines] + ([_total(lines, month)] if lines else [])
    title = _("%(month)s资金拨付支出月报") % {"month": month.label}
    return Paper(title, _note(month), [PaperTable("", columns, rows)], title, issuer=issuer_of(actor))


def _note(month: Period) -> str:
    said = _("本年的项目和本年有拨付的项目；拨付按拨付日期计，已报、已核的算数。")
    bars = [rules.Bar(*row) for row in ProgressBar.objects.values_list("year", "month", "percent")]
    bar = rules.bar_in_force(bars, month.end)
    if bar is None:
        return said
    told = {"month": bar.month, "percent": f"{bar.percent.normalize():f}"}
    return said + _("支出进度线：%(month)s 月底 %(percent)s%%。") % told


def _row(one: Line, month: Period) -> PaperRow:
    project = one.project
    detail = link(registry.get(Project.ledger_key()), "detail", pk=project.pk)
    key = str(project.pk)
    in_month = _payments(month.start, month.end, key)
    in_all = _payments(None, month.end, key)
    cells = (
        str(project.owner_unit), project.code, project.name, project.budget,
        one.number, one.month, one.year, one.all, one.rate,
    )  # fmt: skip
    in_year = _payments(date(month.start.year, 1, 1), month.end, key)
    urls = ("", "", detail, detail, in_month, in_month, in_year, in_all, in_all)
    return PaperRow(cells, urls)


def _payments(first: date | None, last: date, project: str = "") -> str:
    """The payments that a sum was made of."""
    query = {
        "project": project,
        "paid_on_from": first.isoformat() if first else "",
        "paid_on_to": last.isoformat(),
        "state": [State.SUBMITTED.value, State.VERIFIED.value],
    }
    return with_query(link(registry.get(Payment.ledger_key()), "list"), query)


def _total(lines: list[Line], month: Period) -> PaperRow:
    """Sums of the month and the year open to all their payments; what is older is not added up."""
    number = sum(one.number for one in lines)
    in_month, in_year = (sum((getattr(one, name) for one in lines), ZERO) for name in ("month", "year"))
    opens = _payments(month.start, month.end)
    every = _payments(date(month.start.year, 1, 1), month.end)
    cells = (_("合计"), "", "", None, number, in_month, in_year, None, None)
    return PaperRow(cells, ("", "", "", "", opens, opens, every, "", ""), is_total=True)
