"""Indicators as workbooks: the list of all, and the breakdown of one."""

import io
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.indicators.asked import asked_period, asked_scope, dimensions
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.figures import breakdown
from shanhai.kernel.indicators.onepass.places import by_place
from shanhai.kernel.indicators.reasons import reason_label
from shanhai.kernel.indicators.registry import filed_by, registry
from shanhai.kernel.indicators.rows import own
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.lots import ValueRow
from shanhai.kernel.sheets.writing import write_xlsx
from shanhai.kernel.surfaces.respond import file_answer
from shanhai.registers.places.models import Place

from .asking import Asking
from .indicator_overview import member_name
from .naming import scope_text
from .reports import Areas, by_area, chapter_standings, targets

Book = tuple[str, list[SheetColumn], list[ValueRow], str]


def rounded(indicator: Indicator, number: Decimal | None) -> Decimal | None:
    """A value with the decimals it is printed with."""
    return (
        number.quantize(Decimal(1).scaleb(-indicator.places), ROUND_HALF_UP) if number is not None else None
    )


def list_workbook(request: HttpRequest) -> Book:
    """Every indicator the reader may be told: file name, columns, rows, note."""
    actor = request.actor  # type: ignore[attr-defined]
    scope, period = asked_scope(actor, request.GET), asked_period(request.GET)
    columns = [
        SheetColumn("chapter", _("章节"), Kind.TEXT, width=14),
        SheetColumn("code", _("编码"), Kind.TEXT, width=10),
        SheetColumn("name", _("指标"), Kind.TEXT, width=28),
        SheetColumn("unit", _("计量单位"), Kind.TEXT, width=8),
        SheetColumn("value", _("本期值"), Kind.DECIMAL, decimals=2),
        SheetColumn("target", _("目标"), Kind.DECIMAL, decimals=2),
        SheetColumn("rate", _("完成率"), Kind.DECIMAL, unit="%", decimals=1),
        SheetColumn("previous", _("上期值"), Kind.DECIMAL, decimals=2),
        SheetColumn("counted", _("计入行数"), Kind.INTEGER),
        SheetColumn("amended", _("其中更正"), Kind.DECIMAL, decimals=2),
        SheetColumn("amended_rows", _("更正行数"), Kind.INTEGER),
    ]
    rows: list[ValueRow] = []
    for label, found in chapter_standings(scope, period).items():
        for one in found:
            indicator = one.figure.indicator
            rows.append(
                {
                    "chapter": str(apps.get_app_config(label).verbose_name),
                    "code": indicator.code,
                    "name": str(indicator.name),
                    "unit": str(indicator.unit),
                    "value": rounded(indicator, one.figure.value),
                    "target": one.target,
                    "rate": one.rate,
                    "previous": rounded(indicator, one.previous.value) if one.previous else None,
                    "counted": one.figure.counted,
                    "amended": rounded(indicator, one.amended.delta) if one.amended else None,
                    "amended_rows": one.amended.rows if one.amended else None,
                }
            )
    note = _("%(side)s %(period)s 全部指标，%(at)s 现算") % {
        "side": scope.side.label,
        "period": period.label,
        "at": f"{clock.now():%Y-%m-%d %H:%M}",
    }
    return f"指标-{scope.side.label}-{period.code}", columns, rows, note


def places_workbook(request: HttpRequest) -> Book:
    """Every place of the side, from the county down, with every indicator that counts rows in places."""
    actor = request.actor  # type: ignore[attr-defined]
    scope, period = asked_scope(actor, request.GET), asked_period(request.GET)
    indicators = [registry.get(one.code, period) for one in registry if filed_by(one, scope.side)]
    found = by_place([(one, period) for one in indicators], scope.side)
    told = [one for one in indicators if (one, period) in found]
    columns = [
        SheetColumn("place", _("地区"), Kind.TEXT, width=20),
        SheetColumn("level", _("级别"), Kind.TEXT, width=10),
        *(
            SheetColumn(one.code, str(one), Kind.DECIMAL, unit=str(one.unit), decimals=one.places)
            for one in told
        ),
    ]
    shown = (Place.Level.COUNTY, Place.Level.TOWN, Place.Level.VILLAGE, Place.Level.PARK)
    rows: list[ValueRow] = [
        {"place": place.short_name, "level": place.get_level_display()}
        | {one.code: rounded(one, found[one, period].get(place.pk)) for one in told}
        for place in Place.objects.filter(side=scope.side, level__in=shown).order_by("path")
    ]
    note = _("%(side)s %(period)s 各地区指标，上级含下级，%(at)s 现算") % {
        "side": scope.side.label,
        "period": period.label,
        "at": f"{clock.now():%Y-%m-%d %H:%M}",
    }
    return f"指标-各地区-{scope.side.label}-{period.code}", columns, rows, note


def breakdown_workbook(asking: Asking) -> Book:
    """One indicator: total, target, every split, every reason for which rows are not counted."""
    columns = [
        SheetColumn("split", _("分解方式"), Kind.TEXT, width=16),
        SheetColumn("member", _("项"), Kind.TEXT, width=28),
        SheetColumn("value", _("数值"), Kind.DECIMAL, unit=str(asking.indicator.unit), decimals=2),
        SheetColumn("counted", _("行数"), Kind.INTEGER),
    ]
    known = dimensions(asking.indicator, asking.period)
    note = _("%(indicator)s，%(scope)s，%(period)s，%(at)s 现算；依据：%(clause)s") % {
        "indicator": asking.indicator,
        "scope": scope_text(asking, known),
        "period": asking.period.label,
        "at": f"{clock.now():%Y-%m-%d %H:%M}",
        "clause": asking.indicator.clause,
    }
    name = f"{asking.indicator.code}-{asking.scope.side.label}-{asking.period.code}"
    return name, columns, list(_breakdown_rows(asking, known)), note


def _breakdown_rows(asking: Asking, known: Any) -> Iterator[ValueRow]:
    indicator = asking.indicator
    found = breakdown(indicator, asking.scope, asking.period, list(known))
    figure = found.figure
    yield _row(_("本期值"), "", rounded(indicator, figure.value), figure.counted)
    target = targets(asking.scope, asking.period.year).get(indicator.code)
    if target is not None:
        yield _row(_("目标"), "", target, None)
    for part in figure.parts:
        yield _row(
            str(part.indicator), str(part.indicator.unit), rounded(part.indicator, part.value), part.counted
        )
    for code, dimension in known.items():
        members = by_area(found, Areas.of(asking.scope)) if code == "place" else found.splits.get(code, ())
        for one in members:
            name = member_name(code, one)
            yield _row(
                _("按%(split)s") % {"split": dimension.label},
                name,
                rounded(indicator, one.value),
                one.counted,
            )
    counted = own(indicator, asking.period)
    for code, rows in figure.excluded.items():
        yield _row(_("不计入"), str(reason_label(counted, code)), None, rows)


def _row(split: str, member: str, number: Decimal | None, counted: int | None) -> ValueRow:
    return {"split": split, "member": member, "value": number, "counted": counted}


def workbook_response(name: str, columns: list[SheetColumn], rows: list[ValueRow], note: str) -> HttpResponse:
    """The workbook as a download."""
    out = io.BytesIO()
    write_xlsx(columns, rows, note, out, title=name)
    return file_answer(out.getvalue(), f"{name}.xlsx")
