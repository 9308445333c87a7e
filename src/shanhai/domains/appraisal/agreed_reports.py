"""协议完成情况: agreement × indicator × target × done × rate of both sides, quotas rolled up. Values only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, percent
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.registry import registry
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.links import link_to, with_query
from shanhai.registers.papers import Paper, PaperRow, PaperTable

from . import agreed_rules as rules
from .asking import Asking
from .boards.layers import may_be_told
from .models import AgreementTarget, IndicatorTarget
from .reports import standings


@dataclass(frozen=True)
class Line:
    """One agreed target with what came of it. Shape: `is_own` where the reader's side bears it."""

    row: AgreementTarget
    indicator: Indicator
    done: Decimal | None
    rolled: rules.Rolled
    is_own: bool
    rows_url: str

    @property
    def rate(self) -> Decimal | None:
        return None if self.done is None or not self.row.value else percent(self.done, self.row.value)

    @property
    def gap(self) -> Decimal | None:
        """What is done less what was agreed."""
        return None if self.done is None else self.done - self.row.value


def lines(actor: Actor, year: int) -> list[Line]:
    """Reported targets of the year's agreements, both ways; quotas only of the reader's own side."""
    found = AgreementTarget.objects.reported().filter(agreement__period=str(year))
    ordered = found.select_related("agreement").order_by("agreement__number", "code", "bearing_side")
    rows = [one for one in ordered if one.code in registry and may_be_told(actor, registry.get(one.code))]
    period = Period.parse(str(year))
    done: dict[tuple[str, str], Any] = {}
    for side in {one.bearing_side for one in rows}:
        wanted = [
            registry.get(code) for code in sorted({one.code for one in rows if one.bearing_side == side})
        ]
        for standing in standings(wanted, IndicatorScope(Side(side)), period):
            done[side, standing.figure.indicator.code] = standing.figure.value
    own, quotas = _handed_down(actor, year)
    return [_line(actor, one, period, done, own, quotas) for one in rows]


type Key = tuple[str, str]


def _handed_down(actor: Actor, year: int) -> tuple[dict[Key, Decimal], dict[Key, dict[str, list[Decimal]]]]:
    """Targets of the reader's own sides: of the whole, and of units and places. One statement."""
    whole: dict[Key, Decimal] = {}
    parts: dict[Key, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for one in IndicatorTarget.objects.filter(side__in=actor.sides, year=year):
        key = (one.side, one.code)
        if one.unit_id is None and one.place_id is None:
            whole[key] = one.value
        else:
            parts[key][rules.BY_UNIT if one.unit_id else rules.BY_PLACE].append(one.value)
    return whole, parts


def _line(
    actor: Actor, row: AgreementTarget, period: Period, done: dict[Key, Any], own: dict[Key, Decimal],
    quotas: dict[Key, dict[str, list[Decimal]]],
) -> Line:  # fmt: skip
    key = (row.bearing_side, row.code)
    indicator = registry.get(row.code)
    is_own = row.bearing_side in actor.sides
    rolled = rules.Rolled(
        row.value, own.get(key), quotas.get(key, {}) if is_own else {}, is_share=indicator.is_ratio
    )
    asking = Asking(indicator, IndicatorScope(Side(row.bearing_side)), period, actor)
    url = asking.url("indicator_rows", reason="counted") if key in done else ""
    return Line(row, indicator, done.get(key), rolled, is_own, url)


def columns() -> Sequence[SheetColumn]:
    return (
        SheetColumn("agreement", _("年度协议"), Kind.TEXT, width=20),
        SheetColumn("bears", _("承担方"), Kind.TEXT, width=10),
        SheetColumn("indicator", _("指标"), Kind.TEXT, width=28),
        SheetColumn("unit", _("单位"), Kind.TEXT, width=8),
        SheetColumn("aim", _("协议目标值"), Kind.DECIMAL, decimals=2),
        SheetColumn("done", _("完成"), Kind.DECIMAL, decimals=2),
        SheetColumn("rate", _("完成率"), Kind.DECIMAL, unit="%", decimals=1),
        SheetColumn("gap", _("完成减协议"), Kind.DECIMAL, decimals=2),
        SheetColumn("own", _("全方目标减协议"), Kind.DECIMAL, decimals=2),
        SheetColumn("units", _("分到单位合计"), Kind.DECIMAL, decimals=2),
        SheetColumn("units_gap", _("单位合计减协议"), Kind.DECIMAL, decimals=2),
        SheetColumn("places", _("分到地区合计"), Kind.DECIMAL, decimals=2),
        SheetColumn("places_gap", _("地区合计减协议"), Kind.DECIMAL, decimals=2),
    )


def cells(one: Line) -> tuple[Any, ...]:
    row, rolled = one.row, one.rolled
    return (
        row.agreement.number,
        str(row.get_bearing_side_display()),
        str(one.indicator),
        str(one.indicator.unit),
        row.value,
        one.done,
        one.rate,
        one.gap,
        rolled.own_difference,
        rolled.given(rules.BY_UNIT),
        rolled.difference(rules.BY_UNIT),
        rolled.given(rules.BY_PLACE),
        rolled.difference(rules.BY_PLACE),
    )


def urls(one: Line) -> tuple[str, ...]:
    """Every number opens: the agreed target, the rows behind what is done, the quotas it was split into."""
    row, year = one.row, one.row.agreement.period
    agreed = link_to("appraisal:agreementtarget_detail", pk=row.pk)

    def split(of: str) -> str:
        query = {"code": row.code, "year": year, "of": of}
        return with_query(link_to("appraisal:targets"), query) if one.is_own else ""

    units, places, whole = split(rules.BY_UNIT), split(rules.BY_PLACE), split("side")
    agreement = link_to("funds:aidagreement_detail", pk=row.agreement_id)
    return (
        agreement, "", agreed, "", agreed, one.rows_url, one.rows_url, one.rows_url, whole, units, units,
        places, places,
    )  # fmt: skip


def paper(found: Sequence[Line], year: int) -> Paper:
    rows = [PaperRow(cells(one), urls(one)) for one in found]
    note = _(
        "%(year)s 年协议中双方各自承担的指标。完成数由已核实的台账现算；"
        "分解数只列本方的，差额为分解减协议，负数为没有分够。"
    )
    table = PaperTable("", columns(), rows)
    return Paper(_("协议完成情况表"), note % {"year": year}, [table], _("协议完成情况表"))
