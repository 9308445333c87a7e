"""A listing as the table component draws it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.workflow import State

from .counts import Counts
from .display import Writer, remembering, state_badge, text_of, text_of_value
from .fields import ResolvedColumn
from .grouping import Group, Groups, cut_words, total_words
from .links import link
from .listing import Listing

Drawn = dict[str, Any]

#: Stands for the key of a row in its address, which is looked up once.
_SAMPLE = UUID(int=0)


def table_of(listing: Listing, *, picks: bool) -> Drawn:
    """Columns, rows and totals of the page. `picks`: rows can be selected."""
    return {
        "columns": [_heading(listing, column) for column in listing.columns],
        "rows": draw_rows(listing.ledger, listing.columns, listing.page.rows, listing.actor),
        "totals": _totals(listing) if listing.summed else [],
        "pick": picks,
        "scroll": False,
    }


def groups_table(listing: Listing, groups: Groups) -> Drawn:
    """A row per group, which leads to its rows: what they share, how many they are, what they add up to."""
    counted: Drawn = {"label": _("行数"), "kind": "number"}
    return {
        "columns": [
            {"label": str(groups.column.label)},
            counted,
            *(_heading(listing, column) for column in listing.summed),
        ],
        "rows": [_group(listing, groups.column, one, number) for number, one in enumerate(groups.items)],
        "totals": _group_totals(listing, counted),
        "caption": cut_words() if groups.is_cut else "",
        "pick": False,
        "scroll": False,
    }


def _group(listing: Listing, column: ResolvedColumn, group: Group, number: int) -> Drawn:
    opens = group.opening is not None
    url = f"{link(listing.ledger, 'list')}?{listing.opened(group)}" if opens else ""
    return {
        "id": str(number),
        "label": group.text,
        "url": url,
        "cells": [
            {"text": group.text, "label": str(column.label)},
            {"text": f"{group.rows:,}", "label": _("行数"), "kind": "number"},
            *_sums(listing, group.totals or {}),
        ],
    }


def _sums(listing: Listing, totals: Mapping[str, Any]) -> list[Drawn]:
    """Cells of totals; empty ones where nothing could be added up."""
    return [
        {
            "text": text_of_value(c, totals[c.name]) if c.name in totals else "",
            "label": str(c.label),
            "kind": "number",
        }
        for c in listing.summed
    ]


def _group_totals(listing: Listing, counted: Drawn) -> list[Drawn]:
    counts = listing.counts
    return [
        {"text": total_words(listing), "label": "", "kind": ""},
        counted | {"text": counts.text},
        *_sums(listing, counts.totals),
    ]


def _heading(listing: Listing, column: ResolvedColumn) -> Drawn:
    drawn: Drawn = {"label": str(column.label), "unit": str(column.unit), "kind": _kind(column)}
    if column.is_sortable:
        is_sorted = listing.order.column == column.name
        turned = f"-{column.name}" if is_sorted and not listing.order.is_descending else column.name
        drawn["sort_url"] = f"{link(listing.ledger, 'list')}?{listing.query(sort=turned)}"
        if is_sorted:
            drawn["sorted"] = "descending" if listing.order.is_descending else "ascending"
    return drawn


def draw_rows(
    ledger: Ledger[Any], columns: list[ResolvedColumn], rows: Iterable[Any], actor: Actor
) -> list[Drawn]:
    """Rows for the table component; each links to its page."""
    locks = Locks(ledger) if any(column.name == "period" for column in columns) else None
    address = link(ledger, "detail", pk=_SAMPLE)
    write = remembering()
    cells = [_cells(column, actor, write) for column in columns]
    return [_row(address, columns, [cell(row) for cell in cells], row, actor, locks) for row in rows]


def _row(
    address: str,
    columns: list[ResolvedColumn],
    cells: list[Drawn],
    row: Any,
    actor: Actor,
    locks: Locks | None,
) -> Drawn:
    if locks and row.side in actor.sides:
        _mark_locked(cells, columns, row, locks)
    label = cells[0]["text"] or str(row.pk)
    if not cells[0]["text"]:
        cells[0] = {**cells[0], "text": _("（未填）")}
    return {
        "id": str(row.pk),
        "label": label,
        "url": address.replace(str(_SAMPLE), str(row.pk)),
        "selectable": row.side in actor.sides or row.state == State.AWAITING,
        "cells": cells,
    }


def _mark_locked(cells: list[Drawn], columns: list[ResolvedColumn], row: Any, locks: Locks) -> None:
    closed = locks.period_closed(row)
    if closed is None or closed.code != "period_locked":
        return
    for cell, column in zip(cells, columns, strict=True):
        if column.name == "period":
            cell["text"] = _("%(period)s（已锁定）") % {"period": cell["text"]}


def _cells(column: ResolvedColumn, actor: Actor, write: Writer) -> Callable[[Any], Drawn]:
    """Draws the cell of a column in one row; what is the same for all rows is asked once."""
    drawn: Drawn = {"label": str(column.label), "kind": _kind(column)}
    if column.name == "state":
        ours, theirs = (
            {one.value: drawn | _state(one, is_ours) for one in State} for is_ours in (True, False)
        )
        return lambda row: (ours if row.side in actor.sides else theirs)[row.state]
    if column.template:
        return lambda row: {**drawn, "text": _by_template(column, row)}
    return lambda row: {**drawn, "text": text_of(column, row, actor, write)}


def _state(state: State, is_ours: bool) -> Drawn:
    badge = state_badge(state, is_ours=is_ours)
    return {"text": badge["label"], "state": badge}


def _by_template(column: ResolvedColumn, row: Any) -> str:
    return render_to_string(column.template, {"row": row, "value": column.value(row), "column": column})


def _kind(column: ResolvedColumn) -> str:
    if column.name == "state":
        return "state"
    if column.is_number:
        return "number"
    if column.is_sensitive or column.kind in {Kind.CODE, Kind.IDENTITY}:
        return "code"
    return {Kind.DATE: "date", Kind.LONG_TEXT: "long"}.get(column.kind, "")


def _totals(listing: Listing) -> list[Drawn]:
    counts = listing.counts
    cells = []
    for position, column in enumerate(listing.columns):
        text = ""
        if column.name in counts.totals:
            text = text_of_value(column, counts.totals[column.name])
        elif position == 0:
            text = _totals_label(counts.is_exact)
        cells.append({"text": text, "label": str(column.label), "kind": _kind(column)})
    return cells


def _totals_label(is_exact: bool) -> str:
    if is_exact:
        return _("合计（不含作废）")
    return _("超过 %(number)s 行不合计，请先筛选") % {"number": f"{Counts.MOST:,}"}
