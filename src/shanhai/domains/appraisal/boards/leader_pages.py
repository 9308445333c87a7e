"""领导看板 on the page, as Excel and as Word."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.asked import asked_scope
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.scope import Side
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.links import with_query
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.paper_pages import draw_table, files_of
from shanhai.registers.papers import FORMS, Paper, PaperRow, PaperTable, file_of, issuer_of

from ..indicator_overview import bar_cell, number
from .board import in_order, scoreboard_paper
from .leader import Goal, Leader, Told, may_open
from .score_pages import may_export

Drawn = dict[str, Any]
#: Units shown on the page; the whole board is one click away.
FEW = 5


def leader_paper(found: Leader) -> Paper:
    """The page as a table: part, name, unit, target, done, completion, rank."""
    columns = [
        SheetColumn("part", _("类别"), Kind.TEXT, width=14),
        SheetColumn("name", _("名称"), Kind.TEXT, width=34),
        SheetColumn("unit", _("计量单位"), Kind.TEXT, width=10),
        SheetColumn("aim", _("目标"), Kind.DECIMAL, width=14, decimals=2),
        SheetColumn("done", _("完成"), Kind.DECIMAL, width=14, decimals=2),
        SheetColumn("rate", _("完成率"), Kind.DECIMAL, unit="%", width=10, decimals=1),
        SheetColumn("rank", _("完成率名次"), Kind.INTEGER, width=10),
    ]
    rows = [_goal_row(one) for one in found.goals]
    for part, several in ((_("资金"), found.money), (_("督促"), found.pressing)):
        rows += [_told_row(part, one) for one in several]
    title = _("领导看板")
    said = {"side": found.side.label, "period": period_label(found.period)}
    note = _("%(side)s，%(period)s；每个数都由台账现算，名次按完成率从高到低排。") % said
    return Paper(title, note, [PaperTable("", columns, rows)], title, issuer_of(found.actor))


def _goal_row(one: Goal) -> PaperRow:
    standing, indicator = one.standing, one.standing.figure.indicator
    cells = (
        _("协议目标"), str(indicator), str(indicator.unit), standing.target, standing.figure.value,
        standing.rate, one.rank,
    )  # fmt: skip
    return PaperRow(cells, ("", one.url, "", "", one.rows_url, "", ""))


def _told_row(part: str, one: Told) -> PaperRow:
    value = Decimal(one.value.replace(",", "")) if one.value != "—" else None
    return PaperRow(
        (part, one.name, one.unit, None, value, None, None), ("", one.url, "", "", one.url, "", "")
    )


@require_GET
def leader(request: HttpRequest) -> HttpResponse:
    """`?side=`; `?format=xlsx`, `docx`."""
    actor = actor_of(request)
    if not may_open(actor):
        raise NotAllowed
    found = Leader(actor, asked_scope(actor, request.GET).side)
    paper = leader_paper(found)
    if request.GET.get("format") in FORMS:
        if not may_export(actor):
            raise NotAllowed
        return file_of(paper, request.GET["format"])
    context = {
        "title": paper.title,
        "sub": paper.note,
        "crumbs": [],
        "actions": files_of(request, {"side": str(found.side)}, may_export(actor)),
        "sides": _sides(found),
        "money": [drawn_figure(one) for one in found.money],
        "pressing": [drawn_figure(one) for one in found.pressing],
        "goals": drawn_goals(found.goals),
        "units": _units(found),
        "units_url": reverse("appraisal:scoreboard"),
        "note": "" if found.is_own else _("预警、督办和应报只看本方的；对方的由对方查看。"),
        "empty": _("本方还没有录入本年目标。"),
    }
    return render(request, "appraisal/leader.html", context)


def _sides(found: Leader) -> list[Drawn]:
    return [
        {
            "label": str(one.label),
            "url": with_query(reverse("appraisal:leader"), {"side": str(one)}),
            "here": one == found.side,
        }
        for one in (Side.WEST, Side.EAST)
    ]


def drawn_figure(one: Told) -> Drawn:
    """For components/figure.html."""
    state = {"label": _("需处理"), "kind": "late"} if one.kind else None
    return {
        "name": one.name,
        "value": one.value,
        "unit": one.unit,
        "url": one.url,
        "note": one.note,
        "state": state,
    }


def drawn_goals(goals: Sequence[Goal]) -> Drawn:
    """For components/table.html."""
    labels = (_("指标"), _("计量单位"), _("目标"), _("完成"), _("完成率"), "", _("名次"), _("较上期"))
    kinds = ("", "", "number", "number", "number", "bar", "number", "number")
    return {
        "columns": [{"label": label, "kind": kind} for label, kind in zip(labels, kinds, strict=True)],
        "rows": [_drawn_goal(one) for one in goals],
    }


def _drawn_goal(one: Goal) -> Drawn:
    standing, indicator = one.standing, one.standing.figure.indicator
    rate = standing.rate
    return {
        "id": indicator.code,
        "label": str(indicator),
        "url": one.url,
        "cells": [
            {"text": str(indicator), "label": _("指标")},
            {"text": str(indicator.unit), "label": _("计量单位"), "kind": "quiet"},
            number(_("目标"), display(indicator, standing.target)),
            number(_("完成"), standing.figure.display, one.rows_url),
            number(_("完成率"), f"{rate}%" if rate is not None else ""),
            bar_cell(rate),
            number(_("名次"), "" if one.rank is None else str(one.rank)),
            number(_("较上期"), standing.change_text),
        ],
    }


def _units(found: Leader) -> Drawn | None:
    """The units of which least is filed in time."""
    if not found.is_own or not found.board.lines:
        return None
    paper = scoreboard_paper(found.board, "rate")
    kept = {str(one.unit) for one in in_order(found.board.lines, "rate")[:FEW]}
    return draw_table(paper.tables[0], [one for one in paper.tables[0].rows if one.cells[0] in kept][:FEW])
