"""Who stands in while the reader is away, and for whom the reader does."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces import typed
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.respond import respond, see_other

from .models import StandIn
from .pages import signer
from .standing_in import Named, colleagues, concerning, end_stand_in, name_stand_in, own_stand_in

Drawn = dict[str, Any]


@require_http_methods(["GET", "POST"])
def standing_in(request: HttpRequest) -> HttpResponse:
    """POST names somebody: stands_in, valid_from, valid_to, reason."""
    actor = signer(request)
    if request.method == "GET":
        return _page(request, actor, {}, {})
    sent = request.POST
    named = Named(
        sent.get("stands_in", ""),
        typed.day(sent.get("valid_from", "")),
        typed.day(sent.get("valid_to", "")),
        sent.get("reason", ""),
    )
    try:
        name_stand_in(named, actor=actor)
    except RuleViolated as refused:
        return _page(request, actor, sent, refused.problems)
    return see_other(reverse("approvals:standing_in"))


@require_POST
def stand_in_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """At once."""
    end_stand_in(own_stand_in(pk, signer(request)))
    return see_other(reverse("approvals:standing_in"))


def _page(
    request: HttpRequest, actor: Actor, sent: Mapping[str, Any], problems: Mapping[str, list[str]]
) -> HttpResponse:
    shown = {
        "title": _("代签"),
        "sub": _("您不在时谁代您签，和您在代谁签"),
        "crumbs": [{"label": _("审批"), "url": link_to("approvals:approvals")}],
        "actions": [],
        "stand_ins": _drawn(concerning(actor)[:50], actor),
        "fields": list(_fields(actor, sent, problems)),
        "url": reverse("approvals:standing_in"),
    }
    return respond(request, "approvals/standing_in.html", "", shown, status=422 if problems else 200)


def _drawn(found: Iterable[StandIn], actor: Actor) -> list[Drawn]:
    rows, today = list(found), clock.today()
    who = people(key for row in rows for key in (row.absent, row.stands_in))
    return [
        {
            "days": _("%(first)s 至 %(last)s") % {"first": row.valid_from, "last": row.valid_to},
            "text": _("%(other)s 代 %(absent)s 签")
            % {"other": who[row.stands_in].name, "absent": who[row.absent].name},
            "reason": row.absence_reason,
            "state": _state(row, today),
            "end": reverse("approvals:stand_in_end", args=[row.pk])
            if row.absent == actor.key and row.valid_to >= today
            else "",
        }
        for row in rows
    ]


def _state(row: StandIn, today: Any) -> Drawn:
    if row.valid_to < today:
        return {"label": _("已结束"), "kind": ""}
    return (
        {"label": _("代签中"), "kind": "ok"}
        if row.valid_from <= today
        else {"label": _("未开始"), "kind": "wait"}
    )


def _fields(actor: Actor, sent: Mapping[str, Any], problems: Mapping[str, list[str]]) -> Iterable[Drawn]:
    others = colleagues(actor)
    who = people(str(one.pk) for one in others)
    options = [{"value": "", "label": "", "selected": False}] + [
        {"value": key, "label": f"{one.name} {one.unit}", "selected": key == sent.get("stands_in")}
        for key, one in ((str(one.pk), who[str(one.pk)]) for one in others)
    ]
    told: dict[str, tuple[str, str, Drawn]] = {
        "stands_in": (
            _("代签人"),
            "select",
            {"options": options, "help": _("同样看得到您单位记录的本方同事。")},
        ),
        "valid_from": (_("生效日期"), "date", {"min": clock.today().isoformat()}),
        "valid_to": (_("失效日期"), "date", {"min": clock.today().isoformat(), "help": _("这一天也代签。")}),
        "reason": (_("离岗原因"), "text", {"maxlength": 120}),
    }
    for name, (label, kind, more) in told.items():
        yield {
            "name": name,
            "id": f"id_{name}",
            "label": label,
            "kind": kind,
            "value": sent.get(name, ""),
            "errors": problems.get(name, []),
            "required": True,
            **more,
        }
