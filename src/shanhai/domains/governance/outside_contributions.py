"""What complaints and suggestions contribute: pages, the form beside a row, the way to a slip."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import REPORTED_STATES, covers
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.kernel.surfaces.views import actor_of
from shanhai.web.deeds import Subject
from shanhai.web.later import later_panel

from . import outside_operations  # noqa: F401  (importing registers)
from . import outside_rules as rules
from .models import OutsideMatter, PublicComplaint
from .outside_pages import may_read
from .outside_reports import STANDINGS, matter_of, terms
from .supervision_contributions import to_slip

ACTED = {
    "answer": gettext_lazy("答复"),
    "close": gettext_lazy("办结"),
    "reopen": gettext_lazy("重新办理"),
}

register_page(
    MenuPage(
        "governance", gettext_lazy("投诉和建议办理"), "governance:outside", order=84, is_allowed=may_read
    )
)
register_page(
    MenuPage(
        "governance",
        gettext_lazy("投诉和建议核查"),
        "governance:outside_checks",
        order=86,
        is_allowed=may_read,
    )
)


@register_panel("governance.outside", order=6)
def outside(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a reported one: its day, where it stands, and for the office the way to a slip."""
    if not isinstance(row, PublicComplaint | OutsideMatter) or row.state not in REPORTED_STATES:
        return None
    matter, actor = matter_of(row, terms()), actor_of(request)
    due = matter.due_on.isoformat() if matter.due_on else _("没有规定")
    stands = rules.standing(matter, clock.today())
    facts = [
        {"label": _("办理情况"), "text": str(STANDINGS[stands])},
        {"label": _("答复期限"), "text": due},
    ]
    ways = []
    if stands != rules.CLOSED and row.side in actor.sides:
        said = _("%(what)s %(number)s 请按期答复。") % {"what": ledger.label, "number": row.number}
        subject = Subject(ledger.key, row.pk, f"{ledger.label} {row.number}", said, str(row.owner_unit_id))
        deed = to_slip(actor, subject)
        ways = [{"label": deed.label, "url": deed.url}] if deed else []
    shown = {"title": _("办理情况"), "facts": facts, "ways": ways, "note": ""}
    return RailPanel("kernel/facts.html", shown, is_first=True)


@register_panel("governance.handling", order=7)
def handling(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a reported one: what the reader may do with it now."""
    if not isinstance(row, PublicComplaint | OutsideMatter) or row.state not in REPORTED_STATES:
        return None
    actor = actor_of(request)
    may = {verb: covers(actor, verb, ledger.key, row) for verb in (Verb.EDIT, Verb.MANAGE)}
    possible = [
        name
        for name, one in rules.ACTS.items()
        if rules.may_do(name, row.handling_stage) and may[Verb.MANAGE if one.is_office else Verb.EDIT]
    ]
    if not possible:
        return None
    options = [{"value": name, "label": str(ACTED[name])} for name in possible]
    fields: list[dict[str, Any]] = [
        {"name": "act", "id": "handle-act", "label": _("办理"), "kind": "select", "options": options},
        {
            "name": "text", "id": "handle-text", "label": _("内容"), "kind": "textarea", "value": "",
            "maxlength": 2000, "required": True,
        },
    ]  # fmt: skip
    if isinstance(row, OutsideMatter) and may[Verb.MANAGE]:
        content = [{"value": "", "label": ""}]
        content += [{"value": value, "label": str(label)} for value, label in row.Content.choices]
        fields.append(
            {"name": "satisfaction", "id": "handle-satisfaction", "label": _("满意情况"), "kind": "select",
             "options": content}
        )  # fmt: skip
    is_complaint = isinstance(row, PublicComplaint)
    panel = later_panel(
        row,
        "governance:handle_complaint" if is_complaint else "governance:handle_matter",
        title=_("答复和办结"),
        note=_("答复、办结、重新办理都记入历史；材料传在佐证里。"),
        button=_("办理"),
        fields=fields,
    )
    return replace(panel, is_first=True)
