"""银行回盘: the file is taken, or every line that fits nothing is shown with what to do, to take away."""

import io
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanhai.engines import values
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.links import link, row_link
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of

from . import payment_actions
from .models import PaymentList
from .payment_pages import yuan
from .payment_rules import Leftover, Told, Why

Drawn = dict[str, Any]
_BAD = "bad_return"


@require_POST
def take_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a payment list: the file is taken; refused, or with `only=check`, it is shown."""
    actor = actor_of(request)
    get_row(registry.get(PaymentList.ledger_key()), pk, actor=actor, verb=Verb.EDIT)  # before it is read
    address = reverse("benefits:paymentlist_detail", args=[pk])
    told: list[Told] = []
    try:
        file = request.FILES.get("file")
        if file is None:
            raise RuleViolated(_("请选择银行回盘文件。"), code=_BAD)
        told = payment_actions.read_return(file.read())
        if request.POST.get("only") != "check":
            version = whole_number(request.POST.get("row_version", ""))
            total = yuan(request.POST.get("total", ""))
            payment_actions.take_return(
                pk, told=told, name=file.name or "", total=total, actor=actor, row_version=version
            )
            messages.success(request, _("已登记。"))
            return redirect(address)
    except Conflict as refused:
        messages.error(request, str(refused))
        return redirect(address)
    except RuleViolated as refused:
        if not told:
            messages.error(request, str(refused))
            return redirect(address)
        return _shown(request, pk, told, str(refused))
    return _shown(request, pk, told, "")


def _shown(request: HttpRequest, pk: UUID, told: Sequence[Told], refused: str) -> HttpResponse:
    row, left = payment_actions.check_return(pk, told=told, actor=actor_of(request))
    absent = sum(one.why is Why.ABSENT for one in left)
    wrong = len({one.row for one in left if one.row})
    figures = [
        _figure(_("对得上的"), len(told) - wrong, _("文件里的行")),
        _figure(_("对不上的"), wrong, _("要与银行核对")),
        _figure(_("文件里没有的"), absent, _("继续等回盘")),
    ]
    lines = [[one.row, one.number, f"{one.amount}", one.result, one.why] for one in told]
    context = {
        "title": _("回盘核对"),
        "sub": str(row),
        "crumbs": [{"label": row.number, "url": row_link(row)}],
        "actions": [],
        "refused": refused,
        "figures": figures,
        "table": _table(left) if left else None,
        "lines": json.dumps(lines, ensure_ascii=False),
        "download": reverse("benefits:leftovers_xlsx", args=[pk]),
        "back": link(registry.get(PaymentList.ledger_key()), "detail", pk=pk),
    }
    return render(request, "benefits/leftovers.html", context, status=422 if refused else 200)


def _figure(name: str, number: int, note: str) -> Drawn:
    return {"name": name, "value": f"{number:,}", "unit": _("行"), "note": note}


def _table(left: Sequence[Leftover]) -> Drawn:
    labels = (_("申领编号"), _("文件行"), _("文件金额（元）"), _("应为（元）"), _("问题"), _("怎么办"))
    rows = [
        (
            "",
            (
                one.number,
                {"text": str(one.row or ""), "kind": "number"},
                {"text": _money(one.told), "kind": "number"},
                {"text": _money(one.sent), "kind": "number"},
                one.what,
                {"text": one.todo, "kind": "long"},
            ),
        )
        for one in left
    ]
    return table_of(labels, rows)


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"


@require_POST
def leftovers_xlsx(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lines shown, judged anew, as a workbook for the bank."""
    _row, left = payment_actions.check_return(
        pk, told=_sent(request.POST.get("lines", "")), actor=actor_of(request)
    )
    columns = [
        SheetColumn("row", _("文件行"), Kind.INTEGER),
        SheetColumn("number", _("申领编号"), Kind.TEXT, width=20),
        SheetColumn("told", _("文件金额"), Kind.MONEY, unit=_("元")),
        SheetColumn("sent", _("应为"), Kind.MONEY, unit=_("元")),
        SheetColumn("what", _("问题"), Kind.TEXT, width=36),
        SheetColumn("todo", _("怎么办"), Kind.TEXT, width=36),
    ]
    rows: list[Any] = [
        {"row": one.row or None, "number": one.number, "told": one.told, "sent": one.sent,
         "what": one.what, "todo": one.todo}
        for one in left
    ]  # fmt: skip
    out = io.BytesIO()
    write_xlsx(columns, rows, _("回盘核对。只列对不上的和文件里没有的。"), out, title=_("回盘核对"))
    return file_answer(out.getvalue(), "leftovers.xlsx")


def _sent(text: str) -> list[Told]:
    """Errors: RuleViolated for what our own page did not send."""
    try:
        return [
            Told(int(row), str(number), values.yuan(str(amount)), str(result), str(why))
            for row, number, amount, result, why in json.loads(text)
        ]
    except (TypeError, ValueError):
        raise RuleViolated(_("请重新上传回盘文件再核对。"), code=_BAD) from None
