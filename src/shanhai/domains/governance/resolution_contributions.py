"""What resolutions contribute to the shell: page, card of one's own, and what comes next beside a row."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, covers
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of
from shanhai.kernel.workflow import State
from shanhai.registers.tables import table_of
from shanhai.web.cards import Card, register_card
from shanhai.web.later import later_panel

from . import resolution_operations  # noqa: F401  (importing registers)
from . import resolution_reports as reports
from . import resolution_rules as rules
from .models import JointMeeting, Resolution, ResolutionProgress
from .resolution_actions import reporting_unit
from .resolution_pages import may_read

#: Resolutions on the workbench; the rest is one click away.
SHOWN = 7

register_page(
    MenuPage(
        "governance", gettext_lazy("议定事项清单"), "governance:resolutions", order=25, is_allowed=may_read
    )
)


@register_card(27)
def my_resolutions(request: HttpRequest) -> Card | None:
    """Unfinished resolutions of the reader's units, late ones first."""
    actor = actor_of(request)
    if not actor.user_id or not may_read(actor):
        return None
    found = [one for one in reports.standings(actor, mine=True) if one.stands in rules.UNFINISHED]
    if not found:
        return None
    ledger = registry.get(reports.LEDGER)
    rows = [
        (
            link(ledger, "detail", pk=one.row.pk),
            (
                {"text": one.row.content, "kind": "long"},
                str(one.row.lead_unit),
                one.row.due_on.isoformat(),
                {"badge": {"label": str(reports.STANDINGS[one.stands]), "kind": reports.BADGES[one.light]}},
            ),
        )
        for one in found[:SHOWN]
    ]
    return Card(
        title=_("我的议定事项"),
        template="scheme/task_card.html",
        context={"table": table_of((_("议定内容"), _("牵头单位"), _("完成期限"), _("办理情况")), rows)},
        note=_("全部 %(number)s 项") % {"number": len(found)},
        url=with_query(reverse("governance:resolutions"), {"mine": "1"}),
        is_wide=True,
    )


@register_panel("governance.standing", order=6)
def standing(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a resolution: where it stands today, and its light."""
    if not isinstance(row, Resolution) or row.state not in (*REPORTED_STATES, State.VOIDED):
        return None
    (found,) = reports.stand([row])
    facts = [
        {"label": _("办理情况"), "text": str(reports.STANDINGS[found.stands])},
        {"label": _("亮灯"), "text": str(reports.LIGHTS[found.light])},
        {"label": _("完成进度"), "text": f"{found.percent.normalize():f}%"},
    ]
    closed = rules.closed_on(found.told)
    if closed:
        facts.append({"label": _("办结日期"), "text": closed.isoformat()})
    return RailPanel(
        "kernel/facts.html", {"title": _("办理情况"), "facts": facts, "ways": [], "note": ""}, is_first=True
    )


@register_panel("governance.reporting", order=7)
def reporting(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a reported resolution of one's own units: the form for progress."""
    if not isinstance(row, Resolution) or row.state not in REPORTED_STATES:
        return None
    unit = reporting_unit(row, actor_of(request))
    if unit is None or reports.stand([row])[0].stands == rules.DONE:
        return None
    fields: list[dict[str, Any]] = [
        {
            "name": "narrative",
            "id": "told-narrative",
            "label": _("进展情况"),
            "kind": "textarea",
            "value": "",
            "maxlength": 2000,
            "required": True,
        },
        {
            "name": "percent",
            "id": "told-percent",
            "label": _("完成进度"),
            "kind": "number",
            "unit": "%",
            "value": "",
        },
    ]
    if unit.pk == row.lead_unit_id:
        fields.append(
            {"name": "is_complete", "id": "told-complete", "label": _("已完成，申请销号"), "kind": "check"}
        )
    panel = later_panel(
        row,
        "governance:report",
        title=_("报进展"),
        note=_("以“%(unit)s”的名义报；销号由本方办公室办理。") % {"unit": unit},
        button=_("报出"),
        fields=fields,
    )
    return replace(panel, is_first=True)


@register_panel("governance.deciding", order=6)
def deciding(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a completion that waits, for the office of the lead's side: close it or send it back."""
    if not isinstance(row, ResolutionProgress) or not row.is_complete or row.state != State.SUBMITTED:
        return None
    if not covers(actor_of(request), Verb.VERIFY, ledger.key, row):
        return None
    decision = {
        "name": "decision",
        "id": "close-decision",
        "label": _("决定"),
        "kind": "select",
        "options": [{"value": "accept", "label": _("同意销号")}, {"value": "refuse", "label": _("退回")}],
    }
    reason = {
        "name": "reason",
        "id": "close-reason",
        "label": _("意见"),
        "kind": "textarea",
        "value": "",
        "maxlength": 500,
        "required": True,
    }
    panel = later_panel(
        row,
        "governance:decide",
        title=_("办理销号"),
        note=_("同意销号前请看办结材料；退回的由牵头单位改后再报。"),
        button=_("办理"),
        fields=[decision, reason],
    )
    return replace(panel, is_first=True)


@register_panel("governance.resolved", order=8)
def resolved(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a meeting: what it resolved, and the way to enter more."""
    if not isinstance(row, JointMeeting):
        return None
    actor, found = actor_of(request), registry.get(reports.LEDGER)
    number = Resolution.objects.live().filter(meeting=row).count()
    url = with_query(link(found, "list"), {"meeting": row.pk})
    facts = [{"label": _("议定事项"), "text": _("%(number)s 项") % {"number": number}, "url": url}]
    ways = [{"label": _("会议纪要（Word）"), "url": reverse("governance:minutes_docx", args=[row.pk])}]
    if actor.allows(Verb.CREATE, found.key) and row.state != State.VOIDED:
        ways += [{"label": _("登记议定事项"), "url": with_query(link(found, "create"), {"meeting": row.pk})}]
    return RailPanel("kernel/facts.html", {"title": _("议定事项"), "facts": facts, "ways": ways, "note": ""})
