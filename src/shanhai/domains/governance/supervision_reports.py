"""督办成效: how units answered what they were pressed for, year by year; slips by light."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.filters.references import owned_by
from shanhai.kernel.surfaces.links import link, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable
from shanhai.registers.parties.models import Unit

from . import supervision_rules as rules
from .models import SupervisionEntry, SupervisionSlip
from .resolution_reports import limits_on

LEDGER = SupervisionSlip.ledger_key()
LIGHTS = {
    rules.RED: gettext_lazy("红灯"),
    rules.YELLOW: gettext_lazy("黄灯"),
    rules.GREEN: gettext_lazy("绿灯"),
}
BADGES = {rules.GREEN: "ok", rules.YELLOW: "wait", rules.RED: "late"}


def as_value(row: SupervisionSlip) -> rules.Slip:
    return rules.Slip(
        unit=str(row.owner_unit_id),
        stage=row.supervision_stage,
        issued_on=row.issued_on,
        due_on=row.due_on,
        first_replied_on=row.first_replied_on,
        replied_on=row.replied_on,
        closed_on=row.closed_on,
        times_sent_back=row.times_sent_back,
        escalations=row.escalations,
        talked_on=row.talked_on,
    )


def light_of(row: SupervisionSlip) -> str:
    today = clock.today()
    return rules.light(as_value(row), today, limits_on(today))


def open_slips(actor: Actor) -> list[tuple[SupervisionSlip, str]]:
    """Slips of the reader's units that are not closed, red ones first; of the side for those who reach it."""
    grants = actor.grants_for(Verb.VIEW, LEDGER)
    rows = SupervisionSlip.objects.reported().exclude(supervision_stage="closed").select_related("owner_unit")
    if not any(grant.role.reach == Reach.SIDE for grant in grants):
        rows = rows.filter(owner_unit__in={grant.unit_id for grant in grants})
    today = clock.today()
    limits = limits_on(today)
    lit = [(row, rules.light(as_value(row), today, limits)) for row in rows]
    order = {name: place for place, name in enumerate(LIGHTS)}
    return sorted(lit, key=lambda pair: (order[pair[1]], pair[0].due_on, pair[0].number))


def must_talk(unit: UUID) -> bool:
    """Whether the reds of a unit this year have come to a talk."""
    today = clock.today()
    slips = SupervisionSlip.objects.reported().filter(owner_unit=unit)
    return rules.must_talk([as_value(one) for one in slips], today, limits_on(today))


@dataclass(frozen=True)
class Line:
    """A unit's year."""

    unit: Unit
    effect: rules.Effect
    must_talk: bool


def effects(year: int) -> list[Line]:
    """Units with slips or log lines of the year, lowest score first; by the numbers of its last day."""
    today = clock.today()
    limits = limits_on(min(today, date(year, 12, 31)))
    slips: dict[UUID, list[rules.Slip]] = defaultdict(list)
    units: dict[UUID, Unit] = {}
    for row in SupervisionSlip.objects.reported().filter(issued_on__year=year).select_related("owner_unit"):
        slips[row.owner_unit_id].append(as_value(row))
        units[row.owner_unit_id] = row.owner_unit
    entries: dict[UUID, Counter[str]] = defaultdict(Counter)
    logged = SupervisionEntry.objects.reported().filter(entered_on__year=year).select_related("owner_unit")
    for one in logged:
        entries[one.owner_unit_id][one.entry_kind] += 1
        units[one.owner_unit_id] = one.owner_unit
    found = [
        Line(
            unit,
            rules.effect(slips[pk], entries[pk], limits, today),
            year == today.year and rules.must_talk(slips[pk], today, limits),
        )
        for pk, unit in units.items()
    ]
    return sorted(found, key=lambda one: (one.effect.score, one.unit.path))


def _columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("unit", _("单位"), Kind.TEXT, width=24),
        SheetColumn("slips", _("督办单"), Kind.INTEGER, unit=_("张")),
        SheetColumn("closed", _("已办结"), Kind.INTEGER, unit=_("张")),
        SheetColumn("answered", _("已回复"), Kind.INTEGER, unit=_("张")),
        SheetColumn("in_time", _("按期回复"), Kind.INTEGER, unit=_("张")),
        SheetColumn("days", _("回复天数中位数"), Kind.DECIMAL, unit=_("天"), decimals=1),
        SheetColumn("sent_back", _("退回重办"), Kind.INTEGER, unit=_("次")),
        SheetColumn("reds", _("红灯"), Kind.INTEGER, unit=_("次")),
        SheetColumn("escalated", _("升级督办"), Kind.INTEGER, unit=_("次")),
        SheetColumn("talks", _("约谈"), Kind.INTEGER, unit=_("次")),
        SheetColumn("talk", _("应约谈"), Kind.TEXT, width=8),
        SheetColumn("score", _("年度得分"), Kind.INTEGER, unit=_("分")),
    )


def paper(year: int, found: Sequence[Line]) -> Paper:
    ledger = registry.get(LEDGER)
    rows = [_row(link(ledger, "list"), year, one) for one in found]
    note = _("%(year)s 年交办的督办单和督办日志；得分从 100 分起，按督办规则数值扣加，低者在前。") % {
        "year": year
    }
    title = _("督办成效")
    return Paper(title, note, [PaperTable("", _columns(), rows)], f"{title}-{year}")


def _row(address: str, year: int, one: Line) -> PaperRow:
    told = one.effect
    url = with_query(
        address,
        {**owned_by(one.unit), "issued_on_from": f"{year}-01-01", "issued_on_to": f"{year}-12-31"},
    )
    cells: tuple[Any, ...] = (
        str(one.unit), told.slips, told.closed, told.answered, told.in_time,
        None if told.days is None else round(told.days, 1),
        told.sent_back, told.reds, told.escalated, told.talks, _("是") if one.must_talk else "", told.score,
    )  # fmt: skip
    return PaperRow(cells, url=url)
