"""Beside a row: its amendments."""

from typing import Any

from django.http import HttpRequest

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.rail import RailPanel, register_panel

from .models import Amendment
from .pages import amendment_state
from .reading import changes_of

_SHOWN = 5


@register_panel("amendments", order=5)
def amendments_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """None for a row that was never amended, and for readers of the other side."""
    if row.side not in request.actor.sides:  # type: ignore[attr-defined]
        return None
    found = list(Amendment.objects.filter(row_id=row.pk).order_by("-proposed_at", "-id")[:_SHOWN])
    if not found:
        return None
    changes = changes_of(ledger, found)
    lines = [
        {
            "url": link_to("amendment", pk=one.pk),
            "at": moment(one.proposed_at),
            "reason": one.reason,
            "state": amendment_state(one),
            "changes": changes[one.pk],
            "is_voiding": one.is_voiding,
        }
        for one in found
    ]
    return RailPanel("kernel/components/amendments_panel.html", {"lines": lines})
