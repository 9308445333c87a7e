"""资产巡查 on a phone: what is due, written down with a photo; the form by which a contract ends early."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shanhai.kernel import clock
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import row_link
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.cards import Card, register_card
from shanhai.web.later import answer

from ..models import AssetInspection
from . import caring
from .care_lookup import SHOWN, ToInspect, due_inspections
from .pages import day_of

Drawn = dict[str, Any]
#: Lines of the card; the page has the others.
_LISTED = 5


def inspects(actor: Actor) -> bool:
    """Whether somebody writes inspections down, and so has a round to make."""
    return actor.allows(Verb.CREATE, AssetInspection.ledger_key())


@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """The assets to be looked at now, on a phone first. Errors: NotAllowed for who writes no inspections."""
    actor = actor_of(request)
    if not inspects(actor):
        raise NotAllowed
    due = due_inspections(actor)
    context = {
        "title": _("资产巡查"),
        "sub": _("到期或逾期没有巡查的资产，截至 %(day)s") % {"day": clock.today().isoformat()},
        "crumbs": [],
        "actions": [],
        "due": [_line(one) for one in due[:SHOWN]],
        "number": len(due),
        "shown": SHOWN,
    }
    return render(request, "funds/rounds.html", context)


def _line(one: ToInspect) -> Drawn:
    return {
        "name": one.asset.name,
        "code": one.asset.code,
        "url": row_link(one.asset),
        "where": str(one.asset.place or ""),
        "due": one.due_on.isoformat(),
        "last": one.inspected_on.isoformat() if one.inspected_on else "",
        "light": "late" if one.due_on < clock.today() else "wait",
        "post_url": reverse("funds:inspect_asset", args=[one.asset.pk]),
        "fields": inspection_fields(str(one.asset.pk)[-8:]),
    }


def inspection_fields(key: str) -> list[Drawn]:
    """What is asked of who looked at an asset. `key` tells the forms of a page apart."""
    today = clock.today().isoformat()
    options = [{"value": value, "label": label} for value, label in AssetInspection.Condition.choices]
    return [
        {"name": "condition", "id": f"condition-{key}", "label": _("巡查结果"), "kind": "select",
         "options": options},
        {"name": "inspected_on", "id": f"inspected-{key}", "label": _("巡查日期"), "kind": "date",
         "value": today, "max": today, "required": True},
        {"name": "photo", "id": f"photo-{key}", "label": _("巡查照片"), "kind": "file", "value": "",
         "accept": "image/*", "required": True},
        {"name": "note", "id": f"note-{key}", "label": _("巡查情况"), "kind": "text", "value": "",
         "maxlength": 300},
    ]  # fmt: skip


@require_POST
def inspect_asset(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An inspection from the round or from beside the asset, with its photo."""
    sent, file = request.POST, request.FILES.get("photo")
    back = reverse("funds:rounds") if sent.get("back") == "rounds" else ""
    try:
        row = caring.inspect(
            pk,
            condition=sent.get("condition", ""),
            note=sent.get("note", ""),
            inspected_on=day_of(sent.get("inspected_on", "")),
            actor=actor_of(request),
            photo=(file.name or "photo.jpg", file.read()) if file else None,
            needs_photo=True,
        )
    except RuleViolated as refused:
        messages.error(request, str(refused))
        return redirect(back or reverse("funds:asset_detail", args=[pk]))
    messages.success(request, _("已记下：%(asset)s") % {"asset": row.asset})
    return redirect(back or row_link(row))


@require_POST
def end_lease(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form beside a contract: it ends before its time."""
    sent = request.POST

    def record(version: int) -> None:
        caring.end_lease(
            pk,
            ended_on=day_of(sent.get("ended_on", "")),
            reason=sent.get("reason", ""),
            actor=actor_of(request),
            row_version=version,
        )

    return answer(request, reverse("funds:assetlease_detail", args=[pk]), record)


@register_card(16)
def to_inspect(request: HttpRequest) -> Card | None:
    """«资产巡查»: assets of one's own that are due to be looked at."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    due = due_inspections(actor) if inspects(actor) else []
    if not due:
        return None
    lines = [
        {"label": one.asset.name, "unit": str(one.asset.place or ""), "url": row_link(one.asset),
         "state": {"label": one.due_on.isoformat(), "kind": _line(one)["light"]}}
        for one in due[:_LISTED]
    ]  # fmt: skip
    note = _("共 %(number)s 项") % {"number": f"{len(due):,}"}
    url = reverse("funds:rounds")
    return Card(gettext_lazy("资产巡查"), "web/cards/duties.html", {"lines": lines}, note=note, url=url)
