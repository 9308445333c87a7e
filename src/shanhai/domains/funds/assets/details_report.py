"""资产明细 as a paper: each asset with what it is, whose it is, from which money, and how it stands."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link, row_link, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from ..models import Asset, AssetSource
from .reports import NOTHING, Asked, list_of, rows_of, said_scope


def details_paper(asked: Asked) -> Paper:
    """One line an asset, and what all of them come to."""
    assets = list(rows_of(asked).select_related("place").order_by("code"))
    levels = AssetSource.Level
    sources: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    sums = AssetSource.objects.live().filter(asset__in=[one.pk for one in assets]).order_by()
    for key, level, total in (
        sums.values("asset", "source_level")
        .annotate(total=Sum("amount"))
        .values_list("asset", "source_level", "total")
    ):
        sources[key][level] = total
    rows = [_detail(one, sources.get(one.pk, {})) for one in assets]
    if rows:
        number = _("%(number)s 项") % {"number": len(assets)}
        from_levels = [
            sum((one.get(level, NOTHING) for one in sources.values()), NOTHING) for level in levels
        ]
        value = sum((one.original_value for one in assets), NOTHING)
        cells = (_("合计"), number, "", "", "", "", value, *from_levels, "", None, "", "")
        url = list_of(asked)
        rows.append(PaperRow(cells, (*[""] * 6, url, *[""] * 9), is_total=True))
    table = PaperTable("", _detail_columns(), rows, note=_("共 %(number)s 项") % {"number": len(assets)})
    return Paper(_("资产明细"), said_scope(asked), (table,), f"{_('资产明细')}-{asked.day.isoformat()}")


def _detail_columns() -> list[SheetColumn]:
    def text(name: str, label: str, width: int = 12) -> SheetColumn:
        return SheetColumn(name, label, Kind.TEXT, width=width)

    levels = [
        SheetColumn(level.value, f"{level.label}{_('资金')}", Kind.MONEY, unit=_("元"), width=16)
        for level in AssetSource.Level
    ]
    return [
        text("code", _("资产编号"), 16),
        text("name", _("资产名称"), 30),
        text("asset_class", _("资产类别")),
        text("asset_form", _("资产形态")),
        text("place", _("所在地"), 16),
        text("owner", _("所有权人"), 24),
        SheetColumn("original_value", _("资产原值"), Kind.MONEY, unit=_("元"), width=18),
        *levels,
        text("standing", _("资产状态")),
        SheetColumn("formed_on", _("资产形成日期"), Kind.DATE),
        text("certificate", _("权证编号"), 18),
        text("caretaker", _("管护责任"), 20),
    ]


def _detail(one: Asset, sources: Mapping[str, Decimal]) -> PaperRow:
    url = row_link(one)
    money = [sources.get(level.value) for level in AssetSource.Level]
    ledger = registry.get(AssetSource.ledger_key())
    opened = [
        with_query(link(ledger, "list"), {"asset": one.pk, "source_level": level.value})
        if level.value in sources
        else ""
        for level in AssetSource.Level
    ]
    cells = (
        one.code,
        one.name,
        one.get_asset_class_display(),
        one.get_asset_form_display(),
        str(one.place or ""),
        one.ownership_holder,
        one.original_value,
        *money,
        one.get_standing_display(),
        one.formed_on,
        one.certificate_number,
        one.caretaker,
    )
    return PaperRow(cells, ("",) * 6 + (url, *opened) + ("",) * 4, url=url)
