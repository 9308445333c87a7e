"""每夜自动匹配 on the page of runs: whether it is on, since when by whom, what came of the last look."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.people import people
from shanhai.kernel.surfaces.views import actor_of

from . import matching_reports as reports
from . import matching_run as running
from . import rolling

Drawn = dict[str, Any]


def panel_of(actor: Actor) -> Drawn:
    """Whether the side is matched every night, since when by whom, and what came of the last look."""
    row = rolling.setting_of(next(iter(sorted(actor.sides)), ""))
    facts = []
    if row is not None:
        told = {"at": moment(row.switched_at), "who": people([row.switched_by])[row.switched_by].name}
        sentence = _("%(at)s 由%(who)s开启") if row.is_on else _("%(at)s 由%(who)s停用")
        facts.append({"label": _("每夜自动匹配"), "text": sentence % told})
        if row.last_looked_at:
            facts.append(
                {"label": _("最近一次 %(at)s") % {"at": moment(row.last_looked_at)}, "text": row.said}
            )
    return {
        "is_on": bool(row and row.is_on),
        "facts": facts,
        "url": reverse("labour:switch_rolling") if running.may_run(actor) else "",
    }


@require_POST
def switch_rolling(request: HttpRequest) -> HttpResponse:
    """Switch the nightly run of one's side on or off."""
    actor = actor_of(request)
    reports.require_reader(actor)
    is_on = request.POST.get("is_on", "") == "1"
    rolling.switch(actor, is_on=is_on)
    messages.success(request, _("每夜自动匹配已开启。") if is_on else _("每夜自动匹配已停用。"))
    return redirect("labour:matching")
