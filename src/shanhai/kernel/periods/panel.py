"""Beside a row: the obligation it serves."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.rail import RailPanel, register_panel

from .drawing import remark, state_drawn
from .models import Obligation
from .states import ObligationState, obligation_states
from .visible import visible_obligations


@register_panel("obligation", order=30)
def obligation_panel(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """None for a row that serves no obligation, or one of another unit's that the reader does not see."""
    if ledger.period_kind is None or not row.period:
        return None
    found = visible_obligations(request.actor).filter(  # type: ignore[attr-defined]
        ledger=ledger.key, unit__in=_units(ledger, row), period=row.period
    )
    one = found.first()
    if one is None:
        return None
    state = obligation_states([one])[one.pk]
    return RailPanel("kernel/components/obligation_panel.html", {"duty": drawn(one, state)})


def _units(ledger: Ledger[Any], row: Any) -> list[Any]:
    """Units whose obligation the row serves; the reader sees that of the own side."""
    return [row.owner_unit_id, *([getattr(row, ledger.counterpart).pk] if ledger.is_joint else [])]


def drawn(one: Obligation, state: ObligationState) -> dict[str, Any]:
    """What components/obligation_panel.html shows."""
    return {
        "label": _("%(unit)s · %(period)s") % {"unit": one.unit, "period": period_label(one.period)},
        "url": link_to("obligation", pk=one.pk),
        "state": state_drawn(state),
        "due": one.due_on.isoformat(),
        "reported": state.reported,
        "minimum": one.minimum_rows,
        "verified": state.verified,
        "remark": remark(one, state),
    }
