"""督办之外来的事: what must be answered, by when, how it stands. Nobody's name is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from . import outside_rules as rules
from .models import HandlingTerm, OutsideMatter, PublicComplaint

MODELS: tuple[type[PublicComplaint] | type[OutsideMatter], ...] = (PublicComplaint, OutsideMatter)
STANDINGS = {
    rules.OVERDUE: gettext_lazy("逾期未答复"),
    rules.WAITING: gettext_lazy("待答复"),
    rules.ANSWERED: gettext_lazy("待办结"),
    rules.CLOSED: gettext_lazy("已办结"),
}
BADGES = {rules.OVERDUE: "late", rules.WAITING: "wait", rules.ANSWERED: "wait", rules.CLOSED: "ok"}


@dataclass(frozen=True)
class Standing:
    """A row from outside today."""

    row: Any
    matter: rules.Matter
    stands: str

    @property
    def kind(self) -> str:
        row = self.row
        return str(
            row.get_complaint_kind_display()
            if isinstance(row, PublicComplaint)
            else row.get_matter_kind_display()
        )


def terms() -> list[HandlingTerm]:
    return list(HandlingTerm.objects.all())


def matter_of(row: Any, known: Sequence[HandlingTerm]) -> rules.Matter:
    """Shape: the term is that of the day it began."""
    began = row.reopened_on or row.received_on
    days = next((one.days for one in known if one.code == row.term_code and one.holds_on(began)), None)
    return rules.Matter(
        stage=row.handling_stage,
        received_on=row.received_on,
        days=days,
        answered_on=row.answered_on,
        reopened_on=row.reopened_on,
        times_reopened=row.times_reopened,
        is_unsatisfied=getattr(row, "satisfaction", "") == OutsideMatter.Content.UNSATISFIED,
    )


def readable(actor: Actor) -> list[type[PublicComplaint] | type[OutsideMatter]]:
    return [model for model in MODELS if actor.allows(Verb.VIEW, model.ledger_key())]


def standings(actor: Actor, *, kind: str = "", stands: str = "") -> list[Standing]:
    """Reported ones the actor sees, late ones first. Three statements."""
    known, today = terms(), clock.today()
    found = []
    for model in readable(actor):
        for row in model.objects.reported().select_related("owner_unit"):
            matter = matter_of(row, known)
            found.append(Standing(row, matter, rules.standing(matter, today)))
    kept = [one for one in found if kind in {"", one.row.term_code} and stands in {"", one.stands}]
    order = {name: place for place, name in enumerate(rules.STANDINGS)}
    return sorted(kept, key=lambda one: (order[one.stands], one.matter.due_on or date.max, one.row.number))


def columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("number", _("受理编号"), Kind.TEXT, width=18),
        SheetColumn("kind", _("类别"), Kind.TEXT, width=10),
        SheetColumn("subject", _("受理事由"), Kind.LONG_TEXT, width=36),
        SheetColumn("unit", _("承办单位"), Kind.TEXT, width=24),
        SheetColumn("received_on", _("受理日期"), Kind.DATE),
        SheetColumn("due_on", _("答复期限"), Kind.DATE),
        SheetColumn("stands", _("办理情况"), Kind.TEXT, width=12),
        SheetColumn("answered_on", _("答复日期"), Kind.DATE),
        SheetColumn("satisfaction", _("满意情况"), Kind.TEXT, width=10),
        SheetColumn("again", _("重新办理次数"), Kind.INTEGER),
    )


def satisfaction_of(row: Any) -> str:
    return str(row.get_satisfaction_display()) if isinstance(row, OutsideMatter) else ""


def cells(one: Standing) -> tuple[Any, ...]:
    row = one.row
    return (
        row.number,
        one.kind,
        row.subject,
        str(row.owner_unit),
        row.received_on,
        one.matter.due_on,
        str(STANDINGS[one.stands]),
        row.answered_on,
        satisfaction_of(row),
        row.times_reopened,
    )


def paper(found: Sequence[Standing]) -> Paper:
    rows = [
        PaperRow(cells(one), url=link(registry.get(one.row.ledger_key()), "detail", pk=one.row.pk))
        for one in found
    ]
    note = _("答复期限按受理（重新办理）当天有效的规定计算。投诉人的姓名、电话不在本表。")
    title = _("投诉举报和监督建议办理情况")
    return Paper(title, note, [PaperTable("", columns(), rows)], title)
