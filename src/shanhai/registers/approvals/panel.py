"""Beside a row under a chain: the steps, and the way to act."""

from typing import Any

from django.http import HttpRequest

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.rail import RailPanel, register_panel

from .cases import cases_of
from .drawing import drawn_case
from .hands import hands_of


@register_panel("approvals", order=3)
def approvals_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """None for rows under no chain, and for readers of the other side."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if row.side not in actor.sides or actor.subject is not None:
        return None
    case = cases_of(ledger, [row]).get(row.pk)
    if case is None:
        return None
    shown = {"case": drawn_case(case, actor), "may_act": bool(case.seats_of(hands_of(actor)))}
    return RailPanel("approvals/panel.html", shown, is_first=True)
