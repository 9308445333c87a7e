"""The pages of a bulk action: choose values where needed, see what will happen, confirm."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.evidence.attach import class_choices
from shanhai.kernel.evidence.kinds import accepted
from shanhai.kernel.evidence.many import MOST_PAPERS
from shanhai.kernel.evidence.store import MEGABYTE, limit
from shanhai.kernel.jobs.models import Job
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor

from . import bulk_jobs
from .bulk_act import Act
from .bulk_plan import Plan
from .bulk_request import BulkRequest
from .customs import column_named
from .display import state_badge, text_of, text_of_value
from .fields import resolve
from .links import link
from .respond import respond, see_other

Drawn = dict[str, Any]

_TEMPLATE = "kernel/bulk.html"
#: Rows listed one by one; of more the sentences and numbers tell.
SHOWN_ROWS = 200


@require_POST
def bulk(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """Shows what will happen, row by row; with `confirmed` equal to the digest of that, does it."""
    asked = BulkRequest(request, ledger)
    asked.require_granted()
    try:
        if asked.is_handover and asked.unit is None:
            return _choose_unit(asked)
        if asked.is_attaching and "category" not in request.POST:
            return _choose_papers(asked)
        if asked.is_editing and (not asked.fields or asked.has_unreadable_values):
            return _choose_values(asked, status=422 if asked.fields else 200)
        if asked.selection.is_matching and bulk_jobs.is_too_many(asked.listing):
            return see_other(link(ledger, "bulk_job", pk=bulk_jobs.start_plan(asked.listing, asked.act).pk))
        return _confirm_or_do(asked)
    except RuleViolated as refused:
        return _show(asked, None, "", str(refused), status=refused.status)


def _confirm_or_do(asked: BulkRequest) -> HttpResponse:
    act, confirmed = asked.act, asked.request.POST.get("confirmed")
    plan = act.plan(asked.selection.rows(asked.listing))
    digest = plan.digest(act.verb, act.told)
    if confirmed is None:
        return _show(asked, plan, digest)
    if confirmed != digest:
        told = _("选中的记录刚有变化，请再看一遍。")
        return _show(asked, plan, digest, told, status=409)
    if not plan.number:
        return _show(asked, plan, digest, _("没有可以办理的记录。"), status=422)
    if act.needs_reason and not act.reason:
        told = _("%(step)s必须写明原因。") % {"step": act.label}
        return _show(asked, plan, digest, told, status=422)
    done = act.apply(plan.rows)
    messages.success(asked.request, _done(asked, plan, done))
    return see_other(asked.address)


@require_http_methods(["GET", "POST"])
def bulk_job(request: HttpRequest, ledger: Ledger[Any], pk: UUID) -> HttpResponse:
    """What a job found of many rows, to be confirmed; until it has, how far it is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    plan = bulk_jobs.plan_of(ledger, pk, actor)
    if plan.state != Job.State.DONE:
        return see_other(reverse("job", args=[plan.pk]))
    if request.method == "GET":
        return _show_found(request, ledger, plan)
    reason = request.POST.get("reason", "").strip()
    try:
        doing = bulk_jobs.start(plan, request.POST.get("confirmed", ""), reason, actor=actor)
    except (Conflict, RuleViolated) as refused:
        return _show_found(request, ledger, plan, str(refused), status=refused.status)
    return see_other(reverse("job", args=[doing.pk]))


def _show_found(
    request: HttpRequest, ledger: Ledger[Any], plan: Job, problem: str = "", status: int = 200
) -> HttpResponse:
    act, found = Act.unpacked(ledger, plan.arguments["act"], plan.actor()), plan.result
    query = plan.opened["query"]
    address = f"{link(ledger, 'list')}?{query}" if query else link(ledger, "list")
    shown = {
        "title": _("%(step)s：%(ledger)s") % {"step": act.label, "ledger": ledger.label},
        "sub": _("行数较多，确认后在后台办理：要么全部办完，要么一条也不办；可以离开，可以取消。"),
        "crumbs": [{"label": ledger.label, "url": address}],
        "actions": [],
        "url": request.get_full_path(),
        "cancel_url": address,
        "hidden": [{"name": "confirmed", "value": found["digest"]}],
        "fields": [],
        "unit": None,
        "papers": None,
        "problems": [],
        "problem": problem,
        "plan": {
            "number": found["rows"],
            "left_out": found["left_out"],
            "reasons": [{"text": text, "number": number} for text, number in found["reasons"]],
            "table": None,
            "more": 0,
        },
        "changes": _changed(ledger, act),
        "reason": act.reason,
        "needs_reason": act.needs_reason,
        "label": act.label,
        "is_final": _is_final(act),
    }
    return respond(request, _TEMPLATE, "", shown, status=status)


def _done(asked: BulkRequest, plan: Plan, done: int) -> str:
    said = _("%(step)s：已处理 %(done)s 条。") % {"step": asked.label, "done": f"{done:,}"}
    if plan.left_out:
        said += _("跳过 %(number)s 条。") % {"number": f"{plan.left_out:,}"}
    return said


def _head(asked: BulkRequest) -> Drawn:
    return {
        "title": _("%(step)s：%(ledger)s") % {"step": asked.label, "ledger": asked.ledger.label},
        "crumbs": [{"label": asked.ledger.label, "url": asked.address}],
        "actions": [],
        "url": asked.request.get_full_path(),
        "cancel_url": asked.address,
        "hidden": _hidden(asked),
    }


def _hidden(asked: BulkRequest) -> list[Drawn]:
    pairs = [("verb", asked.verb)]
    if asked.selection.is_matching:
        pairs.append(("matching", "1"))
    else:
        pairs += [("ids", str(key)) for key in asked.selection.ids]
    return [{"name": name, "value": value} for name, value in pairs]


