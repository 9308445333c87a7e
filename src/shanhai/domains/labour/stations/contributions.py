"""What stations contribute to the shell: the list of the day, forms beside rows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.web.later import later_panel

from ..models import FollowUpVisit, ReturnHome, WorkerRegistration, WorkerTrouble
from . import operations, pages  # noqa: F401  (importing registers)

Drawn = dict[str, Any]
_AT_HOME = (
    WorkerRegistration.Status.RETURNED_HOME,
    WorkerRegistration.Status.UNEMPLOYED,
    WorkerRegistration.Status.UNAVAILABLE,
)

register_page(
    MenuPage("labour", gettext_lazy("今日走访"), "labour:caseload", order=5, is_allowed=pages.visits)
)


@register_panel("labour.carry", order=15)
def carry(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a visit that says something else than the register: let the register say so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, FollowUpVisit) or not row.status or not may_record(ledger, row, actor):
        return None
    if row.status == row.registration.status:
        return None
    told = {"here": row.get_status_display(), "there": row.registration.get_status_display()}
    note = _("走访了解到“%(here)s”，登记是“%(there)s”。写入后，登记的就业状况和最近联系日期随走访。") % told
    return later_panel(row, "labour:carry_visit", title=_("写入登记"), note=note, button=_("写入"), fields=[])


@register_panel("labour.trouble", order=15)
def trouble(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a reported trouble: its next stage."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, WorkerTrouble) or not may_record(ledger, row, actor):
        return None
    options = pages.stages_of(row)
    if not options:
        return None
    fields: list[Drawn] = [
        {
            "name": "stage",
            "id": "trouble-stage",
            "label": _("办理进度"),
            "kind": "select",
            "options": options,
        },
        {"name": "result", "id": "trouble-result", "label": _("办理情况"), "kind": "textarea", "value": ""},
        {
            "name": "recovered",
            "id": "trouble-recovered",
            "label": _("追回金额"),
            "kind": "number",
            "unit": _("元"),
            "value": "",
        },
    ]
    note = _("办结要写明怎样办结的；本人不认可的，退回办理中。")
    return later_panel(
        row, "labour:move_trouble", title=_("诉求办理"), note=note, button=_("登记"), fields=fields
    )


@register_panel("labour.home", order=16)
def home(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a registration: somebody came home, or looks for work again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not isinstance(row, WorkerRegistration) or not covers(actor, Verb.EDIT, ledger.key, row):
        return None
    if row.status in _AT_HOME:
        note = _("登记改为“有意愿未就业”，下次匹配时会找到合适的岗位。")
        return later_panel(
            row, "labour:search_again", title=_("重新求职"), note=note, button=_("重新求职"), fields=[]
        )
    if row.status not in {WorkerRegistration.Status.EMPLOYED, WorkerRegistration.Status.CHANGING}:
        return None
    today = clock.today().isoformat()
    fields: list[Drawn] = [
        {
            "name": "returned_on",
            "id": "home-day",
            "label": _("返乡日期"),
            "kind": "date",
            "value": today,
            "max": today,
        },
        _select("reason", "home-reason", _("返乡原因"), ReturnHome.Reason.choices),
        _select("plan", "home-plan", _("今后打算"), ReturnHome.Plan.choices),
        {
            "name": "note",
            "id": "home-note",
            "label": _("情况说明"),
            "kind": "text",
            "value": "",
            "maxlength": 500,
        },
    ]
    note = _("登记随之改为“返乡”；务工记录请另填离岗日期。")
    return later_panel(
        row, "labour:come_home", title=_("返乡登记"), note=note, button=_("登记"), fields=fields
    )


def _select(name: str, key: str, label: str, choices: Any) -> Drawn:
    options = [{"value": value, "label": told} for value, told in choices]
    return {"name": name, "id": key, "label": label, "kind": "select", "options": options}
