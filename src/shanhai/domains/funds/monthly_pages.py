"""资金拨付支出月报 on the page, as Excel and as Word, and over the API."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from ninja import Query, Router, Schema
from pydantic import Field

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.surfaces.api.doors import on_ledger
from shanhai.kernel.surfaces.api.extending import register_operations
from shanhai.kernel.surfaces.api.naming import named
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import answer_file, draw_table, files_of
from shanhai.registers.papers import file_of
from shanhai.web.boards import field, page, section

from .models import Payment
from .monthly import month_asked, monthly_paper
from .step_pages import may_read

register_page(
    MenuPage("funds", gettext_lazy("资金拨付支出月报"), "funds:monthly", order=92, is_allowed=may_read)
)


@require_GET
def monthly(request: HttpRequest) -> HttpResponse:
    """`?month=2021-09`; `?format=xlsx`, `docx`: to take along."""
    actor, text = actor_of(request), request.GET.get("month", "").strip()
    asked = [field("month", _("月份"), value=text, help=_("例如 2021-09"))]
    try:
        paper = monthly_paper(actor, text)
    except RuleViolated as refused:
        shown = page(_("资金拨付支出月报"), note=str(refused), asked=asked, asked_button=_("查看"))
        return render(request, "web/board.html", shown, status=422)
    if taken := answer_file(request, paper, actor, Payment.ledger_key()):
        return taken
    asked[0]["value"] = month_asked(text).code
    table = paper.tables[0]
    context = page(
        _("资金拨付支出月报"),
        sub=paper.title,
        note=paper.note,
        actions=files_of(request, {"month": text}, actor.allows(Verb.EXPORT, Payment.ledger_key())),
        asked=asked,
        asked_button=_("查看"),
        sections=[section(paper.title, draw_table(table), empty=_("这个月没有项目。"))],
    )
    return render(request, "web/board.html", context)


class MonthAsked(Schema):
    """Which month; this one without."""

    month: str = Field("", description="例如 2021-09")


class MonthFileAsked(MonthAsked):
    """In which form."""

    format: Literal["xlsx", "docx"] = "xlsx"


class MonthlyPaymentsAnswer(Schema):
    """The report. Amounts in yuan."""

    title: str
    note: str
    columns: list[str]
    rows: list[list[Any]]


@register_operations(Payment.ledger_key())
def reporting(router: Router, ledger: Ledger[Any], row: type[Schema]) -> None:
    may, may_export = on_ledger(ledger, Verb.VIEW), on_ledger(ledger, Verb.EXPORT)
    told = named(ledger, "payments_monthly", "资金拨付支出月报")

    @router.get("/monthly/", response=MonthlyPaymentsAnswer, auth=may, **told)
    def read_payments_monthly(request: HttpRequest, asked: Query[MonthAsked]) -> dict[str, Any]:
        paper = monthly_paper(actor_of(request), asked.month)
        table = paper.tables[0]
        return {
            "title": paper.title,
            "note": paper.note,
            "columns": [str(one.label) for one in table.columns],
            "rows": [list(one.cells) for one in table.rows],
        }

    told = named(ledger, "payments_monthly_file", "资金拨付支出月报的 Excel、Word")

    @router.get("/monthly/file/", auth=may_export, **told)
    def read_payments_monthly_file(request: HttpRequest, asked: Query[MonthFileAsked]) -> HttpResponse:
        return file_of(monthly_paper(actor_of(request), asked.month), asked.format)