def _choose_values(asked: BulkRequest, status: int = 200) -> HttpResponse:
    """The values of a bulk edit."""
    fields = [field for group in asked.form.groups() for field in group["fields"]]
    for field in fields:
        field["required"] = False
    shown = _head(asked) | {
        "sub": _("勾选要改的字段并填上新值；没有勾选的不动。"),
        "fields": fields,
        "unit": None,
        "papers": None,
        "chosen": asked.fields,
        "problems": asked.form.problem_list(),
        "plan": None,
        "problem": "",
    }
    return respond(asked.request, _TEMPLATE, "", shown, status=status)


def _choose_unit(asked: BulkRequest) -> HttpResponse:
    """The unit that is to have the rows."""
    options = [{"value": str(unit.pk), "label": str(unit), "selected": False} for unit in asked.units]
    unit = {
        "name": "unit",
        "id": "id_unit",
        "kind": "select",
        "label": _("移交给"),
        "required": True,
        "search": True,
        "errors": [],
        "help": _("只能是本方的单位。移交后由接收单位办理；原单位只能看共享的。"),
        "options": [{"value": "", "label": _("请选择"), "selected": True}, *options],
        "value": "",
    }
    shown = _head(asked) | {
        "sub": "",
        "fields": [],
        "unit": unit,
        "papers": None,
        "problems": [],
        "plan": None,
        "problem": "",
    }
    return respond(asked.request, _TEMPLATE, "", shown)


def _choose_papers(asked: BulkRequest) -> HttpResponse:
    """The papers, and what they are."""
    most = {"most": MOST_PAPERS, "megabytes": limit() // MEGABYTE}
    papers = {
        "accept": accepted(),
        "limit": limit(),
        "limit_text": _("一次最多 %(most)s 份，每份不超过 %(megabytes)s MB；每份只存一次。") % most,
        "categories": [{"value": code, "label": label} for code, label in class_choices(asked.ledger)],
    }
    shown = _head(asked) | {
        "sub": "",
        "fields": [],
        "unit": None,
        "papers": papers,
        "problems": [],
        "plan": None,
        "problem": "",
    }
    return respond(asked.request, _TEMPLATE, "", shown)


def _show(
    asked: BulkRequest, plan: Plan | None, digest: str, problem: str = "", status: int = 200
) -> HttpResponse:
    head = _head(asked)
    if plan is not None:
        head["hidden"] += [{"name": "confirmed", "value": digest}, *_kept_values(asked)]
    shown = head | {
        "sub": "",
        "fields": [],
        "unit": None,
        "papers": None,
        "problems": [],
        "problem": problem,
        "plan": _drawn(asked, plan) if plan else None,
        "changes": _changed(asked.ledger, asked.act) if plan else [],
        "reason": asked.reason,
        "needs_reason": asked.act.needs_reason,
        "label": asked.label,
        "is_final": _is_final(asked.act),
    }
    return respond(asked.request, _TEMPLATE, "", shown, status=status)


def _drawn(asked: BulkRequest, plan: Plan) -> Drawn:
    return {
        "number": plan.number,
        "left_out": plan.left_out,
        "reasons": [{"text": text, "number": number} for text, number in plan.skipped.most_common()],
        "table": _row_by_row(asked, plan),
        "more": max(0, len(plan.all) - SHOWN_ROWS),
    }


def _row_by_row(asked: BulkRequest, plan: Plan) -> Drawn:
    """What will happen to each row, those left out first; as many as a page holds."""
    naming = resolve(asked.ledger).naming
    labels = (naming.heading, _("单位"), _("状态"), _("会怎样"))
    rows = []
    for one in sorted(plan.all, key=lambda one: not one.why_not)[:SHOWN_ROWS]:
        row = one.row
        will = "；".join(f"{label}：{before or '—'} → {after or '—'}" for label, before, after in one.changes)
        texts = (
            text_of(naming, row, asked.actor) or str(row.pk)[-6:],
            str(row.owner_unit),
            "",
            _("不办：%(why)s") % {"why": one.why_not} if one.why_not else will,
        )
        cells: list[Drawn] = [
            {"text": text, "label": label} for text, label in zip(texts, labels, strict=True)
        ]
        cells[2] |= {"kind": "state", "state": state_badge(row.state, is_ours=row.side in asked.actor.sides)}
        cells[3] |= {"kind": "long"}
        url = link(asked.ledger, "detail", pk=row.pk)
        rows.append({"id": str(row.pk), "label": texts[0], "url": url, "cells": cells})
    return {"columns": [{"label": label} for label in labels], "rows": rows, "scroll": True}


def _kept_values(asked: BulkRequest) -> list[Drawn]:
    if asked.is_handover:
        return [{"name": "unit", "value": str(asked.unit.pk)}]
    if asked.is_attaching:
        tokens = [{"name": "paper", "value": paper.token(asked.actor)} for paper in asked.papers]
        return [*tokens, {"name": "category", "value": asked.category}]
    kept = [{"name": "change", "value": name} for name in asked.fields]
    return kept + [{"name": one.name, "value": asked.form.typed(one)} for one in asked.form.columns]


def _is_final(act: Act) -> bool:
    """Whether the act is a step that nobody takes lightly."""
    return bool(act.transition and act.transition.needs_reason)


def _changed(ledger: Ledger[Any], act: Act) -> list[Drawn]:
    """What the act sets, the same on every row."""
    if act.unit is not None:
        return [{"label": _("移交给"), "after": str(act.unit)}]
    if act.papers:
        return [{"label": _("佐证"), "after": "、".join(paper.name for paper in act.papers)}]
    changed = ((column_named(ledger, name), value) for name, value in act.values.items())
    return [{"label": column.heading, "after": text_of_value(column, value)} for column, value in changed]
