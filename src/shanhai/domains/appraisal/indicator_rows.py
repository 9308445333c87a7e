"""The composition of an indicator: the rows counted, then the rows left out with the reason, page by page."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.indicators.declare import Indicator, Sum
from shanhai.kernel.indicators.figures import display, value
from shanhai.kernel.indicators.reasons import reason_label, reasons
from shanhai.kernel.indicators.rows import CountedRow, Cursor, own, row_page, visible
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.fields import resolve
from shanhai.kernel.surfaces.tables import draw_rows

from .asking import Asking

Drawn = dict[str, Any]
COUNTED = "counted"
#: Columns of the ledger shown beside the status.
MOST_COLUMNS = 6


class Composition:
    """One page of candidates. `reason` is "counted", a reason code, or "" for all of them."""

    def __init__(self, asking: Asking, *, reason: str, after: str, before: str) -> None:
        self.asking = asking
        self.version = own(asking.indicator, asking.period)
        self.reason = reason
        if reason not in ("", COUNTED, *reasons(self.version)):
            raise NotVisible
        self.figure = value(self.version, asking.scope, asking.period)
        self.visible = visible(self.version, asking.scope, asking.period)
        self.page = row_page(
            self.version,
            asking.scope,
            asking.period,
            reason=None if not reason else reason.removeprefix(COUNTED),
            after=Cursor.parse(after),
            before=Cursor.parse(before),
        )

    def context(self) -> Drawn:
        return {
            "chips": list(self._chips()),
            "table": self._table(),
            "pager": self._pager(),
            "notices": self._notices(),
            "empty": {"title": _("没有这样的行"), "text": _("换一个分类看看，或回到总览。")},
        }

    def _chips(self) -> list[Drawn]:
        chips = [self._chip("", _("全部候选"), self.figure.candidates)]
        chips.append(self._chip(COUNTED, _("计入"), self.figure.counted))
        for code in reasons(self.version):
            rows = self.figure.excluded.get(code, 0)
            if rows or self.reason == code:
                chips.append(self._chip(code, str(reason_label(self.version, code)), rows))
        return chips

    def _chip(self, reason: str, label: str, rows: int) -> Drawn:
        url = self.asking.url("indicator_rows", reason=reason)
        return {"label": label, "text": f"{rows:,}", "url": url, "here": self.reason == reason}

    def _notices(self) -> list[Drawn]:
        """What must be said about the page: that a ratio opens its numerator, that the reader sees a part."""
        notices = []
        if self.asking.indicator.is_ratio:
            text = _("%(ratio)s是比率，这里是分子“%(part)s”的行。") % {
                "ratio": self.asking.indicator.name,
                "part": self.version,
            }
            notices.append({"kind": "", "text": text})
        hidden = self.figure.candidates - sum(self.visible.values())
        if hidden > 0:
            text = _(
                "指标按全方计算，共 %(all)s 行；其中 %(hidden)s 行不在您的查看范围，只计数、不列出。"
            ) % {
                "all": f"{self.figure.candidates:,}",
                "hidden": f"{hidden:,}",
            }
            notices.append({"kind": "", "text": text})
        return notices

    def _pager(self) -> Drawn:
        page, last = self.page, self.page.rows
        shown = _("本页 %(rows)s 行") % {"rows": len(last)}
        total = _("您可打开 %(rows)s 行") % {"rows": f"{self._openable():,}"}
        previous = self._page_url(before=str(page.previous)) if page.previous else ""
        following = self._page_url(after=str(page.following)) if page.following else ""
        return {
            "shown": shown,
            "total": total,
            "first": self._page_url() if previous else "",
            "previous": previous,
            "next": following,
        }

    def _openable(self) -> int:
        if not self.reason:
            return sum(self.visible.values())
        return self.visible.get(self.reason.removeprefix(COUNTED), 0)

    def _page_url(self, **cursor: str) -> str:
        return self.asking.url("indicator_rows", reason=self.reason, **cursor)

    def _table(self) -> Drawn:
        head, rows = row_cells(self.version, [one.row for one in self.page.rows], self.asking)
        is_sum = isinstance(self.version.measure, Sum)
        columns = [*head, {"label": _("计入情况")}]
        if is_sum:
            columns.append({"label": _("计入数"), "unit": str(self.version.unit), "kind": "number"})
        drawn = [self._row(one, cells, is_sum) for one, cells in zip(self.page.rows, rows, strict=True)]
        return {"columns": columns, "rows": drawn}

    def _row(self, one: CountedRow, drawn: Drawn, is_sum: bool) -> Drawn:
        cells = [*drawn["cells"], status_cell(self.version, one.reason)]
        if is_sum:
            text = display(self.version, one.amount) if not one.reason else ""
            cells.append({"label": _("计入数"), "kind": "number", "text": text})
        return {**drawn, "cells": cells}


def status_cell(indicator: Indicator, reason: str) -> Drawn:
    """Counted, or why not."""
    if not reason:
        return {
            "label": _("计入情况"),
            "kind": "state",
            "text": "",
            "state": {"label": _("计入"), "kind": "ok"},
        }
    return {"label": _("计入情况"), "text": str(reason_label(indicator, reason)), "kind": "quiet"}


def row_cells(indicator: Indicator, rows: Sequence[Any], asking: Asking) -> tuple[list[Drawn], list[Drawn]]:
    """Headings and drawn rows: the first columns of the ledger, or what an obligation consists of."""
    if indicator.source not in ledgers:
        return _duty_columns(), [_duty(row) for row in rows]
    ledger = ledgers.get(indicator.source)
    columns = resolve(ledger).defaults[:MOST_COLUMNS]
    head = [
        {"label": str(one.label), "unit": str(one.unit), "kind": "number" if one.is_number else ""}
        for one in columns
    ]
    return head, draw_rows(ledger, columns, rows, asking.actor)


def _duty_columns() -> list[Drawn]:
    return [{"label": label} for label in (_("单位"), _("台账"), _("所属期"), _("截止日期"))]


def _duty(row: Any) -> Drawn:
    ledger = ledgers.get(row.ledger).label if row.ledger in ledgers else row.ledger
    texts = (str(row.unit), ledger, period_label(row.period), row.due_on.isoformat())
    labels = [column["label"] for column in _duty_columns()]
    cells = [{"text": text, "label": label} for text, label in zip(texts, labels, strict=True)]
    return {"id": str(row.pk), "label": texts[0], "url": "", "cells": cells}
