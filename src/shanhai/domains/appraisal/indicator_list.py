"""All indicators by chapter: value, target, completion, change; each number opens."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.history import known
from shanhai.kernel.indicators.asked import asked_period, asked_scope
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import link_to, with_query

from .asking import RECENT, Asking, recent_periods
from .indicator_amended import told
from .indicator_overview import bar_cell, number
from .reports import Standing, chapter_standings

Drawn = dict[str, Any]


def list_context(request: HttpRequest) -> Drawn:
    """What appraisal/indicators.html shows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    scope, period = asked_scope(actor, request.GET), asked_period(request.GET)
    chapters = chapter_standings(scope, period)
    return {
        "title": _("指标"),
        "sub": _("%(side)s · %(period)s · 每个数字都由已核实的台账记录现算")
        % {
            "side": scope.side.label,
            "period": period_label(period),
        },
        "crumbs": [],
        "actions": list_actions(actor, scope, period),
        "sides": [
            _chip(str(side.label), IndicatorScope(side), period, side == scope.side)
            for side in (Side.WEST, Side.EAST)
        ],
        "periods": [_chip(period_label(one), scope, one, one == period) for one in offered_periods(period)],
        "chapters": [
            {
                "label": str(apps.get_app_config(label).verbose_name),
                "table": table_of(actor, scope, period, found, has_aims=True),
            }
            for label, found in chapters.items()
        ],
        "empty": {"title": _("没有您可以看的指标"), "text": _("指标随台账权限开放，请联系本单位管理员。")},
    }


def offered_periods(period: Period) -> list[Period]:
    newest = Period.of(clock.today(), PeriodKind.QUARTER)
    found = [*recent_periods(newest, RECENT), Period.of(clock.today(), PeriodKind.YEAR)]
    return found if period in found else [period, *found]


def _chip(label: str, scope: IndicatorScope, period: Period, here: bool) -> Drawn:
    url = with_query(
        link_to("appraisal:indicators"), {"period": period.code, **scope.to_query(), **known.query()}
    )
    return {"label": label, "url": url, "here": here}


def list_actions(actor: Actor, scope: IndicatorScope, period: Period) -> list[Drawn]:
    query = {"period": period.code, **scope.to_query(), **known.query()}
    actions: list[Drawn] = []
    if actor.allows(Verb.MANAGE, "appraisal.indicatortarget"):
        actions.append({"label": _("目标"), "url": link_to("appraisal:targets"), "kind": ""})
    url = with_query(link_to("appraisal:indicators_export"), query)
    by_place = with_query(link_to("appraisal:indicators_export"), {**query, "by": "place"})
    actions.append({"label": _("导出各地区"), "url": by_place, "kind": ""})
    actions.append(
        {"label": _("导出 Excel"), "url": url, "kind": "primary", "main": True, "icon": "download"}
    )
    return actions


def table_of(
    actor: Actor, scope: IndicatorScope, period: Period, found: Sequence[Standing], *, has_aims: bool = False
) -> Drawn:
    """Indicators for components/table.html.

    Columns of targets only where there is one, or on demand; that of amendments only where a figure has some.
    """
    has_aims = has_aims or any(one.target is not None for one in found)
    aims = [(_("目标"), "number"), (_("完成率"), "number"), ("", "bar")] if has_aims else []
    head = [(_("指标"), ""), (_("单位"), ""), (_("本期值"), "number"), *aims]
    head += [(_("较上期"), "number"), (_("计入行"), "number")]
    is_amended = any(one.amended for one in found)
    if is_amended:
        head.append((_("其中更正"), "number"))
    askings = [Asking(one.figure.indicator, scope, period, actor) for one in found]
    return {
        "columns": [{"label": label, "kind": kind} for label, kind in head],
        "rows": [
            _row(asking, one, has_aims=has_aims, is_amended=is_amended)
            for asking, one in zip(askings, found, strict=True)
        ],
    }


def _row(asking: Asking, one: Standing, *, has_aims: bool, is_amended: bool) -> Drawn:
    figure, indicator = one.figure, one.figure.indicator
    rows_url = asking.url("indicator_rows", reason="counted")
    cells = [
        {"text": str(indicator), "label": _("指标")},
        {"text": f"{indicator.unit} · {indicator.span.label}", "label": _("单位"), "kind": "quiet"},
        number(_("本期值"), figure.display, rows_url),
    ]
    if has_aims:
        cells += _aim_cells(one)
    cells += [
        number(_("较上期"), one.change_text, asking.at(asking.period.previous()).url()),
        number(_("计入行"), f"{figure.counted:,}", rows_url),
    ]
    if is_amended:
        text = told(indicator, one.amended) if one.amended else ""
        cells.append(number(_("其中更正"), text, asking.url("indicator_amended")))
    return {"id": indicator.code, "label": str(indicator), "url": asking.url(), "cells": cells}


def _aim_cells(one: Standing) -> list[Drawn]:
    aim = display(one.figure.indicator, one.target) if one.target is not None else ""
    rate = number(_("完成率"), f"{one.rate}%" if one.rate is not None else "")
    return [number(_("目标"), aim), rate, bar_cell(one.rate)]
