"""资金对账 and 资金链核查 on the page, as Excel and Word."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import Drawn, answer_file, draw_table, files_of
from shanhai.web.checks import Checks, Found, Named, render_checks

from . import chain_reports, chain_rules, use_rules
from .models import TransferReceived
from .reconciling import asked_year, books_of, require_reader
from .reconciling_papers import paper_of

LEDGER = TransferReceived.ledger_key()
LABELS = {
    chain_rules.BUDGET_SHORT: gettext_lazy("预算安排低于协议"),
    chain_rules.PLAN_SHORT: gettext_lazy("拨付计划赶不上协议"),
    chain_rules.YEAR_END: gettext_lazy("临近年底未足额到账"),
    chain_rules.YEAR_OVER: gettext_lazy("年度结束未足额到账"),
    use_rules.INDUSTRY_LOW: gettext_lazy("产业发展资金占比过低"),
    use_rules.MANAGEMENT_HIGH: gettext_lazy("项目管理费超限"),
    use_rules.NOT_ALLOTTED: gettext_lazy("到账未及时下达"),
    use_rules.UNSPENT: gettext_lazy("结余到期应收回"),
    use_rules.OVER_SETTLED: gettext_lazy("拨付超过结算审定"),
    use_rules.NO_CONTRACT: gettext_lazy("拨付没有挂合同"),
    use_rules.NO_FUNDING: gettext_lazy("项目没有写明资金来源"),
}


@require_GET
def reconciliation(request: HttpRequest) -> HttpResponseBase:
    """`?period=`; `?format=xlsx` or `docx`: a file. Errors: NotVisible, NotAllowed."""
    actor = actor_of(request)
    require_reader(actor)
    text = request.GET.get("period", "")
    try:
        books = books_of(asked_year(text))
    except RuleViolated as refused:
        shown = {"title": _("资金对账"), "crumbs": [], "actions": [], "sections": [], "asked": [_field(text)]}
        shown["notices"] = [{"kind": "late", "text": str(refused)}]
        return render(request, "kernel/report.html", shown, status=422)
    paper = paper_of(books)
    if (file := answer_file(request, paper, actor, LEDGER)) is not None:
        return file
    period = str(books.year)
    context = {
        "title": paper.title,
        "sub": _("%(number)s 笔没有对上") % {"number": len(books.open)},
        "crumbs": [],
        "actions": files_of(request, {"period": period}, actor.allows(Verb.EXPORT, LEDGER)),
        "notices": [{"kind": "late" if books.open else "", "text": paper.note}],
        "asked": [_field(period)],
        "hidden": {},
        "sections": [
            {"title": one.title, "note": one.note, "table": draw_table(one), "empty": _("没有可列的内容。")}
            for one in paper.tables
        ],
    }
    return render(request, "kernel/report.html", context)


def _field(value: str) -> Drawn:
    return {
        "name": "period",
        "id": "period",
        "label": _("年度"),
        "kind": "text",
        "value": value,
        "errors": [],
    }


def _find(actor: Actor) -> list[Found]:
    found = chain_reports.chain_findings(sorted(actor.sides))
    rows = chain_reports.rows_of(found)
    told = []
    for one in found:
        main, *others = (rows[pk] for pk in one.rows)
        named = [Named(row.ledger_key(), row.pk, str(row)) for row in (main, *others)]
        unit: Any = main.owner_unit
        told.append(Found(one.code, one.sentence, named[0], str(unit.pk), str(unit), tuple(named[1:])))
    return told


CHECKS = Checks(
    title=gettext_lazy("资金链核查"),
    note=gettext_lazy("从协议到收回，按现有台账和当日有效的规定实时核查；处理后再打开本页即消除。"),
    labels=LABELS,
    ledger=LEDGER,
    find=_find,
)


@require_GET
def chain_checks(request: HttpRequest) -> HttpResponseBase:
    """Findings along the chain, in the rows the reader may see."""
    return render_checks(request, CHECKS)
