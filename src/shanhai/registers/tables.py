"""Plain tables and facts of the registers, for the kernel's components."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock

Drawn = dict[str, Any]


def table_of(columns: Sequence[Any], rows: Iterable[tuple[str, Sequence[Any]]]) -> Drawn:
    """A plain table for components/table.html: headings, and (address, cells) of each row.

    Shape: a cell is a text, or a dict with what components/table.html knows of a cell. A heading stands
    over its cells: to the right over numbers, with the states over states.
    """
    drawn = []
    for url, cells in rows:
        shown = [_cell(str(column), cell) for column, cell in zip(columns, cells, strict=True)]
        drawn.append({"id": "", "label": shown[0]["text"], "url": url, "cells": shown})
    kinds = [cell.get("kind", "") for cell in drawn[0]["cells"]] if drawn else [""] * len(columns)
    heads = [{"label": str(column), "kind": kind} for column, kind in zip(columns, kinds, strict=True)]
    return {"columns": heads, "rows": drawn}


def _cell(label: str, cell: Any) -> Drawn:
    return (
        {"label": label, "text": "", **cell}
        if isinstance(cell, dict)
        else {"label": label, "text": str(cell or "")}
    )


def fact(label: Any, text: Any, **more: Any) -> Drawn:
    """One line of `kernel/detail.html`."""
    return {"label": str(label), "text": "" if text is None else str(text), **more}


def validity(row: Any) -> str:
    """From when to when a row holds: `2020-01-01 起`, `2020-01-01 至 2021-12-31`."""
    if row.valid_to is None:
        return _("%(day)s 起") % {"day": row.valid_from.isoformat()}
    return _("%(first)s 至 %(last)s") % {
        "first": row.valid_from.isoformat(),
        "last": row.valid_to.isoformat(),
    }


def in_force_badge(row: Any, today: date | None = None) -> Drawn:
    """Whether a dated row holds today."""
    today = today or clock.today()
    if row.valid_from > today:
        return {"label": _("未到启用日"), "kind": "wait"}
    if row.valid_to is not None and row.valid_to < today:
        return {"label": _("已停用"), "kind": "void"}
    return {"label": _("在用"), "kind": "ok"}
