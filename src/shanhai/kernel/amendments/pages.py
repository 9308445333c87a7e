"""What the pages of amendments show; see the comments at the head of their templates."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment, period_label, state_badge
from shanhai.kernel.surfaces.forms import RowForm
from shanhai.kernel.surfaces.links import link, link_to, own_list, row_link, with_query
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.typed import whole_number

from .deciding import needs_both
from .models import Amendment
from .proposing import REASON_LENGTH
from .reading import Amended, changes_of, may_decide, may_withdraw, to_decide, visible_amendments

Drawn = dict[str, Any]
PAGE = 50
#: A box of the form: the row is to be voided, whatever stands in the fields.
VOIDING = "is_voiding"
_KINDS = {"proposed": "wait", "awaiting": "wait", "accepted": "ok", "refused": "late", "withdrawn": "void"}


def amend_form(row: Any, actor: Actor, data: QueryDict | None = None) -> RowForm:
    """The row's form without its unit, which is handed over and not amended."""
    ledger = registry.for_model(type(row))
    names = [one.name for one in RowForm(ledger, actor, row).columns if one.name != "owner_unit"]
    return RowForm(ledger, actor, row, data=data, only=names)


def form_context(form: RowForm, row: Any, problems: Mapping[str, list[str]]) -> Drawn:
    """What kernel/form.html asks for."""
    given = form.data or QueryDict()
    label = row_label(form.ledger, row, form.actor)
    why = {
        "name": "reason",
        "id": "id_reason",
        "kind": "textarea",
        "label": _("更正原因"),
        "value": given.get("reason", ""),
        "help": _("双方都会看到；由他人核实、对方确认后才生效。")
        if needs_both(form.ledger, row.state)
        else _("核实人和查历史的人都会看到；由他人核实后才生效。"),
        "required": True,
        "maxlength": REASON_LENGTH,
        "errors": problems.get("reason", []),
    }
    voiding = {
        "name": VOIDING,
        "id": f"id_{VOIDING}",
        "kind": "check",
        "label": _("这条记录不该有，应作废（勾选后下面的内容不用改）"),
        "value": bool(given.get(VOIDING)),
        "errors": [],
    }
    group = {"label": _("更正"), "note": "", "fields": [why, voiding]}
    labels = {"reason": _("更正原因"), "": _("整条记录")}
    told = [
        {"label": labels.get(name, name), "text": text, "anchor": f"id_{name}" if name else "main"}
        for name, texts in problems.items()
        if name not in form.problems
        for text in texts
    ]
    return {
        "title": _("更正：%(row)s") % {"row": label},
        "sub": form.ledger.source,
        "crumbs": [
            {"label": form.ledger.label, "url": own_list(form.ledger, form.actor)},
            {"label": label, "url": row_link(row)},
        ],
        "actions": [],
        "url": link(form.ledger, "amend", pk=row.pk),
        "hidden": [{"name": "row_version", "value": row.row_version}],
        "groups": [group, *form.groups()],
        "problems": [*told, *form.problem_list()],
        "conflict": None,
        "draft": "",
        "submits": [{"label": _("提出更正"), "name": "then", "value": "propose", "kind": "primary"}],
        "cancel_url": row_link(row),
    }


def amendment_state(one: Amendment) -> Drawn:
    """What components/state.html shows."""
    return {"label": one.get_state_display(), "kind": _KINDS[one.state]}


def amendment_context(one: Amended, actor: Actor, refusal: str = "") -> Drawn:
    """What kernel/amendment.html asks for."""
    amendment = one.amendment
    label = row_label(one.ledger, one.row, actor)
    return {
        "title": _("更正：%(row)s") % {"row": label},
        "sub": " · ".join(filter(None, _where(one))),
        "crumbs": [
            {"label": _("更正"), "url": link_to("amendments")},
            {"label": label, "url": row_link(one.row)},
        ],
        "actions": [{"label": _("看这条记录"), "url": row_link(one.row), "kind": ""}],
        "state": amendment_state(amendment),
        "notices": [{"kind": "late", "text": refusal}] if refusal else [],
        "facts": list(_facts(one)),
        "changes": changes_of(one.ledger, [amendment])[amendment.pk],
        "is_voiding": amendment.is_voiding,
        "url": link_to("amendment_decide", pk=amendment.pk),
        "can_decide": may_decide(one, actor),
        "can_withdraw": may_withdraw(one, actor),
        "accept_label": _("确认并生效")
        if amendment.agreed_at
        else _("核实，交对方确认")
        if needs_both(one.ledger, one.row.state)
        else _("核实并生效"),
        "is_own": amendment.is_open and amendment.proposed_by == actor.key,
    }


