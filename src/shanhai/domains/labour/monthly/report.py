"""The report of a month: numbers by item, column and line, and the rows behind each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Actor, Side, own_reach
from shanhai.registers.places.models import Place

from ..models import DestinationGroup, EmploymentSpell, OfficialGroup, PersonCategory, Threshold
from .counting import Counting, Picks, Rules, Window, months_of, rows_of, windows_of
from .items import BY_CODE, COLUMNS, ITEMS, THIS, Item
from .reading import DESTINATIONS, Ints, Read, read_side


@dataclass(frozen=True)
class Asked:
    """Of whom and when. `place`: only people registered there or below."""

    side: Side
    month: Period
    place: Place | None = None

    @property
    def query(self) -> dict[str, str]:
        """As the address says it."""
        place = str(self.place.pk) if self.place else ""
        return {"side": self.side.value, "month": self.month.code, "place": place}


def require_reader(actor: Actor, verb: Verb = Verb.VIEW) -> None:
    """Errors: NotVisible for who reads no employment."""
    if not actor.allows(verb, EmploymentSpell.ledger_key()):
        raise NotVisible


def asked_report(actor: Actor, query: Mapping[str, str]) -> Asked:
    """The reader's own side and the last month that ended, unless the address says otherwise.

    Errors: NotVisible; RuleViolated for what is no month or has not begun.
    """
    require_reader(actor)
    side = query.get("side") or (actor.home.side if actor.home else "")
    if side not in Side.values:
        raise NotVisible
    today = clock.today()
    text = query.get("month", "").strip()
    try:
        month = Period.parse(text) if text else Period.of(today, PeriodKind.MONTH).previous()
    except PeriodError as wrong:
        raise RuleViolated(str(wrong), code="bad_period", problems={"month": [str(wrong)]}) from None
    if month.kind is not PeriodKind.MONTH:
        said = _("月报按月看，请写成 2021-08。")
        raise RuleViolated(said, code="bad_period", problems={"month": [said]})
    if month.start > today:
        said = _("%(month)s 还没有到，请选已经开始的月份。") % {"month": month.code}
        raise RuleViolated(said, code="bad_period", problems={"month": [said]})
    return Asked(Side(side), month, _place(query.get("place", "")))


def _place(text: str) -> Place | None:
    """Errors: NotVisible for what is no place."""
    if not text:
        return None
    try:
        found = Place.objects.filter(pk=UUID(text)).first()
    except ValueError:
        raise NotVisible from None
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True)
class Line:
    """People of one place. Shape: `key` is that of the place; "none" where none is registered."""

    key: str
    name: str


@dataclass(frozen=True)
class Monthly:
    """The report. `counts`: (item, column) → a number for each line; absent where it cannot be told."""

    asked: Asked
    items: Sequence[Item]
    lines: Sequence[Line]
    windows: tuple[Window, ...]
    stable_months: int | None
    #: Rows of the month that wait to be verified and so are not counted.
    unverified: int
    #: Whether the reader's reach is a part of the side.
    is_partial: bool
    counts: Mapping[tuple[str, str], Ints]
    _picks: Picks = field(repr=False)
    _read: Read = field(repr=False)
    #: Number of a place → position of its line; -1 where it is not asked for.
    _line_of: Ints = field(repr=False)

    def number(self, item: str, column: str = THIS, line: str = "") -> int | None:
        """The number of a cell; of all lines without one. None where it cannot be told."""
        counts = self.counts.get((item, column))
        if counts is None:
            return None
        return int(counts.sum() if not line else counts[self._position(line)])

    def keys(self, item: str, column: str = THIS, line: str = "") -> list[UUID]:
        """Keys of the rows behind a number, by place. Errors: NotVisible for what is no cell."""
        picked = self._picks.get((item, column))
        if picked is None:
            raise NotVisible
        rows = rows_of(self._read, BY_CODE[item].ledger)
        at = self._line_of[rows.place[picked]]
        kept = (at == self._position(line)) if line else (at >= 0)
        picked, at = picked[kept], at[kept]
        ordered = picked[np.lexsort((rows.place[picked], at))]
        return [UUID(bytes=key.tobytes()) for key in rows.keys[ordered]]

    def _position(self, line: str) -> int:
        """Errors: NotVisible."""
        for position, one in enumerate(self.lines):
            if one.key == line:
                return position
        raise NotVisible

    def shown(self) -> list[Item]:
        """Items, less those that are told only where they are not nought and are."""
        return [
            one for one in self.items if not one.is_rare or any(self.number(one.code, c) for c, _n in COLUMNS)
        ]


def monthly(asked: Asked, actor: Actor) -> Monthly:
    """The report of what the reader looks after; of the other side, of what it shares. Eight statements."""
    windows = windows_of(asked.month)
    months = months_of(windows)
    first = min(min(one.first, one.before[0]) for one in windows)
    is_own = asked.side in actor.sides
    reach = partial(own_reach, actor, Verb.VIEW) if is_own else _whatever_is_shared
    read = read_side(asked.side, first, asked.month.end, months, months, reach)
    groups, stable = _groups(), _stable()
    lines, line_of = _lines(asked, read)
    counting = Counting(read)
    picks: Picks = {}
    items = [one for one in ITEMS if _may(one, asked, actor)]
    told = {one.code for one in items}
    for window in windows:
        rules = Rules(_groups_on(groups, window.last), _value_on(stable, window.last))
        # The year ends with the month: the same tally.
        at = months.index(f"{window.last:%Y-%m}")
        for item, found in counting.picks(window, rules, at):
            if item in told:
                picks[item, window.column] = found
    counts = {
        (item, column): _by_line(line_of[rows_of(read, BY_CODE[item].ledger).place[found]], len(lines))
        for (item, column), found in picks.items()
    }
    needed = _value_on(stable, asked.month.end)
    unverified = counting.unverified(windows[0])
    is_partial = is_own and not _reads_side(actor)
    return Monthly(asked, items, lines, windows, needed, unverified, is_partial, counts, picks, read, line_of)


def _whatever_is_shared(ledger: str) -> Q:
    return Q()


def _reads_side(actor: Actor) -> bool:
    grants = actor.grants_for(Verb.VIEW, EmploymentSpell.ledger_key())
    return any(grant.role.reach is Reach.SIDE for grant in grants)


def _may(item: Item, asked: Asked, actor: Actor) -> bool:
    """What the reader's roles and side leave of the items: a nought that is none is not told."""
    if not all(actor.allows(Verb.VIEW, one) for one in (item.ledger, item.rests_on) if one):
        return False
    return item.rests_on != PersonCategory.ledger_key() or asked.side in actor.sides


