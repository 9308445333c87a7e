"""清算单: settlement by settlement, where it stands, inquiries; 清算账: accounts and ageing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.evidence.store import require_size
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.kernel.surfaces.typed import amount_typed, whole_number
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.boards import page

from . import clearing, clearing_drawing, disputes
from .clearing_files import clearing_file, compared
from .models import (
    Clearing,
    ClearingStep,
)

Kind = ClearingStep.Kind
#: In which an interface file leaves.
FORMS = ("xlsx", "csv")


def may_read(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, Clearing.ledger_key())


@require_GET
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A clearing for both sides; `?format=xlsx` or `csv`: as an interface file."""
    actor, ledger = actor_of(request), registry.get(Clearing.ledger_key())
    row: Clearing = get_row(ledger, pk, actor=actor)
    if (kind := request.GET.get("format", "")) in FORMS:
        return file_answer(clearing_file(row, is_csv=kind == "csv"), f"{row.number}.{kind}")
    files = [
        {"label": f"{_('清算文件')} {kind.upper()}", "url": f"?format={kind}"} for kind in ("xlsx", "csv")
    ]
    shown = page(
        _("清算单"),
        sub=f"{row.number} · {period_label(row.period)}",
        crumbs=[{"label": str(row), "url": link(ledger, "detail", pk=pk)}],
        actions=[{"label": _("下载"), "icon": "download", "menu": files}],
        figures=clearing_drawing.figures(row),
        sections=clearing_drawing.sections(row, actor),
    )
    return render(request, "web/board.html", shown)


@require_POST
def check_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A clearing file held against the clearing; nothing is written."""
    row = get_row(registry.get(Clearing.ledger_key()), pk, actor=actor_of(request))
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise RuleViolated(_("请选择文件。"), code="bad_interface_file")
        require_size(sent.size or 0)
        found = compared(row, bytes(sent.read()))
    except RuleViolated as refused:
        found = refused.problems.get("", []) or [str(refused)]
    for sentence in found:
        messages.error(request, sentence)
    if not found:
        messages.success(request, _("文件没有错，与清算单逐条相符。"))
    return redirect("insurance:clearing_sheet", pk)


@require_POST
def take_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next step of a clearing."""

    def record(actor: Actor) -> None:
        clearing.take_step(
            pk,
            request.POST.get("kind", ""),
            actor=actor,
            seen=whole_number(request.POST.get("seen", "")),
            day=day_sent(request.POST.get("day", "")),
            reason=request.POST.get("reason", ""),
            from_advance=amount_sent(request.POST.get("from_advance", "") or "0"),
        )

    return answered(request, pk, record)


@require_POST
def raise_dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The insured county asks about a settlement."""
    line, inquiry = _key(request.POST.get("line", "")), request.POST.get("inquiry", "")
    return answered(request, pk, lambda actor: disputes.raise_dispute(pk, line, inquiry, actor=actor))


@require_POST
def answer_dispute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The place of care answers."""

    def record(actor: Actor) -> None:
        refused = amount_sent(request.POST.get("refused_amount", "") or "0")
        key, reply = _key(request.POST.get("dispute", "")), request.POST.get("reply", "")
        disputes.answer_dispute(pk, key, refused_amount=refused, reply=reply, actor=actor)

    return answered(request, pk, record)


def answered(request: HttpRequest, pk: UUID | None, record: Callable[[Actor], Any]) -> HttpResponse:
    try:
        record(actor_of(request))
    except (Conflict, RuleViolated) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已登记。"))
    return redirect("insurance:clearing_sheet", pk) if pk else redirect("insurance:books")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotVisible from None


def day_sent(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RuleViolated(_("日期请写成 2021-09-24。"), code="bad_clearing_step") from None


def amount_sent(text: str) -> Decimal:
    """Errors: RuleViolated for what is no amount, nothing among it."""
    found = amount_typed(text, code="bad_clearing_step")
    if found is None:
        raise RuleViolated(_("金额请填数字，最多两位小数。"), code="bad_clearing_step")
    return found
