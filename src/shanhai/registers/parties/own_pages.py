"""The pages of accounts bound to a person or an employer: their own record, on a phone (ADR 0041)."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.leads import BODY, PERSON
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.own import OwnPage, open_to, register_own_page
from shanhai.registers.tables import fact, table_of

from . import own_requests
from .models import Body, Person, PersonRequest
from .own_parts import Part, facts, own_body, own_person, parts
from .timeline import timeline
from .timeline_pages import days_of

Drawn = dict[str, Any]

register_own_page(OwnPage(PERSON, lazy("我的"), "parties:mine", 10))
register_own_page(OwnPage(PERSON, lazy("我的全程"), "parties:mine_timeline", 20))
register_own_page(OwnPage(BODY, lazy("本单位"), "parties:firm", 10))
open_to(PERSON, ["parties:ask_mine", "api:read_mine", "api:read_mine_timeline", "api:ask_mine"])
open_to(BODY, ["api:read_firm"])


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A worker's own record, what chapters tell of it, and what may be asked."""
    actor = actor_of(request)
    person = own_person(actor)
    sub = _("政府登记的您的信息；证件号码遮盖显示")
    return _shown(request, person, actor, PERSON, title=_("我的"), sub=sub)


@require_GET
def firm(request: HttpRequest) -> HttpResponse:
    """An employer's own people, orders and claims."""
    actor = actor_of(request)
    body = own_body(actor)
    sub = _("本单位登记的信息；只有与本单位有关的记录")
    return _shown(request, body, actor, BODY, title=body.name, sub=sub)


def _shown(
    request: HttpRequest, row: Person | Body, actor: Actor, kind: str, *, title: str, sub: str
) -> HttpResponse:
    told = parts(actor, kind)
    drawn = {
        "title": title,
        "sub": sub,
        "crumbs": [],
        "actions": _actions(kind),
        "state": None,
        "notices": [],
        "groups": [{"label": _("登记"), "note": "", "fields": [fact(*one) for one in facts(row)]}],
        "related": [_drawn(part) for part in told],
        "steps": [*_acts(told), *(_requests() if kind == PERSON else ())],
        "waiting": _("有不对的地方，请告诉填报单位：%(unit)s。") % {"unit": row.owner_unit},
        "leading": [],
        "rail": [],
        "panels": [],
        "history": [],
        "history_url": "",
    }
    return render(request, "parties/own.html", drawn)


def _actions(kind: str) -> list[Drawn]:
    if kind != PERSON:
        return []
    return [{"label": _("我的全程"), "url": reverse("parties:mine_timeline"), "kind": ""}]


def _drawn(part: Part) -> Drawn:
    table = table_of(part.columns, [("", line) for line in part.lines])
    return {"label": part.label, "note": part.note or str(len(part.lines)), "url": "", "table": table}


def _acts(told: list[Part]) -> Iterator[Drawn]:
    for act in (act for part in told for act in part.acts):
        hidden = [{"name": name, "value": value} for name, value in act.hidden]
        yield {
            "label": act.label,
            "url": act.url,
            "hidden": hidden,
            "kind": act.kind,
            "text": act.text,
            "reason": act.asks,
        }


def _requests() -> Iterator[Drawn]:
    texts = {
        PersonRequest.Kind.CORRECT: (_("有一处不对，申请更正"), _("写明哪里不对、应当是什么；按期答复。")),
        PersonRequest.Kind.COPY: (_("申请查阅复制我的信息"), _("写明要查什么；核对身份后交给您。")),
    }
    for kind in own_requests.KINDS:
        label, text = texts[kind]
        yield {
            "label": label,
            "url": reverse("parties:ask_mine"),
            "hidden": [{"name": "kind", "value": kind.value}],
            "kind": "",
            "text": text,
            "reason": True,
        }


@require_POST
def ask_mine(request: HttpRequest) -> HttpResponse:
    """`kind` and, as `reason`, what is asked for."""
    actor = actor_of(request)
    own_person(actor)
    sent = request.POST
    try:
        made = own_requests.ask(kind=sent.get("kind", ""), demand=sent.get("reason", ""), actor=actor)
    except RuleViolated as refused:
        messages.error(request, str(refused))
    else:
        said = _("已收到，最迟 %(day)s 答复；结果在“我的申请”里看。")
        messages.success(request, said % {"day": made.due_on})
    return redirect("parties:mine")


@require_GET
def mine_timeline(request: HttpRequest) -> HttpResponse:
    """Everything told of the worker by date, newest first."""
    actor = actor_of(request)
    person = own_person(actor)
    rows = [
        ("", (days_of(one), one.label, {"text": one.text, "kind": "long"}, one.unit))
        for one in timeline(person, actor)
    ]
    drawn = {
        "title": _("我的全程"),
        "sub": _("按日期排列，最近的在前"),
        "crumbs": [{"label": _("我的"), "url": reverse("parties:mine")}],
        "actions": [],
        "tabs": [],
        "table": table_of((_("日期"), _("事项"), _("内容"), _("填报单位")), rows),
        "following": "",
        "empty": {"title": _("还没有记录"), "text": _("登记、务工、备案等记录报上来以后在这里按日期列出。")},
    }
    return render(request, "parties/timeline.html", drawn)
