"""Obligations as tables, for the page and for the cards of the workbench."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel.registry import registry
from shanhai.kernel.surfaces.display import period_label
from shanhai.kernel.surfaces.filters.references import owned_by
from shanhai.kernel.surfaces.links import link, link_to, with_query

from .models import Obligation
from .states import ObligationState, Standing
from .summary import Line, ledger_label

Drawn = dict[str, Any]
#: Names of units a line tells before it only counts them.
_NAMED = 2


def summary_table(lines: Sequence[Line], parameter: str, query: Mapping[str, Any]) -> Drawn:
    """«应报 已报 已核»: one line per ledger or unit, each leading to its obligations.

    `parameter` is what the line's key is called in the address: `ledger` or `unit`.
    """
    heads = [_("台账"), _("责任单位")] if parameter == "ledger" else [_("单位"), _("台账")]
    columns = [{"label": label} for label in heads]
    columns += [{"label": label, "kind": "number"} for label in (_("应报"), _("已报"), _("已核"), _("逾期"))]
    columns += [{"label": _("核实进度")}, {"label": _("截止")}, {"label": _("情况")}]
    labels = [column["label"] for column in columns]
    rows = [_summary_row(line, parameter, query, labels) for line in lines]
    return {"columns": columns, "rows": rows, "totals": _totals(lines, labels)}


def _summary_row(line: Line, parameter: str, query: Mapping[str, Any], labels: Sequence[str]) -> Drawn:
    url = items_url({**query, parameter: line.key})
    late_url = items_url({**query, parameter: line.key, "state": Standing.LATE.value})
    others = "、".join(line.others[:_NAMED])
    if len(line.others) > _NAMED:
        others = _("%(names)s 等 %(number)s 个") % {"names": others, "number": len(line.others)}
    cells: list[Drawn] = [
        {"text": line.label},
        {"text": others, "kind": "quiet"},
        {"text": f"{line.owed:,}", "kind": "number"},
        {"text": f"{line.reported:,}", "kind": "number"},
        {"text": f"{line.settled:,}", "kind": "number"},
        {
            "text": f"{line.late:,}" if line.late else "",
            "kind": "number",
            "url": late_url if line.late else "",
        },
        {"text": "", "kind": "bar", "bar": _bar(line)},
        {"text": f"{line.due:%m-%d}" if line.due else "", "kind": "date"},
        {"text": "", "kind": "state", "state": line.standing},
    ]
    return _row(line.key, line.label, url, cells, labels)


def _bar(line: Line) -> Drawn:
    label = f"{line.settled} / {line.owed}"
    return {"value": line.settled, "max": line.owed, "label": label, "low": line.late > 0}


def _totals(lines: Sequence[Line], labels: Sequence[str]) -> list[Drawn]:
    sums = [sum(getattr(line, name) for line in lines) for name in ("owed", "reported", "settled", "late")]
    texts = [_("合计"), "", *(f"{number:,}" for number in sums), "", "", ""]
    return [
        {"text": text, "label": label, "kind": "number" if 0 < position - 1 < len(sums) + 1 else ""}
        for position, (text, label) in enumerate(zip(texts, labels, strict=True))
    ]


def items_table(obligations: Iterable[Obligation], states: Mapping[UUID, ObligationState]) -> Drawn:
    """One line per obligation."""
    texts = (
        _("台账"),
        _("单位"),
        _("所属期"),
        _("截止"),
        _("应报行"),
        _("已报行"),
        _("已核行"),
        _("情况"),
        _("说明"),
    )
    numbers = {4, 5, 6}
    columns = [
        {"label": text, "kind": "number" if position in numbers else ""}
        for position, text in enumerate(texts)
    ]
    rows = [_item_row(one, states[one.pk], texts) for one in obligations]
    return {"columns": columns, "rows": rows}


def _item_row(one: Obligation, state: ObligationState, labels: Sequence[str]) -> Drawn:
    counted = rows_url(one) if state.reported else ""
    cells: list[Drawn] = [
        {"text": ledger_label(one.ledger)},
        {"text": str(one.unit)},
        {"text": period_label(one.period)},
        {"text": one.due_on.isoformat(), "kind": "date"},
        {"text": str(one.minimum_rows), "kind": "number"},
        {"text": f"{state.reported:,}", "kind": "number", "url": counted},
        {"text": f"{state.verified:,}", "kind": "number"},
        {"text": "", "kind": "state", "state": state_drawn(state)},
        {"text": remark(one, state), "kind": "quiet"},
    ]
    return _row(str(one.pk), ledger_label(one.ledger), link_to("obligation", pk=one.pk), cells, labels)


def _row(key: str, label: str, url: str, cells: Sequence[Drawn], labels: Sequence[str]) -> Drawn:
    named = [{"label": text, **cell} for text, cell in zip(labels, cells, strict=True)]
    return {"id": key, "label": label, "url": url, "cells": named}


def state_drawn(state: ObligationState) -> Drawn:
    """What components/state.html shows."""
    return {"label": str(state.standing.label), "kind": state.standing.kind}


def remark(one: Obligation, state: ObligationState) -> str:
    """Why it stands so, in a few words."""
    if state.is_late:
        return _("已逾期 %(days)s 天") % {"days": state.late_days}
    if state.is_nil:
        return one.nil_reason
    if state.is_met and state.late_days:
        return _("迟报 %(days)s 天") % {"days": state.late_days}
    if not state.is_met and state.rows > state.reported:
        return _("另有 %(rows)s 行未报") % {"rows": state.rows - state.reported}
    return ""


def rows_url(one: Obligation) -> str:
    """The list of the ledger, narrowed to the rows that serve the obligation."""
    if one.ledger not in registry:
        return ""
    query = {**owned_by(one.unit), "period": one.period}
    return with_query(link(registry.get(one.ledger), "list"), query)


def items_url(query: Mapping[str, Any]) -> str:
    return with_query(link_to("obligations"), {**query, "view": "items"})
