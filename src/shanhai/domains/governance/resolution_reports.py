"""议定事项清单: resolutions a reader sees, where they stand, their lights; what the next meeting asks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.workflow import State
from shanhai.registers.papers import Paper, PaperRow, PaperTable
from shanhai.registers.parties.models import Unit

from . import resolution_rules as rules
from .models import Resolution, ResolutionProgress, SupervisionRule
from .resolution_ledgers import unit_names

LEDGER = Resolution.ledger_key()
STANDINGS = {
    rules.OVERDUE: gettext_lazy("超期"),
    rules.CLAIMED: gettext_lazy("待销号"),
    rules.UNDER_WAY: gettext_lazy("进行中"),
    rules.NOT_STARTED: gettext_lazy("未启动"),
    rules.DONE: gettext_lazy("完成"),
    rules.REVOKED: gettext_lazy("撤销"),
}
LIGHTS = {
    rules.GREEN: gettext_lazy("绿灯"),
    rules.YELLOW: gettext_lazy("黄灯"),
    rules.RED: gettext_lazy("红灯"),
}
#: How a badge of each is coloured.
BADGES = {rules.GREEN: "ok", rules.YELLOW: "wait", rules.RED: "late"}


@dataclass(frozen=True)
class Standing:
    """A resolution on a day. Unit: `percent` per cent."""

    row: Resolution
    stands: str
    light: str
    percent: Decimal
    told: Sequence[rules.Told]
    latest: str


def limits_on(day: date) -> dict[str, int]:
    """Numbers in force, by code. One statement."""
    rows: dict[str, int] = dict(SupervisionRule.objects.in_force(day).values_list("code", "value"))
    return rows


def standings(
    actor: Actor, *, stands: str = "", light: str = "", mine: bool = False, side: str = ""
) -> list[Standing]:
    """Reported resolutions the actor sees, late ones first. Errors: NotVisible for other words.

    Shape: `mine` are those a unit in the actor's reach leads or supports; `side` that of the lead.
    """
    if (stands and stands not in STANDINGS) or (light and light not in LIGHTS):
        raise NotVisible
    rows = Resolution.objects.filter(Q(state__in=REPORTED_STATES) | Q(state=State.VOIDED))
    rows = rows.exclude(
        state=State.VOIDED, verified_at=None
    )  # a draft that was thrown away was never resolved
    if side:
        rows = rows.filter(lead_unit__side=side)
    chosen = list(rows.select_related("lead_unit", "meeting").order_by("due_on", "code"))
    if mine:
        chosen = _of(actor, chosen)
    found = stand(chosen)
    order = {name: place for place, name in enumerate(rules.STANDINGS)}
    kept = [one for one in found if stands in {"", one.stands} and light in {"", one.light}]
    return sorted(kept, key=lambda one: (order[one.stands], one.row.due_on, one.row.code))


def stand(rows: Sequence[Resolution]) -> list[Standing]:
    """How rows stand today."""
    today = clock.today()
    told, words = _told({row.pk for row in rows})
    limits = limits_on(today)
    return [_standing(row, told.get(row.pk, ()), words.get(row.pk, ""), limits, today) for row in rows]


def _standing(
    row: Resolution, told: Sequence[rules.Told], latest: str, limits: Mapping[str, int], today: date
) -> Standing:
    stands = rules.standing(told, row.due_on, today, is_revoked=row.state == State.VOIDED)
    percent = rules.percent_of(told)
    light = rules.light(stands, row.meeting.held_on, row.due_on, percent, today, limits)
    return Standing(row, stands, light, percent, told, latest)


def _told(keys: set[UUID]) -> tuple[dict[UUID, list[rules.Told]], dict[UUID, str]]:
    told: dict[UUID, list[rules.Told]] = defaultdict(list)
    words: dict[UUID, str] = {}
    states = (*REPORTED_STATES, State.RETURNED)
    rows = ResolutionProgress.objects.filter(resolution__in=keys, state__in=states)
    for one in rows.order_by("told_on", "id"):
        told[one.resolution_id].append(rules.Told(one.told_on, one.state, one.is_complete, one.percent))
        words[one.resolution_id] = one.narrative
    return told, words


def _of(actor: Actor, rows: Sequence[Resolution]) -> list[Resolution]:
    """Those of the actor's units; of the whole side for those who reach it."""
    grants = actor.grants_for(Verb.VIEW, LEDGER)
    sides = {grant.side for grant in grants if grant.role.reach == Reach.SIDE}
    units = {grant.unit_id for grant in grants}
    names = {name for row in rows for name in unit_names(row.support_units)}
    known = Unit.resolve_references(names) if names else {}

    def is_own(row: Resolution) -> bool:
        bound = [row.lead_unit, *(known[name] for name in unit_names(row.support_units) if name in known)]
        return any(unit.pk in units or unit.side in sides for unit in bound)

    return [row for row in rows if is_own(row)]


def carried(actor: Actor) -> str:
    """The first items of the next agenda: what earlier meetings left unfinished."""
    left = [one for one in standings(actor) if one.stands in rules.UNFINISHED]
    lines = [(one.row.code, one.row.content.replace("\n", " "), str(STANDINGS[one.stands])) for one in left]
    return rules.agenda_of(lines)


def columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("code", _("议定事项编号"), Kind.TEXT, width=22),
        SheetColumn("content", _("议定内容"), Kind.LONG_TEXT, width=48),
        SheetColumn("lead", _("牵头单位"), Kind.TEXT, width=20),
        SheetColumn("support", _("配合单位"), Kind.TEXT, width=26),
        SheetColumn("due_on", _("完成期限"), Kind.DATE),
        SheetColumn("stands", _("办理情况"), Kind.TEXT, width=10),
        SheetColumn("light", _("亮灯"), Kind.TEXT, width=8),
        SheetColumn("percent", _("完成进度"), Kind.DECIMAL, unit="%", decimals=0),
        SheetColumn("latest", _("最近进展"), Kind.LONG_TEXT, width=40),
    )


def cells(one: Standing) -> tuple[Any, ...]:
    row = one.row
    return (
        row.code,
        row.content,
        str(row.lead_unit),
        row.support_units,
        row.due_on,
        str(STANDINGS[one.stands]),
        str(LIGHTS[one.light]),
        one.percent,
        one.latest,
    )


def paper(found: Sequence[Standing]) -> Paper:
    ledger = registry.get(LEDGER)
    rows = [PaperRow(cells(one), url=link(ledger, "detail", pk=one.row.pk)) for one in found]
    note = _("办理情况和亮灯按今天计算，不存储；双方都签认的和待对方签认的都列。")
    return Paper(_("议定事项清单"), note, [PaperTable("", columns(), rows)], _("议定事项清单"))
