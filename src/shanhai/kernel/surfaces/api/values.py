"""Rows into JSON and back, by the rules that exports, files and forms go by."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.exports.cells import Cells
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.sheets.values import parse_cell
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.forms import find_reference
from shanhai.kernel.surfaces.typed import sheet_column, stored

from .schemas import writable


def row_json(row: Any, columns: Iterable[ResolvedColumn], cells: Cells) -> dict[str, Any]:
    """What the reader of `cells` may read of the row: sensitive values and people masked as on pages."""
    values = {column.name: _json(column, row, cells) for column in columns}
    return {**values, "id": str(row.pk), "row_version": row.row_version}


def _json(column: ResolvedColumn, row: Any, cells: Cells) -> Any:
    text = cells.value(column, row)
    if column.is_reference and text is not None:
        return {"id": _visible_key(column, row, cells.actor), "text": str(text)}
    return text.code if isinstance(text, Period) else text


def _visible_key(column: ResolvedColumn, row: Any, actor: Actor) -> str | None:
    target = column.value(row)
    is_hidden = row.side not in actor.sides and isinstance(target, LedgerModel)
    return None if is_hidden or not isinstance(target, models.Model) else str(target.pk)


def read_values(ledger: Ledger[Any], given: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """Typed values of a body. Errors: RuleViolated with every problem by field."""
    values: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    for column in writable(ledger):
        if column.name in given:
            value = _value(column, given[column.name], actor)
            if isinstance(value, CellProblem):
                problems[column.name] = [value.message]
            else:
                values[column.name] = value
    if problems:
        raise RuleViolated(problems=problems)
    return values


def _value(column: ResolvedColumn, raw: Any, actor: Actor) -> Any:
    if raw is None:
        return None if column.is_reference else stored(column, None)
    if column.is_reference:
        sentence = _("没有找到“%(text)s”，或您无权引用。") % {"text": str(raw)[:60]}
        return find_reference(column, str(raw), actor) or CellProblem("unknown_reference", sentence)
    value = parse_cell(sheet_column(column), str(raw) if isinstance(raw, Decimal) else raw)
    return value if isinstance(value, CellProblem) else stored(column, value)
