"""Beside a request: what is held on the person, the copy of it, the answer."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.subjects import Held
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import row_link
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.typed import whole_number
from shanhai.kernel.surfaces.views import actor_of

from . import erasing, extracts, request_acts
from .erasures import PersonErasure
from .requests import PersonRequest

Drawn = dict[str, Any]
#: Rows listed one by one of each ledger; the copy has them all.
_SHOWN = 10
_LESS = gettext_lazy("没有全部照办的，写明理由和依据，并告诉本人。")


@register_panel("parties.held", order=8)
def held(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """What is held, each row a link to where it is corrected; the button that has the copy made."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, PersonRequest) or row.side not in actor.sides:
        return None
    url = reverse("parties:request_extract", args=[row.pk]) if extracts.may_extract(row, actor) else ""
    return RailPanel("parties/held.html", {"held": [_held(one, actor) for one in _others(row)], "url": url})


def _others(row: PersonRequest) -> list[Held]:
    return [one for one in extracts.held(row) if one.ledger.key != row.ledger_key()]


def _held(one: Held, actor: Actor) -> Drawn:
    shown = [{"label": row_label(one.ledger, row, actor), "url": row_link(row)} for row in one.rows[:_SHOWN]]
    return {"label": one.ledger.label, "number": len(one.rows), "rows": shown}


@register_panel("parties.erasing", order=9)
def erasing_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Of a request to be erased: what keeps rows and until when, the button, what was done."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, PersonRequest) or row.kind not in erasing.KINDS or row.side not in actor.sides:
        return None
    bars, done = erasing.kept(erasing.of_others(row)), list(row.erasures.all())
    may = erasing.may_erase(row, actor) and erasing.is_left(bars, done)
    shown = {
        "bars": bars,
        "done": [_done(one) for one in done],
        "url": reverse("parties:request_erase", args=[row.pk]) if may else "",
        "act": _("停止处理") if bars else _("删除个人信息"),
    }
    return RailPanel("parties/erasing.html", shown)


def _done(one: PersonErasure) -> str:
    told: Drawn = {name: getattr(one, name) for name in ("rows", "entries", "papers")}
    told["at"] = moment(one.decided_at)
    if one.kind == PersonErasure.Kind.RESTRICTED:
        told |= {"until": one.until, "source": one.source}
        return _("%(at)s 停止处理，只保存到 %(until)s（%(source)s）。") % told
    return _("%(at)s 已删除：%(rows)s 行、%(entries)s 条历史、%(papers)s 份佐证。") % told


@register_panel("parties.answer", order=10)
def answer(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """The form that writes down what came of the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, PersonRequest) or not may_record(ledger, row, actor):
        return None
    options = [("", _("还没有答复")), *PersonRequest.Outcome.choices]
    chosen = [{"value": v, "label": label, "selected": v == row.outcome} for v, label in options]
    day = (row.closed_on or clock.today()).isoformat()
    fields = [
        _field("outcome", _("办理结果"), "select", options=chosen),
        _field("outcome_reason", _("结果说明"), "textarea", value=row.outcome_reason, help=_LESS),
        _field("closed_on", _("答复日期"), "date", value=day),
    ]
    url = reverse("parties:request_close", args=[row.pk])
    return RailPanel("parties/answer.html", {"fields": fields, "url": url, "row_version": row.row_version})


def _field(name: str, label: str, kind: str, **more: Any) -> Drawn:
    return {"name": name, "id": f"answer-{name}", "label": label, "kind": kind, **more}


@require_POST
def request_extract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Has the copy made; leads to the job."""
    actor = actor_of(request)
    found = get_row(extracts.request_ledger(), pk, actor=actor, verb=Verb.UNMASK)
    try:
        job = extracts.start(found, actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect(row_link(found))
    return redirect("job", job.pk)


@require_POST
def request_erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`agreed`: that it cannot be taken back."""
    actor = actor_of(request)
    found = get_row(extracts.request_ledger(), pk, actor=actor, verb=Verb.UNMASK)
    try:
        if not request.POST.get("agreed"):
            raise RuleViolated(_("办理后不能恢复。请先核对，再勾选确认。"), code="not_agreed")
        done = erasing.carry_out(found, actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _done(done))
    return redirect(row_link(found))


@require_POST
def request_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`outcome`, `outcome_reason`, `closed_on`; without an outcome the answer is taken back."""
    actor = actor_of(request)
    sent = request.POST
    address = reverse("parties:personrequest_detail", args=[pk])
    try:
        outcome = sent.get("outcome", "")
        request_acts.close(
            pk,
            outcome=outcome,
            outcome_reason=sent.get("outcome_reason", ""),
            closed_on=_day(sent.get("closed_on", "")) if outcome else None,
            actor=actor,
            row_version=whole_number(sent.get("row_version", "")),
        )
    except (Conflict, RuleViolated) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已登记。"))
    return redirect(address)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise RuleViolated(_("答复日期请写成 2021-09-24。"), code="bad_date") from None