def _where(one: Amended) -> tuple[str, ...]:
    period = period_label(one.amendment.period) if one.amendment.period else ""
    return (one.ledger.label, str(one.amendment.owner_unit), period)


def _facts(one: Amended) -> Any:
    amendment = one.amendment
    who = people([amendment.proposed_by, amendment.agreed_by, amendment.handled_by])
    yield {"label": _("更正原因"), "text": amendment.reason, "long": True}
    yield {"label": _("提出人"), "text": _told(who[amendment.proposed_by])}
    yield {"label": _("提出时间"), "text": moment(amendment.proposed_at)}
    if amendment.agreed_at:
        yield {"label": _("提出方核实人"), "text": _told(who[amendment.agreed_by])}
        yield {"label": _("提出方核实时间"), "text": moment(amendment.agreed_at)}
    if amendment.decided_at:
        yield {"label": _("办理人"), "text": _told(who[amendment.handled_by])}
        yield {"label": _("办理时间"), "text": moment(amendment.decided_at)}
    if amendment.decision:
        yield {"label": _("办理意见"), "text": amendment.decision, "long": True}
    yield {"label": _("记录现在的状态"), "text": state_badge(one.row.state)["label"]}


def _told(someone: Any) -> str:
    return f"{someone.name}（{someone.unit}）" if someone.unit else str(someone.name)


def list_context(actor: Actor, params: QueryDict) -> Drawn:
    """What kernel/amendments.html asks for: what waits for the reader first, or all in reach."""
    is_all = params.get("view") == "all"
    rows = visible_amendments(actor) if is_all else to_decide(actor)
    page = max(1, whole_number(params.get("page", "")))
    shown = list(rows.order_by("-proposed_at", "-id")[(page - 1) * PAGE : page * PAGE + 1])
    has_more, shown = len(shown) > PAGE, shown[:PAGE]
    url = link_to("amendments")

    def at(**query: Any) -> str:
        return with_query(url, {"view": "all" if is_all else "", **query})

    return {
        "title": _("更正"),
        "sub": _("已核的、锁定期内已报的记录，只能更正：写明原因，由他人核实后生效，改前改后都留着。"),
        "crumbs": [],
        "actions": [],
        "tabs": [
            {"label": _("待我核实"), "url": url, "here": not is_all},
            {"label": _("全部"), "url": with_query(url, {"view": "all"}), "here": is_all},
        ],
        "table": _table(shown),
        "pager": {
            "total": "",
            "shown": _("本页 %(number)s 条") % {"number": len(shown)},
            "first": "",
            "previous": at(page=page - 1) if page > 1 else "",
            "next": at(page=page + 1) if has_more else "",
        },
        "empty": {
            "title": _("没有更正"),
            "text": _("打开一条已核的记录，点“提出更正”。") if is_all else _("没有等您核实的更正。"),
            "actions": [],
        },
    }


def _table(rows: list[Amendment]) -> Drawn:
    labels = (_("台账"), _("单位"), _("所属期"), _("更正原因"), _("提出人"), _("提出时间"), _("状态"))
    who = people(one.proposed_by for one in rows)
    drawn = []
    for one in rows:
        texts = (
            registry.get(one.ledger).label if one.ledger in registry else one.ledger,
            str(one.owner_unit),
            period_label(one.period) if one.period else "",
            _("作废：%(why)s") % {"why": one.reason} if one.is_voiding else one.reason,
            who[one.proposed_by].name,
            moment(one.proposed_at),
            "",
        )
        cells: list[Drawn] = [
            {"text": text, "label": label} for text, label in zip(texts, labels, strict=True)
        ]
        cells[-1] |= {"kind": "state", "state": amendment_state(one)}
        url = link_to("amendment", pk=one.pk)
        drawn.append({"id": str(one.pk), "label": texts[0], "url": url, "cells": cells})
    return {"columns": [{"label": label} for label in labels], "rows": drawn}
