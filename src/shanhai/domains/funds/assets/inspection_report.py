"""巡查情况 as a paper: of each unit's assets who was looked at in this part of the year, and what is owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.filters.references import owned_by
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import Asset, AssetInspection
from . import rents
from .care_lookup import inspections_a_year, looked_at
from .reports import Asked, list_of, rows_of


@dataclass(frozen=True)
class Owing:
    """An asset with its last inspection. `due_on`: by when it is to be looked at again; none asked: None."""

    asset: Asset
    inspected_on: date | None
    due_on: date | None
    is_owed: bool


def owings(asked: Asked) -> list[Owing]:
    """Assets asked for by unit; one is owed that falls due before this part of the year is over."""
    times = inspections_a_year(asked.day)
    chosen = rows_of(asked).select_related("owner_unit", "place")
    assets = list(chosen.order_by("owner_unit__path", "owner_unit_id", "code"))
    last = rents.part_of_year(asked.day, times)[1] if times else asked.day
    found = []
    for asset, seen in zip(assets, looked_at(assets, asked.day), strict=True):
        due = rents.due_on(seen, times) if times else None
        found.append(Owing(asset, seen.inspected_on, due, due is not None and due <= last))
    return found


def inspections_paper(asked: Asked) -> Paper:
    """For each unit its number first, then the assets it still owes, the longest waiting first."""
    found, times = owings(asked), inspections_a_year(asked.day)
    rows: list[PaperRow] = []
    for unit, group in groupby(found, key=lambda one: one.asset.owner_unit):
        held = list(group)
        rows.append(_of_unit(str(unit), held, list_of(asked, **owned_by(unit))))
        rows += [_line(one, asked.day) for one in sorted(_owed(held), key=_waiting)]
    owed = sum(1 for _one in _owed(found))
    told = {"number": len(found), "owed": owed}
    table = PaperTable("", _columns(), rows, note=_("在册 %(number)s 项，还欠巡查 %(owed)s 项") % told)
    return Paper(_("巡查情况"), _said(asked, times), (table,), f"{_('巡查情况')}-{asked.day.isoformat()}")


def _owed(found: Iterable[Owing]) -> Iterable[Owing]:
    return (one for one in found if one.is_owed)


def _waiting(one: Owing) -> tuple[date, str]:
    return (one.due_on or date.max, one.asset.code)


def _said(asked: Asked, times: int | None) -> str:
    where = asked.place.short_name if asked.place else _("全县")
    if not times:
        return _("%(where)s；没有设定一年至少巡查几次，不列欠查。") % {"where": where}
    first, last = rents.part_of_year(asked.day, times)
    told = {"where": where, "times": times, "first": first.isoformat(), "last": last.isoformat()}
    return (
        _("%(where)s，一年至少巡查 %(times)s 次；本期 %(first)s 至 %(last)s，下列资产本期还要巡查。") % told
    )


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn("unit", _("填报单位"), Kind.TEXT, width=24),
        SheetColumn("asset", _("帮扶资产"), Kind.TEXT, width=28),
        SheetColumn("place", _("所在地"), Kind.TEXT, width=16),
        SheetColumn("caretaker", _("管护责任"), Kind.TEXT, width=20),
        SheetColumn("number", _("资产数"), Kind.INTEGER, unit=_("项"), width=10),
        SheetColumn("owed", _("还欠巡查"), Kind.INTEGER, unit=_("项"), width=10),
        SheetColumn("inspected_on", _("上次巡查"), Kind.DATE),
        SheetColumn("due_on", _("应巡查日期"), Kind.DATE),
        SheetColumn("late", _("逾期天数"), Kind.INTEGER, width=10),
    ]


def _of_unit(unit: str, held: list[Owing], url: str) -> PaperRow:
    owed = sum(1 for _one in _owed(held))
    cells = (unit, _("小计"), "", "", len(held), owed, None, None, None)
    return PaperRow(cells, ("", "", "", "", url, "", "", "", ""), is_total=True)


def _line(one: Owing, today: date) -> PaperRow:
    asset = one.asset
    late = max((today - one.due_on).days, 0) if one.due_on else 0
    cells = (
        "",
        asset.name,
        str(asset.place or ""),
        asset.caretaker,
        None,
        None,
        one.inspected_on,
        one.due_on,
        late or None,
    )
    seen = with_query(link(registry.get(AssetInspection.ledger_key()), "list"), {"asset": asset.pk})
    url = row_link(asset)
    return PaperRow(cells, ("", url, "", "", "", "", seen if one.inspected_on else "", url, url))
