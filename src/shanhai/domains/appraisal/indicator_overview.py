"""The overview of an indicator: the figure, its splits and course, by place and unit; each number opens."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.engines.values import percent
from shanhai.kernel.indicators.asked import dimensions
from shanhai.kernel.indicators.declare import Cases, Grouped
from shanhai.kernel.indicators.figures import (
    Breakdown,
    Figure,
    Member,
    Total,
    breakdown,
    breakdowns,
    display,
)
from shanhai.kernel.indicators.reasons import reason_label, reasons
from shanhai.kernel.indicators.totals import totals
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.surfaces.display import period_label

from .asking import Asking
from .reports import Areas, Standing, by_area, comparable, signed, targets, targets_by

Drawn = dict[str, Any]
FULL = Decimal(100)
#: The «of which» of a table by place: its heading, its members by code, its figure.
type Part = tuple[str, dict[str, Member], Asking]
#: Members a split shows as cards; a longer one is a table only.
MOST_CARDS = 3


class Overview:
    """What the overview shows, computed once: one statement for the figure and the one before with splits."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.indicator = asking.indicator
        self.dimensions = dimensions(self.indicator, asking.period)
        compared = [asking.period.previous(), asking.period]
        self.before, self.now = breakdowns(self.indicator, asking.scope, compared, list(self.dimensions))
        self.targets = targets(asking.scope, asking.period.year)
        self.target = self.targets.get(self.indicator.code)
        self.standing = Standing(self.now.figure, self.before.figure, self.target)

    def context(self) -> Drawn:
        return {
            "figures": [self._main(), *self._cards()],
            "areas": self._by_area(),
            "course": self._course(),
            "down": self._down(),
            "splits": self._splits(),
        }

    def _splits(self) -> list[Drawn]:
        shown = [code for code in self.dimensions if code != "place" and self._has(code)]
        return [self._split(code) for code in shown]

    def _has(self, code: str) -> bool:
        return bool(self.now.splits.get(code))

    def _main(self) -> Drawn:
        figure = self.now.figure
        return {
            "name": _("本期值"),
            "value": figure.display,
            "unit": str(self.indicator.unit),
            "url": self.asking.url("indicator_rows", reason="counted"),
            "bar": bar(self.standing.rate),
            "note": _("截至 %(at)s") % {"at": f"{figure.computed_at:%Y-%m-%d %H:%M}"},
            "trend": self._trend(),
            "aim": _("目标完成 %(rate)s%%") % {"rate": self.standing.rate}
            if self.standing.rate is not None
            else "",
        }

    def _trend(self) -> Drawn | None:
        better = self.standing.is_better
        if better is None:
            return None
        text = _("较上期 %(change)s") % {"change": self.standing.change_text}
        return {"text": text, "kind": "up" if better else "down"}

    def _cards(self) -> Iterable[Drawn]:
        """The members of the first two splits that are neither unit nor place, when they are few."""
        shown = [code for code, one in self.dimensions.items() if isinstance(one, Cases | Grouped)]
        for code in shown[:2]:
            members = [one for one in self.now.splits.get(code, ()) if one.code]
            leading = members[:1] if isinstance(self.dimensions[code], Cases) else members[:MOST_CARDS]
            yield from (self._card(code, member) for member in leading)

    def _card(self, code: str, member: Member) -> Drawn:
        total = self.now.figure.value
        is_part = not self.indicator.is_ratio and total and member.value is not None
        share = percent(member.value or 0, total) if is_part and total else None
        return {
            "name": member.label,
            "value": display(self.indicator, member.value),
            "unit": str(self.indicator.unit),
            "url": self.asking.narrowed(code, member.code).url("indicator_rows", reason="counted"),
            "bar": bar(share),
            "note": _("占 %(share)s%%") % {"share": share} if share is not None else "",
        }

    def _by_area(self) -> Drawn | None:
        if not self._has("place"):
            return None
        areas = Areas.of(self.asking.scope)
        now, before = by_area(self.now, areas), {one.code: one for one in by_area(self.before, areas)}
        aims = targets_by(self.indicator, self.asking.scope.side, self.asking.period.year, "place")
        part = self._part(areas)
        has_aims = bool(aims) or self.target is not None
        rows = [self._area_row(one, before.get(one.code), aims.get(one.code), part, has_aims) for one in now]
        aim_labels = [(_("完成率"), "number"), ("", "bar")] if has_aims else []
        columns = [
            (_("地区"), ""),
            *([(_("目标"), "number")] if has_aims else []),
            (_("完成"), "number"),
            *([(part[0], "number")] if part else []),
            *aim_labels,
            (_("较上期"), "number"),
        ]
        return {
            "columns": [{"label": label, "kind": kind} for label, kind in columns],
            "rows": rows,
            "totals": self._area_totals(part, has_aims) if not self.indicator.is_ratio else [],
            "scroll": True,
        }

    def _part(self, areas: Areas) -> Part | None:
        """The first «of which» by place: its heading, its members, its figure."""
        if self.indicator.is_ratio:
            return None
        cases = next((one for one in self.dimensions.values() if isinstance(one, Cases)), None)
        if cases is None or any(code == cases.code for code, _member in self.asking.scope.only):
            return None
        member, label, _condition = cases.cases[0]
        asking = self.asking.narrowed(cases.code, member)
        found = breakdown(self.indicator, asking.scope, asking.period, ["place"])
        return str(label), {one.code: one for one in by_area(found, areas)}, asking

    def _area_row(
        self, one: Member, before: Member | None, aim: Decimal | None, part: Part | None, has_aims: bool
    ) -> Drawn:
        asking = self.asking.within(place=one.code) if one.code else self.asking
        rate = percent(one.value, aim) if aim and one.value is not None else None
        cells = [{"text": one.label, "label": _("地区")}]
        if has_aims:
            cells.append(number(_("目标"), display(self.indicator, aim) if aim is not None else ""))
        cells.append(number(_("完成"), display(self.indicator, one.value), self._rows_of(asking, one)))
        if part:
            label, members, narrowed = part
            value = members[one.code].value if one.code in members else Decimal(0)
            url = self._rows_of(narrowed.within(place=one.code), one)
            cells.append(number(label, display(self.indicator, value), url))
        if has_aims:
            cells += [number(_("完成率"), f"{rate}%" if rate is not None else ""), bar_cell(rate)]
        cells.append(self._change_cell(asking, one, before))
        return {"id": one.code, "label": one.label, "url": asking.url() if one.code else "", "cells": cells}

    def _rows_of(self, asking: Asking, one: Member) -> str:
        """Address of a member's rows; what lies in no place has none of its own."""
        return asking.url("indicator_rows", reason="counted") if one.code else ""

    def _change_cell(self, asking: Asking, one: Member, before: Member | None) -> Drawn:
        """The difference to the period before; it opens that period."""
        if not comparable(self.now.figure, self.before.figure) or one.value is None:
            return number(_("较上期"), "")
        earlier = before.value if before and before.value is not None else Decimal(0)
        url = asking.at(asking.period.previous()).url()
        return number(_("较上期"), signed(self.indicator, one.value - earlier), url)

    def _area_totals(self, part: Part | None, has_aims: bool) -> list[Drawn]:
        rate = self.standing.rate
        cells: list[Drawn] = [{"text": _("合计")}]
        if has_aims:
            cells.append(number(_("目标"), self._aim_text()))
        cells.append(number(_("完成"), self.now.figure.display))
        if part:
            value = sum((one.value or Decimal(0) for one in part[1].values()), Decimal(0))
            cells.append(number(part[0], display(self.indicator, value)))
        if has_aims:
            cells += [number(_("完成率"), f"{rate}%" if rate is not None else ""), {"text": ""}]
        return [*cells, number(_("较上期"), self.standing.change_text)]

    def _aim_text(self) -> str:
        return display(self.indicator, self.target) if self.target is not None else ""

    def _course(self) -> Drawn:
        periods = self.asking.recent
        figures = totals([self.indicator], self.asking.scope, periods)[self.indicator.code]
        series = [{"name": str(self.indicator.name), "values": [_plain(one) for one in figures]}]
        series[0] |= {"role": "value", "kind": "line"}
        if self.target is not None:
            aims = [float(self.target) if one.year == self.asking.period.year else None for one in periods]
            series.append({"name": _("目标"), "values": aims, "role": "target", "kind": "line"})
        return {
            "id": "course",
            "title": _("走势"),
            "data": {
                "unit": str(self.indicator.unit),
                "categories": [one.code for one in periods],
                "series": series,
                "urls": [self.asking.at(one).url() for one in periods],
            },
            "table": self._course_table(figures),
        }

    def _course_table(self, figures: Sequence[Total]) -> Drawn:
        rows = [
            {
                "id": one.period.code,
                "label": period_label(one.period),
                "url": self.asking.at(one.period).url(),
                "cells": [
                    {"text": period_label(one.period), "label": _("报告期")},
                    number(
                        _("数值"),
                        one.display,
                        self.asking.at(one.period).url("indicator_rows", reason="counted"),
                    ),
                ],
            }
            for one in figures
        ]
        columns = [{"label": _("报告期")}, {"label": _("数值"), "kind": "number"}]
        return {"columns": columns, "rows": rows}

    def _down(self) -> list[Drawn]:
        """From the figure to its rows: how many candidates, how many left out and why."""
        if self.now.parts:
            return [line for part in self.now.parts for line in self._part_lines(part)]
        return self._lines(self.now.figure, self.asking)

    def _part_lines(self, part: Breakdown) -> list[Drawn]:
        asking = self.asking.about(part.figure.indicator)
        text = f"{part.figure.indicator}：{part.figure.display} {part.figure.indicator.unit}"
        return [{"text": text, "label": _("打开"), "url": asking.url()}]

    def _lines(self, figure: Figure, asking: Asking) -> list[Drawn]:
        left = sum(figure.excluded.values())
        equation = _("%(all)s 行候选 − %(left)s 行不计 = %(counted)s 行计入") % {
            "all": f"{figure.candidates:,}",
            "left": f"{left:,}",
            "counted": f"{figure.counted:,}",
        }
        url = asking.url("indicator_rows", reason="counted")
        lines = [{"text": equation, "label": _("计入的行"), "url": url}]
        for code in reasons(figure.indicator):
            rows = figure.excluded.get(code, 0)
            if rows:
                text = _("%(rows)s 行：%(reason)s") % {
                    "rows": f"{rows:,}",
                    "reason": reason_label(figure.indicator, code),
                }
                lines.append(
                    {"text": text, "label": _("看"), "url": asking.url("indicator_rows", reason=code)}
                )
        return lines

    def _split(self, code: str) -> Drawn:
        before = {one.code: one for one in self.before.splits.get(code, ())}
        label = str(self.dimensions[code].label)
        rows = [self._split_row(code, label, one, before.get(one.code)) for one in self.now.splits[code]]
        head = (
            (label, ""),
            (_("数值"), "number"),
            (_("占比"), "number"),
            ("", "bar"),
            (_("较上期"), "number"),
        )
        columns = [{"label": text, "kind": kind} for text, kind in head]
        table = {"columns": columns, "rows": rows, "scroll": True}
        return {"title": _("按%(split)s") % {"split": label}, "table": table, "is_wide": code == "unit"}

    def _split_row(self, code: str, label: str, one: Member, before: Member | None) -> Drawn:
        asking = self.asking.narrowed(code, one.code)
        total = self.now.figure.value
        is_share = not self.indicator.is_ratio and total
        share = percent(one.value or 0, total or 1) if is_share else None
        name = member_name(code, one)
        url = asking.url("indicator_rows", reason="counted")
        cells = [
            {"text": name, "label": label},
            number(_("数值"), display(self.indicator, one.value), url),
            number(_("占比"), f"{share}%" if share is not None else "", url),
            bar_cell(share if is_share else one.value),
            self._change_cell(asking, one, before),
        ]
        return {"id": one.code, "label": name, "url": asking.url(), "cells": cells}


def member_name(code: str, member: Member) -> str:
    """What a member is called; ledgers by their label."""
    if code == "ledger" and member.code in ledgers:
        return ledgers.get(member.code).label
    return member.label


def bar(rate: Decimal | None) -> Drawn | None:
    """A share, in per cent, for components/bar.html."""
    if rate is None:
        return None
    return {"value": float(min(max(rate, Decimal(0)), FULL)), "max": 100, "label": f"{rate:.1f}%"}


def bar_cell(rate: Decimal | None) -> Drawn:
    """A cell with a bar, empty without a rate."""
    return {"kind": "bar", "bar": bar(rate), "label": "", "text": ""}


def number(label: str, text: str, url: str = "") -> Drawn:
    """A cell with a number that opens when it has an address."""
    return {"text": text, "label": label, "kind": "number", "url": url}


def _plain(figure: Total) -> float | None:
    return float(round(figure.value, figure.indicator.places)) if figure.value is not None else None
