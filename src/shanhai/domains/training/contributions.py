"""What the chapter contributes to the shell: pages, and beside a workshop its alarm and its next standing."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.later import may_record
from shanhai.kernel.leads import BODY, PERSON
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.menu import MenuPage, register_page
from shanhai.kernel.surfaces.rail import RailPanel, register_panel
from shanhai.registers.own import open_to
from shanhai.web.later import later_panel

from . import course_contributions, further_pages, operations, reports  # noqa: F401  (importing registers)
from .actions import MOVES
from .models import Recognition, Workshop

# What anybody may open without an account.
for _kind in (PERSON, BODY):
    open_to(_kind, ["training:check_in", "training:prove_certificate"])


def _reads(actor: Actor) -> bool:
    return actor.allows(Verb.VIEW, Workshop.ledger_key())


register_page(
    MenuPage("training", gettext_lazy("车间台账"), "training:workshop_book", order=35, is_allowed=_reads)
)
register_page(MenuPage("training", gettext_lazy("车间核查"), "training:checks", order=95, is_allowed=_reads))


@register_panel("training.alarm", order=5)
def alarm(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """Beside a workshop at work that lies under the standard of its months."""
    if not isinstance(row, Workshop):
        return None
    found = reports.alarm_of(row)
    if found is None:
        return None
    line = {"kind": "late" if found.is_raised else "wait", "text": found.sentence}
    facts = [{"label": _("依据"), "text": found.standard.source}]
    return RailPanel(
        "training/told.html", {"title": _("吸纳预警"), "lines": [line], "facts": facts}, is_first=True
    )


@register_panel("training.recognition", order=15)
def recognition(request: HttpRequest, ledger: Ledger[Any], row: Any) -> RailPanel | None:
    """For whoever may decide: the next standing of a reported workshop."""
    if not isinstance(row, Workshop):
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    possible = [one for one, verb in MOVES[row.recognition].items() if may_record(ledger, row, actor, verb)]
    if not possible:
        return None
    return later_panel(
        row,
        "training:move_workshop",
        title=_("认定、整改与取消"),
        note=_("认定和恢复按最近一个月的月报对照当日的认定标准；整改、取消须写理由。办理记入历史。"),
        button=_("办理"),
        fields=_fields(possible),
    )


def _fields(possible: list[Recognition]) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = [
        {
            "name": "recognition",
            "id": "workshop-recognition",
            "label": _("认定状态"),
            "kind": "select",
            "options": [{"value": one.value, "label": one.label} for one in possible],
        },
        {
            "name": "day",
            "id": "workshop-day",
            "label": _("办理日期"),
            "kind": "date",
            "value": clock.today().isoformat(),
            "required": True,
        },
    ]
    if Recognition.RECTIFYING in possible:
        deadline = {"name": "rectify_by", "id": "workshop-rectify", "label": _("整改期限"), "kind": "date"}
        fields.append(deadline | {"value": ""})
    reason = {"name": "reason", "id": "workshop-reason", "label": _("理由"), "kind": "text", "value": ""}
    return [*fields, reason | {"maxlength": 200}]
