"""Rows into JSON and back, by the rules that exports, files and forms go by."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shanhai.engines.values import Period
from shanhai.kernel.custom.judging import no_such_field
from shanhai.kernel.custom.values import PREFIX
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.exports.cells import Cells
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import CHOICE_SEPARATOR, Kind
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.sheets.values import parse_cell
from shanhai.kernel.surfaces.customs import customs_of_row, customs_of_unit
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve
from shanhai.kernel.surfaces.offered import find_reference, refused_reference
from shanhai.kernel.surfaces.typed import sheet_column, stored

from .schemas import writable


def row_json(row: Any, columns: Iterable[ResolvedColumn], cells: Cells) -> dict[str, Any]:
    """What the reader of `cells` may read of the row: sensitive values and people masked as on pages."""
    values: dict[str, Any] = {"id": str(row.pk), "row_version": row.row_version}
    customs = {}
    for column in columns:
        if column.custom is None:
            values[column.name] = _json(column, row, cells)
        else:
            customs[column.custom_key] = _json(column, row, cells)
    return {**values, "custom": customs} if customs else values


def read_row(ledger: Ledger[Any], pk: Any, actor: Actor) -> dict[str, Any]:
    """One row with every column. Errors: NotVisible."""
    resolved = resolve(ledger)
    rows = ledger.model._default_manager.annotate(**resolved.annotations).select_related(*resolved.relations)
    row = ledger.queryset(rows).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    columns = {column.name: column for column in (*resolved.columns, *resolved.fields)}
    return row_json(row, (*columns.values(), *customs_of_row(ledger, row)), Cells(actor))


def _json(column: ResolvedColumn, row: Any, cells: Cells) -> Any:
    text = cells.value(column, row)
    if column.is_reference and text is not None:
        return {"id": _visible_key(column, row, cells.actor), "text": str(text)}
    return text.code if isinstance(text, Period) else text


def _visible_key(column: ResolvedColumn, row: Any, actor: Actor) -> str | None:
    target = column.value(row)
    is_hidden = row.side not in actor.sides and isinstance(target, LedgerModel)
    return None if is_hidden or not isinstance(target, models.Model) else str(target.pk)


def read_values(
    ledger: Ledger[Any],
    given: Mapping[str, Any],
    actor: Actor,
    *,
    row: Any = None,
    customs: Sequence[ResolvedColumn] | None = None,
) -> dict[str, Any]:
    """Typed values of a body, about `row` or a new one; with `customs` about rows of several units.

    Errors: RuleViolated with every problem by field.
    """
    values: dict[str, Any] = {}
    problems: dict[str, list[str]] = {}
    _read(writable(ledger), given, actor, values, problems)
    if given.get("custom"):
        columns = _customs(ledger, actor, values, row) if customs is None else customs
        _read_customs(columns, given["custom"], actor, values, problems)
    if problems:
        raise RuleViolated(problems=problems)
    return values


def _read(
    columns: Iterable[ResolvedColumn],
    given: Mapping[str, Any],
    actor: Actor,
    values: dict[str, Any],
    problems: dict[str, list[str]],
) -> None:
    for column in columns:
        if column.name in given:
            value = _value(column, given[column.name], actor)
            if isinstance(value, CellProblem):
                problems[column.name] = [value.message]
            else:
                values[column.name] = value


def _customs(
    ledger: Ledger[Any], actor: Actor, values: Mapping[str, Any], row: Any
) -> Sequence[ResolvedColumn]:
    """Of the unit that is to have the row."""
    unit = getattr(values.get("owner_unit"), "pk", None) or getattr(row, "owner_unit_id", None)
    grants = actor.grants_for(Verb.CREATE, ledger.key)
    return customs_of_unit(ledger, unit or (grants[0].unit_id if grants else None))


def _read_customs(
    columns: Sequence[ResolvedColumn],
    given: Mapping[str, Any],
    actor: Actor,
    values: dict[str, Any],
    problems: dict[str, list[str]],
) -> None:
    """By the names of their columns, also in what is refused."""
    kinds = {column.name: column.kind for column in columns}
    named = {f"{PREFIX}{key}": raw for key, raw in given.items()}
    for name in named.keys() - kinds.keys():
        problems[name] = [no_such_field()]
    for name, raw in named.items():
        if why := _why_no_value(kinds.get(name), raw):
            problems[name] = [why]
    _read(columns, {n: raw for n, raw in named.items() if n not in problems}, actor, values, problems)


def _why_no_value(kind: Kind | None, raw: Any) -> str:
    if kind is Kind.MULTI_CHOICE and raw is not None:
        is_several = isinstance(raw, list) and all(isinstance(one, str) for one in raw)
        return "" if is_several else _("这里应是几个选项的列表。")
    is_one = isinstance(raw, str | int | float | None)
    return "" if is_one else _("这里应是一个值，不是列表或对象。")


def _value(column: ResolvedColumn, raw: Any, actor: Actor) -> Any:
    if raw is None:
        return None if column.is_reference else stored(column, None)
    if column.is_reference:
        text = str(raw)
        found = find_reference(column, text, actor)
        return found or CellProblem("unknown_reference", refused_reference(column, text, actor))
    told = CHOICE_SEPARATOR.join(raw) if isinstance(raw, list) else raw
    value = parse_cell(sheet_column(column), str(told) if isinstance(told, Decimal) else told)
    return value if isinstance(value, CellProblem) else stored(column, value)
