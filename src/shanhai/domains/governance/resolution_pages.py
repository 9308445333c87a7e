"""议定事项 on the page: the list by standing and light, one's own, and the two forms beside a row."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.typed import number_typed
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import Drawn, answer_file, draw_table, files_of
from shanhai.web.later import answer

from . import resolution_actions as actions
from .resolution_reports import LEDGER, LIGHTS, STANDINGS, Standing, paper, standings


def may_read(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, LEDGER)


def asked(actor: Actor, query: Mapping[str, str]) -> list[Standing]:
    """Errors: NotVisible for who reads none, and for words there are not."""
    side = query.get("side", "")
    if not may_read(actor) or (side and side not in Side.values):
        raise NotVisible
    return standings(
        actor,
        stands=query.get("stands", ""),
        light=query.get("light", ""),
        mine=query.get("mine", "") == "1",
        side=side,
    )


@require_GET
def resolutions(request: HttpRequest) -> HttpResponse:
    """`?stands=`, `?light=`, `?side=` of the lead, `?mine=1`; `?format=xlsx` or `docx`: a file."""
    actor, query = actor_of(request), request.GET.dict()
    found = asked(actor, query)
    told = paper(found)
    if (file := answer_file(request, told, actor, LEDGER)) is not None:
        return file
    kept = {name: value for name, value in query.items() if name != "format"}
    is_mine = query.get("mine", "") == "1"
    tabs = [
        {
            "label": label,
            "url": with_query(request.path, {**kept, "mine": value}),
            "here": is_mine is bool(value),
        }
        for value, label in (("", _("全部议定事项")), ("1", _("我的议定事项")))
    ]
    fields = [
        choice("stands", _("办理情况"), STANDINGS, query),
        choice("light", _("亮灯"), LIGHTS, query),
        choice("side", _("牵头方"), dict(Side.choices), query),
    ]
    context = {
        "title": _("我的议定事项") if is_mine else told.title,
        "sub": _("%(number)s 项") % {"number": len(found)},
        "crumbs": [],
        "actions": files_of(request, kept, actor.allows(Verb.EXPORT, LEDGER) and bool(found)),
        "notices": [{"kind": "", "text": told.note}],
        "tabs": tabs,
        "hidden": {"mine": "1"} if is_mine else {},
        "asked": fields,
        "sections": [
            {"title": "", "note": "", "table": draw_table(told.tables[0]), "empty": _("没有这样的议定事项。")}
        ],
    }
    return render(request, "kernel/report.html", context)


def choice(name: str, label: str, known: Mapping[Any, Any], query: Mapping[str, str]) -> Drawn:
    """A select with everything first."""
    value = query.get(name, "")
    options = [("", _("全部")), *known.items()]
    shown = [{"value": str(one), "label": str(told), "selected": one == value} for one, told in options]
    return {"name": name, "id": name, "label": label, "kind": "select", "value": value, "options": shown}


def tried(request: HttpRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """Do it, go where it says; a refusal is told on the page it came from."""
    try:
        where = act()
    except (Conflict, RuleViolated) as refused:
        problems = getattr(refused, "problems", None) or {}
        said = [str(one) for found in problems.values() for one in found]
        messages.error(request, "".join(said) or str(refused))
        return redirect(back)
    return redirect(where)


@require_POST
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a resolution: how far the unit has come; a completion goes on to its papers."""
    actor, sent = actor_of(request), request.POST

    def act() -> str:
        row = actions.report(
            pk,
            narrative=sent.get("narrative", ""),
            percent=_percent(sent.get("percent", "")),
            is_complete=sent.get("is_complete") == "1",
            actor=actor,
        )
        if not row.is_complete:
            messages.success(request, _("进展已报。"))
            return reverse("governance:resolution_detail", args=[pk])
        messages.success(request, _("已申请销号，请在本页上传办结材料，由本方办公室销号。"))
        return reverse("governance:resolutionprogress_detail", args=[row.pk])

    return tried(request, act, reverse("governance:resolution_detail", args=[pk]))


def _percent(text: str) -> Decimal | None:
    """Errors: RuleViolated for what is no number from 0 to 100."""
    if not text.strip():
        return None
    told = _("完成进度填 0 到 100 的数。")
    value = number_typed(text, code="bad_position", told=told)
    if not 0 <= value <= 100:  # noqa: PLR2004  (per cent)
        raise RuleViolated(told, code="bad_position")
    return value


@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a completion: close it or send it back, with a reason."""
    actor, sent = actor_of(request), request.POST

    def record(version: int) -> None:
        accept, reason = sent.get("decision") == "accept", sent.get("reason", "")
        actions.decide(pk, accept=accept, reason=reason, actor=actor, row_version=version)

    return answer(request, reverse("governance:resolutionprogress_detail", args=[pk]), record)