def _by_line(at: Ints, size: int) -> Ints:
    return np.bincount(at[at >= 0], minlength=size)[:size]


def _lines(asked: Asked, read: Read) -> tuple[list[Line], Ints]:
    """Towns of the side, or what lies right below the place asked for; each place's line."""
    places = Place.whole()
    side_of = [one for one in places.values() if one.side == asked.side and _is_line(one, asked.place)]
    expected = sorted(side_of, key=lambda one: str(one.path))
    found: dict[UUID | None, int] = {one.pk: number for number, one in enumerate(expected)}
    line_of = np.full(len(read.places), -1, np.int64)
    keys: list[UUID | None] = [one.pk for one in expected]
    for number, raw in enumerate(read.places):
        place = places.get(UUID(bytes=raw.tobytes()))
        if asked.place and (place is None or not _lies_in(place, asked.place)):
            continue
        line = _line(place, asked.place)
        key = line.pk if line else None
        if key not in found:
            found[key] = len(keys)
            keys.append(key)
        line_of[number] = found[key]
    named = [
        Line(str(key), _named(places[key], asked.place)) if key else Line("none", _("户籍未填"))
        for key in keys
    ]
    return named, line_of


def _is_line(place: Place, root: Place | None) -> bool:
    if root is None:
        return place.level == Place.Level.TOWN and place.valid_to is None
    return place.parent_id == root.pk and place.valid_to is None


def _lies_in(place: Place, root: Place) -> bool:
    return f"{place.path}.".startswith(f"{root.path}.")


def _line(place: Place | None, root: Place | None) -> Place | None:
    """The place by which somebody registered at `place` stands in the table."""
    current: Any = place
    while current is not None:
        if root is None and current.level == Place.Level.TOWN:
            found: Place = current
            return found
        if root is not None and root.pk in {current.parent_id, current.pk}:
            below: Place = current
            return below
        current = current.parent
    return place


def _named(place: Any, root: Place | None) -> str:
    if root is not None and place.pk == root.pk:
        return str(_("%(place)s（未细分）") % {"place": place.short_name})
    if root is None and place.level in {Place.Level.COUNTY, Place.Level.CITY, Place.Level.PROVINCE}:
        return str(_("%(place)s（未到镇）") % {"place": place.short_name})
    return str(place.short_name)


def _groups() -> list[DestinationGroup]:
    return list(DestinationGroup.objects.order_by("valid_from"))


def _groups_on(rows: Sequence[DestinationGroup], day: date) -> Ints:
    found = np.full(len(DESTINATIONS), -1, np.int64)
    for row in rows:
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            found[DESTINATIONS.index(row.destination)] = OfficialGroup.values.index(row.group)
    return found


def _stable() -> list[Threshold]:
    return list(Threshold.objects.filter(code=Threshold.Code.STABLE_MONTHS).order_by("-valid_from"))


def _value_on(rows: Sequence[Threshold], day: date) -> int | None:
    for row in rows:
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            return int(row.value)
    return None
