"""What the chapter contributes to the shell: its page of checks, and the form by which a worker leaves."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel

from . import operations  # noqa: F401  (importing registers)
from .models import EmploymentSpell


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, EmploymentSpell.ledger_key())


register_page(MenuPage("labour", gettext_lazy("务工核查"), "labour:checks", order=90, is_allowed=_reads))


@register_panel("labour.leaving", order=15)
def leaving(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported spells of one's own: the day the worker left."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, EmploymentSpell) or not may_record(ledger, row, actor):
        return None
    day = {
        "name": "ended_on",
        "id": "leaving-day",
        "label": _("离岗日期"),
        "kind": "date",
        "value": row.ended_on.isoformat() if row.ended_on else "",
        "min": row.started_on.isoformat(),
        "max": clock.today().isoformat(),
    }
    return RailPanel(
        "web/later.html",
        {
            "title": _("离岗登记"),
            "note": _("记录保持已报或已核，修改记入历史。填错的可以清空。"),
            "action": reverse("labour:end_spell", args=[row.pk]),
            "button": _("登记"),
            "row_version": row.row_version,
            "fields": [day],
        },
    )
