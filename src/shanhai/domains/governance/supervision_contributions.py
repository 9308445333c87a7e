"""What supervision contributes: the way from anything to a slip, acts beside one, a card."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor, covers
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.tables import table_of
from shanhai.web.cards import Card, register_card
from shanhai.web.deeds import Deed, Subject, register_deed
from shanhai.web.later import later_panel

from . import supervision_operations  # noqa: F401  (importing registers)
from . import supervision_reports as reports
from .models import Resolution, SupervisionEntry, SupervisionSlip
from .supervision_pages import may_raise, may_read
from .supervision_rules import ACTS, may_do

#: Slips on the workbench; the rest is one click away.
SHOWN = 7

register_page(
    MenuPage("governance", gettext_lazy("督办成效"), "governance:effect", order=65, is_allowed=may_read)
)


@register_deed
def to_slip(actor: Actor, subject: Subject) -> Deed | None:
    """From a finding or a task to the form of a slip, filled in."""
    if not may_raise(actor):
        return None
    brought = {
        "unit": subject.unit_id,
        "cause": subject.sentence[:500],
        "origin": subject.text[:200],
        "origin_ledger": subject.ledger,
        "origin_row": subject.id or "",
    }
    return Deed(_("发督办单"), with_query(reverse("governance:raise_slip"), brought))


@register_card(24)
def pressed(request: HttpRequest) -> Card | None:
    """Slips of the reader's units that are not closed, red ones first."""
    actor = actor_of(request)
    if not actor.user_id or not may_read(actor):
        return None
    found = reports.open_slips(actor)
    if not found:
        return None
    ledger = registry.get(reports.LEDGER)
    rows = [
        (
            link(ledger, "detail", pk=row.pk),
            (
                {"text": row.cause, "kind": "long"},
                str(row.owner_unit),
                row.due_on.isoformat(),
                str(row.get_supervision_stage_display()),
                {"badge": {"label": str(reports.LIGHTS[light]), "kind": reports.BADGES[light]}},
            ),
        )
        for row, light in found[:SHOWN]
    ]
    headings = (_("督办事由"), _("督办单位"), _("完成期限"), _("督办进度"), _("亮灯"))
    return Card(
        title=_("待办督办单"),
        template="scheme/task_card.html",
        context={"table": table_of(headings, rows)},
        note=_("全部 %(number)s 项") % {"number": len(found)},
        url=link(ledger, "list"),
        is_wide=True,
    )


@register_panel("governance.slip", order=6)
def slip(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a slip: its light, whether a talk is due, and its paper."""
    if not isinstance(row, SupervisionSlip) or row.state not in REPORTED_STATES:
        return None
    facts = [
        {"label": _("督办进度"), "text": str(row.get_supervision_stage_display())},
        {"label": _("亮灯"), "text": str(reports.LIGHTS[reports.light_of(row)])},
    ]
    if row.supervision_stage != "closed" and reports.must_talk(row.owner_unit_id):
        facts.append({"label": _("约谈"), "text": _("红灯次数已到，应约谈")})
    ways = [{"label": _("督办单（Word）"), "url": reverse("governance:slip_paper", args=[row.pk])}]
    shown = {"title": _("督办"), "facts": facts, "ways": ways, "note": ""}
    return RailPanel("kernel/facts.html", shown, is_first=True)


@register_panel("governance.acting", order=7)
def acting(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a slip: what the reader may do with it now."""
    if not isinstance(row, SupervisionSlip) or row.state not in REPORTED_STATES:
        return None
    actor = actor_of(request)
    may = {verb: covers(actor, verb, ledger.key, row) for verb in (Verb.EDIT, Verb.MANAGE)}
    possible = [
        name
        for name, one in ACTS.items()
        if may_do(name, row.supervision_stage) and may[Verb.MANAGE if one.is_office else Verb.EDIT]
    ]
    if not possible:
        return None
    options = [{"value": name, "label": SupervisionEntry.Kind(name).label} for name in possible]
    what = {"name": "act", "id": "slip-act", "label": _("办理"), "kind": "select", "options": options}
    text = {
        "name": "text",
        "id": "slip-text",
        "label": _("内容"),
        "kind": "textarea",
        "value": "",
        "maxlength": 500 if may[Verb.MANAGE] else 2000,
    }
    panel = later_panel(
        row,
        "governance:act",
        title=_("办理督办单"),
        note=_("每一步记入督办日志。回复的材料传在佐证里。"),
        button=_("办理"),
        fields=[what, text],
    )
    return replace(panel, is_first=True)


@register_panel("governance.press", order=9)
def press(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a reported resolution led by a unit of one's own side: the way to a slip."""
    actor = actor_of(request)
    if not isinstance(row, Resolution) or row.state not in REPORTED_STATES:
        return None
    if row.lead_unit.side not in actor.sides:
        return None
    deed = to_slip(actor, Subject(ledger.key, row.pk, str(row), row.content, str(row.lead_unit_id)))
    if deed is None:
        return None
    ways = [{"label": deed.label, "url": deed.url}]
    return RailPanel("kernel/facts.html", {"title": _("督办"), "facts": [], "ways": ways, "note": ""})
