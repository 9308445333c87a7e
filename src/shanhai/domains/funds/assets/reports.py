"""Which assets are asked for, and 资产总账 as a paper: numbers are counted from rows and open to them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.kernel.workflow import State
from shanhai.registers.papers import Paper, PaperRow, PaperTable
from shanhai.registers.places.models import Place

from ..models import Asset, AssetClass, AssetStanding, OwnerLevel, StatedTotal
from . import lookup, rules

WAN = 10_000
NOTHING = Decimal(0)
COUNTED = (State.SUBMITTED.value, State.VERIFIED.value)
KEPT = tuple(one.value for one in AssetStanding if one is not AssetStanding.DISPOSED)


@dataclass(frozen=True)
class Asked:
    """Assets formed until a day, of a place and what lies below it. `sheet`: name of the printed sheet."""

    day: date
    place: Place | None = None
    asset_class: str = ""
    sheet: str = ""


def asked_assets(actor: Actor, query: Mapping[str, str]) -> Asked:
    """`day`, `place` (code), `asset_class`, `sheet` (name).

    Errors: NotVisible; RuleViolated for what is no day.
    """
    if not actor.allows(Verb.VIEW, Asset.ledger_key()):
        raise NotVisible
    text, today = query.get("day", "").strip(), clock.today()
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        said = _("日期请写成 2021-09-24。")
        raise RuleViolated(said, code="bad_date", problems={"day": [said]}) from None
    code, kind = query.get("place", ""), query.get("asset_class", "")
    place = Place.objects.filter(code=code, side=Side.WEST).first() if code else None
    if (code and place is None) or (kind and kind not in AssetClass.values):
        raise NotVisible
    return Asked(day, place, kind, query.get("sheet", ""))


def rows_of(asked: Asked) -> Any:
    """Reported assets that stand in the books; what was disposed of does not."""
    return _reported(asked).filter(standing__in=KEPT)


def _reported(asked: Asked) -> Any:
    return within(Asset.objects.filter(state__in=COUNTED, formed_on__lte=asked.day), asked)


def within(rows: Any, asked: Asked) -> Any:
    """Of these assets those of the class and the place asked for."""
    if asked.asset_class:
        rows = rows.filter(asset_class=asked.asset_class)
    if asked.place is not None:
        rows = rows.filter(place__in=Place.objects.filter(path__descendant_of=asked.place.path).values("pk"))
    return rows


def list_of(asked: Asked, **more: Any) -> str:
    """The list of exactly the assets that were counted."""
    query = {"state": list(COUNTED), "standing": list(KEPT), "formed_on_to": asked.day.isoformat()}
    query |= {"place": asked.place.code if asked.place else "", "asset_class": asked.asset_class}
    return with_query(link(registry.get(Asset.ledger_key()), "list"), query | more)


@dataclass
class Sum2:
    """How many, and what they were worth. Unit: yuan."""

    count: int = 0
    value: Decimal = NOTHING

    def add(self, value: Decimal) -> None:
        self.count += 1
        self.value += value


@dataclass(frozen=True)
class Totals:
    """All assets asked for, counted by class, owner level, standing and town."""

    every: Sum2
    by_class: Mapping[str, Sum2]
    by_owner: Mapping[str, Sum2]
    by_standing: Mapping[str, Sum2]
    #: By code of the town, in the order of places; "" for those of no town.
    by_town: Mapping[str, Sum2]
    towns: Mapping[str, str] = field(default_factory=dict)


def count_assets(asked: Asked) -> Totals:
    """One reading of the rows, so that every way adds up to the same."""
    towns = list(Place.objects.filter(side=Side.WEST, level=Place.Level.TOWN).order_by("path"))
    names, paths = {one.code: str(one) for one in towns}, [(f"{one.path}.", one.code) for one in towns]
    every, ways = Sum2(), [defaultdict[str, Sum2](Sum2) for _number in range(4)]
    values = rows_of(asked).order_by("code")
    for kind, owner, standing, path, value in values.values_list(
        "asset_class", "owner_level", "standing", "place__path", "original_value"
    ):
        town = next((code for start, code in paths if f"{path}.".startswith(start)), "")
        every.add(value)
        for way, key in zip(ways, (kind, owner, standing, town), strict=True):
            way[key].add(value)
    by_class, by_owner, by_standing, by_town = ways
    ordered = {code: by_town[code] for code in (*names, "") if code in by_town}
    return Totals(every, by_class, by_owner, by_standing, ordered, names)


def count_disposed(asked: Asked) -> Sum2:
    """What left the books, told beside the totals and never within them."""
    found = Sum2()
    for value in (
        _reported(asked).filter(standing=AssetStanding.DISPOSED).values_list("original_value", flat=True)
    ):
        found.add(value)
    return found


def sheet_of(asked: Asked) -> dict[str, StatedTotal]:
    """The printed sheet the totals are held against: the one asked for, or the newest."""
    found = lookup.sheets(asked.day)
    return found.get(asked.sheet, {}) if asked.sheet else next(iter(found.values()), {})


_VERDICTS = {
    rules.Verdict.EXACT: lambda: _("一致"),
    rules.Verdict.ROUNDED: lambda: _("尾差"),
    rules.Verdict.OFF: lambda: _("不符"),
}


def totals_paper(asked: Asked) -> Paper:
    """资产总账: counted from the rows two ways, beside what was printed, which is recomputed and flagged."""
    found, sheet = count_assets(asked), sheet_of(asked)
    crossed = {one.way: one for one in rules.cross_check(lookup.printed(sheet))}
    heading = StatedTotal.Heading
    rows: list[PaperRow] = []

    def line(way: str, name: str, had: Sum2, url: str, stated: str = "", total: bool = False) -> None:
        rows.append(_line((way, name), had, url, sheet.get(stated), is_total=total))

    way = _("按类别")
    for kind in AssetClass:
        had = found.by_class.get(kind.value, Sum2())
        line(way, str(kind.label), had, list_of(asked, asset_class=kind.value), kind.value)
    rows.append(_subtotal(way, found.every, list_of(asked), crossed.get("class")))
    way = _("按权属")
    for level in OwnerLevel:
        had = found.by_owner.get(level.value, Sum2())
        line(way, str(level.label), had, list_of(asked, owner_level=level.value), f"{level.value}_owned")
    rows.append(_subtotal(way, found.every, list_of(asked), crossed.get("owner")))
    for standing in AssetStanding:
        if standing.value in found.by_standing:
            had = found.by_standing[standing.value]
            line(_("按状态"), str(standing.label), had, list_of(asked, standing=standing.value))
    gone = count_disposed(asked)
    if gone.count:
        line(
            _("不计入"),
            str(AssetStanding.DISPOSED.label),
            gone,
            list_of(asked, standing=AssetStanding.DISPOSED),
        )
    for code, had in found.by_town.items():
        name = found.towns.get(code, _("不在镇内"))
        line(_("按镇"), name, had, list_of(asked, place=code) if code else "")
    line(_("合计"), "", found.every, list_of(asked), heading.TOTAL.value, total=True)
    table = PaperTable("", _totals_columns(), rows, note=_sheet_note(sheet))
    return Paper(_("资产总账"), _said(asked, crossed), (table,), f"{_('资产总账')}-{asked.day.isoformat()}")


def _totals_columns() -> list[SheetColumn]:
    return [
        SheetColumn("way", _("统计口径"), Kind.TEXT, width=12),
        SheetColumn("item", _("项目"), Kind.TEXT, width=16),
        SheetColumn("count", _("资产数"), Kind.INTEGER, unit=_("项"), width=10),
        SheetColumn("value", _("资产原值"), Kind.MONEY, unit=_("元"), width=18),
        SheetColumn("stated_count", _("上报数"), Kind.INTEGER, unit=_("项"), width=10),
        SheetColumn("stated_value", _("上报原值"), Kind.DECIMAL, unit=_("万元"), decimals=4, width=18),
        SheetColumn("verdict", _("核对"), Kind.LONG_TEXT, width=40),
    ]


def _line(
    names: tuple[str, str], had: Sum2, url: str, stated: StatedTotal | None, *, is_total: bool
) -> PaperRow:
    number, value = (stated.asset_count, stated.stated_value) if stated else (None, None)
    verdict = _against(had, stated) if stated else ""
    where = row_link(stated) if stated else ""
    cells = (*names, had.count, had.value, number, value, verdict)
    return PaperRow(cells, ("", "", url, url, where, where, ""), is_total=is_total)


def _against(had: Sum2, stated: StatedTotal) -> str:
    """A printed line beside the rows."""
    verdict = rules.balance([had.value / WAN], stated.stated_value).verdict
    if had.count != stated.asset_count:
        verdict = rules.Verdict.OFF
    if verdict is not rules.Verdict.OFF:
        return _VERDICTS[verdict]()
    told = {
        "count": stated.asset_count - had.count,
        "value": f"{(stated.stated_value - had.value / WAN).normalize():,f}",
    }
    return _("与台账不符：差 %(count)s 项、%(value)s 万元") % told


def _subtotal(way: str, had: Sum2, url: str, crossed: rules.Crossed | None) -> PaperRow:
    """The sum of a way; of the sheet what its own parts come to, held against the total it prints."""
    before, opens = (way, _("小计"), had.count, had.value), ("", "", url, url, "", "", "")
    if crossed is None:
        return PaperRow((*before, None, None, ""), opens, is_total=True)
    said = _VERDICTS[rules.Verdict.OFF if not crossed.follows else crossed.value.verdict]()
    verdict = _("印出的合计 %(stated)s 万元与分项相加 %(computed)s 万元：%(verdict)s") % {
        "stated": f"{crossed.value.stated.normalize():,f}",
        "computed": f"{crossed.value.computed.normalize():,f}",
        "verdict": said,
    }
    return PaperRow((*before, crossed.counted, crossed.value.computed, verdict), opens, is_total=True)


def _sheet_note(sheet: Mapping[str, StatedTotal]) -> str:
    one = next(iter(sheet.values()), None)
    if one is None:
        return _("没有登记上报总账，只列台账数。")
    told = {"sheet": one.sheet_name, "unit": str(one.owner_unit), "day": one.stated_on.isoformat()}
    return _("上报数：%(unit)s《%(sheet)s》，截至 %(day)s") % told


def _said(asked: Asked, crossed: Mapping[str, rules.Crossed]) -> str:
    parts = [said_scope(asked)]
    if any(not one.follows for one in crossed.values()):
        parts.append(_("上报的合计与自己的分项对不上，见“核对”列。"))
    return "".join(parts)


def said_scope(asked: Asked) -> str:
    where = asked.place.short_name if asked.place else _("全县")
    told = {"where": where, "day": asked.day.isoformat()}
    return _("%(where)s，%(day)s 以前形成的已报资产，已处置的不计。") % told


def sheet_choices(asked: Asked) -> Sequence[tuple[str, str]]:
    """Printed sheets, the newest first."""
    return [(name, name) for name in lookup.sheets(asked.day)]
