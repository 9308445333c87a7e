"""Units compared: filed in time, returned, papers missing, findings, and what chapters add."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from shanhai.engines.values import percent
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible
from shanhai.kernel.models import Obligation
from shanhai.kernel.periods.states import ObligationState
from shanhai.kernel.periods.summary import states_of
from shanhai.kernel.periods.visible import may_see, visible_obligations
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable, issuer_of
from shanhai.registers.parties.models import Unit
from shanhai.web.scoreboard import scores_for

from . import scores
from .alarms import Alarm, alarms
from .scores import MISSING, RETURNED, Counted

Drawn = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A unit. Shape: `others` are columns of chapters by code. Unit: `rate` per cent, None without duties."""

    unit: Unit
    due: int
    in_time: int
    late: int
    returned: int
    missing: int
    alarms: int
    others: Mapping[str, int]

    @property
    def rate(self) -> Decimal | None:
        return percent(self.in_time, self.due) if self.due else None


class Board:
    """What one reader sees of a year, each part asked once. Duties of the year, everything else as of now."""

    def __init__(self, actor: Actor, year: int) -> None:
        self.actor = actor
        self.year = year

    @cached_property
    def duties(self) -> tuple[list[Obligation], Mapping[UUID, ObligationState]]:
        """Obligations of the year that are due by today."""
        rows = visible_obligations(self.actor).filter(due_on__year=self.year, due_on__lte=clock.today())
        return states_of(rows)

    @cached_property
    def alarms(self) -> list[Alarm]:
        return alarms(self.actor)

    @cached_property
    def returned(self) -> list[Counted]:
        return scores.returned(self.actor)

    @cached_property
    def missing(self) -> list[Counted]:
        return scores.evidence_missing(self.actor)

    @cached_property
    def others(self) -> dict[str, Mapping[UUID, int]]:
        return {one.code: one.read(self.actor) for one in scores_for(self.actor)}

    @cached_property
    def lines(self) -> list[Line]:
        """Units of the reader's own side about which there is anything, in the order of the unit tree."""
        due, in_time, late = Counter[UUID](), Counter[UUID](), Counter[UUID]()
        listed, states = self.duties
        for one in listed:
            due[one.unit_id] += 1
            in_time[one.unit_id] += states[one.pk].is_on_time
            late[one.unit_id] += states[one.pk].is_late
        returned, missing = scores.by_unit(self.returned), scores.by_unit(self.missing)
        found = Counter(UUID(one.found.unit_id) for one in self.alarms if one.found.unit_id)
        columns = [due, returned, missing, found, *self.others.values()]
        keys = {key for column in columns for key, number in column.items() if number}
        units = Unit.objects.filter(pk__in=keys, side__in=self.actor.sides).order_by("path")
        return [
            Line(
                unit=one,
                due=due[one.pk],
                in_time=in_time[one.pk],
                late=late[one.pk],
                returned=returned.get(one.pk, 0),
                missing=missing.get(one.pk, 0),
                alarms=found[one.pk],
                others={code: column.get(one.pk, 0) for code, column in self.others.items()},
            )
            for one in units
        ]


#: Columns by which lines may be put in order, worst first.
_ORDERS: Mapping[str, Any] = {
    "unit": lambda one: one.unit.path,
    "due": lambda one: -one.due,
    "in_time": lambda one: -one.in_time,
    "rate": lambda one: one.rate if one.rate is not None else Decimal(101),
    "late": lambda one: -one.late,
    "returned": lambda one: -one.returned,
    "missing": lambda one: -one.missing,
    "alarms": lambda one: -one.alarms,
}


def in_order(lines: Sequence[Line], sort: str) -> list[Line]:
    """Errors: NotVisible for an unknown column."""
    codes = lines[0].others if lines else {}
    if sort in codes:
        return sorted(lines, key=lambda one: -one.others[sort])
    if sort not in _ORDERS and lines:
        raise NotVisible
    return sorted(lines, key=_ORDERS.get(sort, _ORDERS["unit"]))


def columns(board: Board) -> list[SheetColumn]:
    """Columns of the table. Shape: their names are what `sort` takes."""
    more = [
        SheetColumn(one.code, str(one.label), Kind.INTEGER, unit=str(one.unit), width=12)
        for one in scores_for(board.actor)
    ]
    return [
        SheetColumn("unit", _("单位"), Kind.TEXT, width=26),
        SheetColumn("due", _("到期应报"), Kind.INTEGER, unit=_("项"), width=12),
        SheetColumn("in_time", _("按时报送"), Kind.INTEGER, unit=_("项"), width=12),
        SheetColumn("rate", _("按时报送率"), Kind.DECIMAL, unit="%", width=12, decimals=1),
        SheetColumn("late", _("逾期未报"), Kind.INTEGER, unit=_("项"), width=12),
        SheetColumn("returned", _("被退回"), Kind.INTEGER, unit=_("条"), width=12),
        SheetColumn("missing", _("缺佐证"), Kind.INTEGER, unit=_("条"), width=12),
        SheetColumn("alarms", _("预警"), Kind.INTEGER, unit=_("项"), width=12),
        *more,
    ]


def scoreboard_paper(board: Board, sort: str) -> Paper:
    """The board as a table; each number opens what it counts. Errors: NotVisible for an unknown column."""
    rows = [_row(board, one) for one in in_order(board.lines, sort)]
    title = _("单位记分牌")
    note = _("%(year)s年到期的应报事项；被退回、缺佐证、预警等按现在计，只列本方有数的单位。") % {
        "year": board.year
    }
    table = PaperTable("", columns(board), rows)
    return Paper(title, note, [table], f"{title}-{board.year}", issuer_of(board.actor))


def _row(board: Board, one: Line) -> PaperRow:
    unit = reverse("appraisal:score_unit", args=[one.unit.pk])
    duties = {"view": "items", "quarter": "all", "unit": one.unit.pk}
    owed = with_query(link_to("obligations"), duties)
    late = with_query(link_to("obligations"), {**duties, "state": "late"})
    found = with_query(reverse("appraisal:alarms"), {"unit": one.unit.pk})
    cells: tuple[Any, ...] = (
        str(one.unit), one.due, one.in_time, one.rate, one.late, one.returned, one.missing, one.alarms,
        *one.others.values(),
    )  # fmt: skip
    opens = {RETURNED: f"{unit}#{RETURNED}", MISSING: f"{unit}#{MISSING}"}
    urls = (
        unit, owed, owed, owed, late, opens[RETURNED], opens[MISSING], found,
        *(score.address(one.unit.code) for score in scores_for(board.actor)),
    )  # fmt: skip
    return PaperRow(cells, urls)


def may_open(actor: Actor) -> bool:
    """Whoever has duties to look at."""
    return bool(actor.grants) and may_see(actor)
