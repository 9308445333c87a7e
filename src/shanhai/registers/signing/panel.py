"""Beside a row that is signed, or ought to be."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.workflow import State

from .drawing import drawn_seal
from .signing import may_sign
from .standing import standing_of

_SIGNED_IN = frozenset({State.VERIFIED, State.VOIDED})


@register_panel("seals", order=5)
def seals_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """None for rows that do not count, and for those nobody signs; not for bound accounts."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    if row.state not in _SIGNED_IN or actor.subject is not None:
        return None
    found = standing_of(ledger, row)
    if not found and not ledger.is_joint:
        return None
    address = [ledger.key, row.pk]
    shown = {
        "seals": [drawn_seal(ledger, one) for one in found],
        "file": reverse("signing:signed_file", args=address) if found else "",
        "sign": reverse("signing:sign_row", args=address) if may_sign(ledger, row, actor) else "",
    }
    return RailPanel("signing/panel.html", shown)
