"""What the chapter contributes to the shell: its page of checks, and the form by which a worker leaves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.later import later_panel

from . import (  # noqa: F401  (importing registers)
    matching_contributions,
    operations,
    own,
    roster_pages,
    timeline,
)
from .lists import operations as list_operations  # noqa: F401  (importing registers)
from .lists import pages as list_pages
from .models import EmploymentSpell, HouseholdMember, PersonCategory
from .monthly import operations as monthly_operations  # noqa: F401  (importing registers)
from .stations import contributions as station_contributions  # noqa: F401  (importing registers)
from .transport import contributions as transport_contributions  # noqa: F401  (importing registers)
from .transport import retention_contributions  # noqa: F401  (importing registers)


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, EmploymentSpell.ledger_key())


register_page(MenuPage("labour", gettext_lazy("务工就业月报"), "labour:monthly", order=80, is_allowed=_reads))
for _order, _label, _name in (
    (82, gettext_lazy("未就业清单"), "labour:unemployed"),
    (84, gettext_lazy("失业返乡预警"), "labour:warnings"),
):
    register_page(MenuPage("labour", _label, _name, order=_order, is_allowed=list_pages.may_read))
register_page(MenuPage("labour", gettext_lazy("务工核查"), "labour:checks", order=90, is_allowed=_reads))


@register_panel("labour.leaving", order=15)
def leaving(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported spells of one's own: the day the worker left."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, EmploymentSpell) or not may_record(ledger, row, actor):
        return None
    days = _Days("ended_on", row.started_on, row.ended_on)
    return _panel(_("离岗登记"), _("离岗日期"), "labour:end_spell", days, row)


@register_panel("labour.ending", order=15)
def ending(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For reported categories and members of one's own: the day the person left."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, PersonCategory | HouseholdMember) or not may_record(ledger, row, actor):
        return None
    days = _Days("valid_to", row.valid_from, row.valid_to)
    if isinstance(row, PersonCategory):
        return _panel(_("退出登记"), _("退出日期"), "labour:end_category", days, row)
    return _panel(_("离户登记"), _("离户日期"), "labour:leave_household", days, row)


@dataclass(frozen=True)
class _Days:
    """The field that takes the last day, the first day, and the last one as it is known."""

    field: str
    first: date
    last: date | None


def _panel(title: str, label: str, url_name: str, days: _Days, row: Any) -> RailPanel:
    day = {
        "name": days.field,
        "id": "leaving-day",
        "label": label,
        "kind": "date",
        "value": days.last.isoformat() if days.last else "",
        "min": days.first.isoformat(),
        "max": clock.today().isoformat(),
    }
    note = _("记录保持已报或已核，修改记入历史。填错的可以清空。")
    return later_panel(row, url_name, title=title, note=note, button=_("登记"), fields=[day])
