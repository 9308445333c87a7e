"""The map as a table: the same values for who does not see it, for paper, Excel and Word."""

from django.utils.translation import gettext as _

from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.display import period_label
from shanhai.registers.paper_pages import sentences
from shanhai.registers.papers import Paper, PaperRow, PaperTable, issuer_of

from .layers import ALARMS, MapFound


def map_paper(found: MapFound, actor: Actor) -> Paper:
    """Towns of both counties with their values; what lies in no town; all together."""
    shown = found.shown
    number = SheetColumn(
        "value", shown.name, Kind.DECIMAL, unit=shown.unit, width=16, decimals=_decimals(found)
    )
    columns = [
        SheetColumn("town", _("镇（街道）"), Kind.TEXT, width=18),
        SheetColumn("county", _("县（区）"), Kind.TEXT, width=14),
        SheetColumn("pair", _("结对"), Kind.LONG_TEXT, width=24),
        number,
    ]
    rows = [
        PaperRow(
            (town.name, county.name, _pair(found, town.code), shown.values.get(str(town.pk))),
            url=shown.urls.get(str(town.pk), "") if str(town.pk) in shown.values else "",
        )
        for county, towns in found.counties
        for town in towns
    ]
    if shown.elsewhere is not None:
        rows.append(PaperRow((_("未分到镇村"), "", "", shown.elsewhere.value)))
    title = _("一张图：%(layer)s") % {"layer": shown.name}
    note = said(found)
    return Paper(title, note, [PaperTable("", columns, rows)], title.replace("：", "-"), issuer_of(actor))


def said(found: MapFound) -> str:
    """Whose rows, of which period, what they come to."""
    shown, asked = found.shown, found.asked
    told = {"side": asked.side.label, "period": period_label(asked.period), "total": shown.total}
    told |= {"unit": shown.unit}
    summed = (
        _("合计 %(total)s %(unit)s。") % told
        if asked.layer == ALARMS
        else _("%(side)s填报，%(period)s，合计 %(total)s %(unit)s。") % told
    )
    return sentences(summed, shown.note)


def _pair(found: MapFound, code: str) -> str:
    """Number and partner of a paired town."""
    number, partner = found.pairs.get(code, (0, ""))
    return f"#{number} {partner}" if number else ""


def _decimals(found: MapFound) -> int:

    return 0 if found.asked.layer == ALARMS else registry.get(found.asked.layer).places
