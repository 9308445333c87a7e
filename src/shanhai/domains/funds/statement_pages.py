"""流水核对 on the page and as Excel; the same over the API in `statement_operations`."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import Drawn, draw_table
from shanhai.registers.papers import Paper, PaperRow, PaperTable, file_of

from .chain_rules import Fit, Pair
from .reconciling import require_reader
from .statement_books import Checked, check_statement
from .statements import StatementLine


@require_GET
def statement(request: HttpRequest) -> HttpResponse:
    """The form. Errors: NotVisible."""
    require_reader(actor_of(request))
    return _shown(request, [], [])


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """The file held against the books; `format=xlsx`: the list to take along. Errors: NotVisible."""
    actor = actor_of(request)
    require_reader(actor)
    try:
        file = request.FILES.get("file")
        if file is None:
            raise RuleViolated(_("请选择银行或国库的流水文件。"), code="bad_statement")
        checked = check_statement(file.read(), actor)
    except RuleViolated as refused:
        return _shown(request, [{"kind": "late", "text": str(refused)}], [], status=422)
    paper = paper_of(checked, file.name or "")
    if request.POST.get("format") == "xlsx":
        return file_of(paper, "xlsx")
    notices = [{"kind": "late" if checked.left else "ok", "text": paper.note}]
    notices += [{"kind": "late", "text": one} for one in checked.statement.problems]
    sections = [{"title": one.title, "table": draw_table(one)} for one in paper.tables]
    return _shown(request, notices, sections)


def _shown(
    request: HttpRequest, notices: list[Drawn], sections: list[Drawn], status: int = 200
) -> HttpResponse:
    field = {
        "name": "file",
        "id": "file",
        "label": _("流水文件"),
        "kind": "file",
        "required": True,
        "value": "",
        "errors": [],
        "help": _("MT940 文本，或 Excel、CSV：交易日期、收入、支出（或金额加借贷标志）、凭证号、摘要。"),
    }
    context = {
        "title": _("流水核对"),
        "sub": _("只核对，不改动任何记录"),
        "crumbs": [],
        "actions": [],
        "notices": notices,
        "sections": sections,
        "url": reverse("funds:check_statement"),
        "field": field,
    }
    return render(request, "funds/statement.html", context, status=status)


def fit_label(fit: Fit) -> str:
    return {
        Fit.EQUAL: _("一致"),
        Fit.AMOUNT: _("凭证相同，金额不同"),
        Fit.LIKELY: _("金额相同，凭证号不同，请核对"),
        Fit.ONLY_SENT: _("台账有，流水没有"),
        Fit.ONLY_RECEIVED: _("流水有，台账没有"),
    }[fit]


def paper_of(checked: Checked, name: str) -> Paper:
    told = {
        "file": name,
        "lines": len(checked.statement.lines),
        "matched": checked.matched,
        "left": len(checked.left),
    }
    note = _("%(file)s：读入 %(lines)s 行，对上 %(matched)s 笔，没有对上 %(left)s 笔。") % told
    columns = [
        SheetColumn("row", _("文件行"), Kind.INTEGER, width=8),
        SheetColumn("day", _("流水日期"), Kind.DATE),
        SheetColumn("reference", _("流水凭证"), Kind.TEXT, width=18),
        SheetColumn("text", _("摘要"), Kind.LONG_TEXT, width=30),
        SheetColumn("told", _("流水金额"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("voucher", _("台账凭证"), Kind.TEXT, width=18),
        SheetColumn("entered_on", _("台账日期"), Kind.DATE),
        SheetColumn("entered", _("台账金额"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("difference", _("相差"), Kind.MONEY, unit=_("元"), width=16),
        SheetColumn("fit", _("对账结果"), Kind.TEXT, width=24),
    ]
    left, right = _("没有对上的，逐笔"), _("对上的，逐笔")
    groups = [(left, checked.left), (right, [one for one in checked.pairs if one.fit is Fit.EQUAL])]
    tables = [PaperTable(title, columns, [_row(one) for one in pairs]) for title, pairs in groups if pairs]
    sheet = PaperTable(_("流水核对"), columns, [_row(one) for one in (*checked.left, *groups[1][1])])
    return Paper(_("流水核对"), note, tables, _("流水核对"), sheet=sheet)


def _row(pair: Pair) -> PaperRow:
    line: Any = pair.received.id if pair.received else None
    assert line is None or isinstance(line, StatementLine)  # noqa: S101 -- made so
    entered = pair.sent
    cells = (
        line.row if line else None,
        line.day if line else None,
        line.reference if line else "",
        line.text if line else "",
        line.amount if line else None,
        entered.voucher if entered else "",
        entered.day if entered else None,
        entered.amount if entered else None,
        pair.difference or Decimal(0),
        fit_label(pair.fit),
    )
    return PaperRow(cells, ("",) * 5 + (_url(pair), "", "", "", ""))


def _url(pair: Pair) -> str:
    return link(registry.get(pair.sent.level), "detail", pk=pair.sent.id) if pair.sent else ""
