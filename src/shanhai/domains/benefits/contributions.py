"""What the chapter contributes: the way to a policy's preview, and what a person or firm may have."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.registers.parties.models import Body, Person

from . import (
    claim_contributions,  # noqa: F401  (importing registers)
    operations,  # noqa: F401  (importing registers)
    own,  # noqa: F401  (importing registers)
    payment_contributions,  # noqa: F401  (importing registers)
    push_contributions,  # noqa: F401  (importing registers)
    reports,
    timeline,  # noqa: F401  (importing registers)
    wording,
)
from .models import Audience, Policy

_AUDIENCES = ((Person, Audience.WORKER), (Body, Audience.EMPLOYER))


@register_panel("benefits.policy", order=15)
def trying(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a policy of one's own side: the release in force, and the way to try the draft."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Policy) or row.side not in actor.sides:
        return None
    last = reports.last_release(row)
    said = _("现行第 %(number)s 版") % {"number": last.number} if last else _("还没有发布过")
    line = {
        "label": _("试算与发布"),
        "url": reverse("benefits:preview", args=[row.pk]),
        "state": None,
        "text": said,
    }
    return RailPanel("benefits/panel.html", {"title": _("政策版本"), "lines": [line]})


@register_panel("benefits.answers", order=40)
def answers(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a person or firm of one's own side: every policy in force, and what is lacking."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    audience = next((one for model, one in _AUDIENCES if isinstance(row, model)), None)
    if audience is None or row.side not in actor.sides or not actor.allows(Verb.VIEW, Policy.ledger_key()):
        return None
    releases = reports.releases_in_force(audience, row.side)
    found = reports.answers_for(releases, audience, row.pk, row.side) if releases else []
    lines = [
        {
            "label": f"{one.release.policy} {one.trace.period.label}",
            "url": reverse("benefits:answer", args=[one.release.policy_id, row.pk]),
            "state": wording.state_badge(one.trace.state),
            "text": wording.amount_sentence(one.trace) or wording.nearest(one.trace),
        }
        for one in found
        if one.trace
    ]
    return RailPanel("benefits/panel.html", {"title": _("可享政策"), "lines": lines}) if lines else None
