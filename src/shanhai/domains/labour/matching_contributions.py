"""What matching contributes to the shell: its page in the menu, and beside a placement why and what next."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.later import later_panel

from . import matching_acts as acts
from . import matching_operations, matching_reports, rolling_operations  # noqa: F401  (importing registers)
from .models import Placement


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, Placement.ledger_key())


register_page(MenuPage("labour", gettext_lazy("供需匹配"), "labour:matching", order=43, is_allowed=_reads))

#: What each step is called where somebody takes it.
_STEPS = {
    Placement.Standing.ACCEPTED: gettext_lazy("接受"),
    Placement.Standing.REFUSED: gettext_lazy("拒绝"),
    Placement.Standing.HIRED: gettext_lazy("到岗"),
    Placement.Standing.LEFT: gettext_lazy("离开"),
}


@register_panel("labour.why", order=14)
def why(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a placement of one's own side: its points term by term."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Placement) or row.side not in actor.sides:
        return None
    return RailPanel("labour/why.html", {"why": matching_reports.why(row)})


@register_panel("labour.placement", order=12)
def placement(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a placement of one's own: what may become of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, Placement) or not acts.may_advance(row, actor):
        return None
    standing = {
        "name": "standing",
        "id": "placement-standing",
        "label": _("办理事项"),
        "kind": "select",
        "options": [{"value": one.value, "label": _STEPS[one]} for one in acts.MOVES[row.match_state]],
    }
    day = {
        "name": "day",
        "id": "placement-day",
        "label": _("到岗或离开日期"),
        "kind": "date",
        "value": "",
        "max": clock.today().isoformat(),
        "help": _("不填就是今天。"),
    }
    reason = {
        "name": "reason",
        "id": "placement-reason",
        "label": _("拒绝原因"),
        "kind": "text",
        "value": "",
        "maxlength": 200,
    }
    is_begun = row.match_state in {Placement.Standing.ACCEPTED, Placement.Standing.HIRED}
    asked = ([day] if is_begun else []) + ([reason] if row.match_state != Placement.Standing.HIRED else [])
    panel = later_panel(
        row,
        "labour:advance_placement",
        title=_("办理拟配"),
        note=_("接受即占用一个名额并报给对方；到岗时自动登记务工记录，只登记一次。"),
        button=_("办理"),
        fields=[standing, *asked],
    )
    return replace(panel, context={**panel.context, "is_main": True}, is_first=True)
