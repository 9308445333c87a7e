"""Beside a row: its amendments."""

from typing import Any

from django.http import HttpRequest

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.rail import RailPanel, register_panel

from .pages import amendment_state
from .reading import changes_of, of_row

_SHOWN = 5


@register_panel("amendments", order=5)
def amendments_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """None for a row of which the reader is told no amendment."""
    found = list(of_row(ledger, row, request.actor)[:_SHOWN])  # type: ignore[attr-defined]
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
