"""What stands in the cells of an export: readable, masked as on the page, recognised when it returns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import Sealed, mask_name
from shanhai.kernel.sheets.columns import Kind, SheetColumn
from shanhai.kernel.sheets.values import Value
from shanhai.kernel.surfaces.display import is_told, moment
from shanhai.kernel.surfaces.fields import ResolvedColumn, ResolvedLedger
from shanhai.kernel.surfaces.typed import sheet_column
from shanhai.kernel.trees import TreeNode

#: Name of the column that carries the key of a row, so that an edited export finds its rows again.
ROW_KEY = "id"


def row_key_column() -> SheetColumn:
    return SheetColumn(name=ROW_KEY, label=_("系统编号"), kind=Kind.TEXT, hidden=True, aliases=("系统编号",))


class Cells:
    """Values of single rows for `actor`, as `rows.Reading` writes them: masked and hidden as in the list.

    Shape: one per page: it remembers trees.
    """

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._trees: dict[type[models.Model], dict[Any, Any]] = {}

    def value(self, column: ResolvedColumn, row: Any) -> Value:
        """What is written for `column` of `row`; None behind rows not shared with the reader's side."""
        value = column.value(row)
        if value is None or value == "":
            return None
        is_ours = getattr(row, "side", None) in self.actor.sides
        is_shown = is_ours or column.is_personal or column.is_sensitive or is_told(column, row, self.actor)
        if isinstance(value, models.Model):
            return self._reference(column, value, is_ours=is_ours) if is_shown else _("（未共享）")
        return self._plain(column, value, is_ours=is_ours) if is_shown else None

    def _plain(self, column: ResolvedColumn, value: Any, *, is_ours: bool) -> Value:
        match value:
            case Sealed():
                return str(value)
            case datetime():
                return moment(value)
            case str():
                return _text(column, value, is_ours=is_ours)
            case _:
                return value  # type: ignore[no-any-return]

    def _reference(self, column: ResolvedColumn, target: Any, *, is_ours: bool) -> str:
        if column.is_personal:
            return str(target) if is_ours else mask_name(str(target))
        if isinstance(target, TreeNode):
            return self._path(target)
        name = getattr(target, "reference_field", "")
        return str(getattr(target, name) if name else target)

    def _path(self, node: Any) -> str:
        """A node by the names above it, as files refer to it; the whole tree is loaded once."""
        model = type(node)
        if model not in self._trees:
            self._trees[model] = model.whole()
        found = self._trees[model].get(node.pk)
        return str(found.reference_text() if found else node)


def _text(column: ResolvedColumn, value: str, *, is_ours: bool) -> Value:
    if column.kind is Kind.PERIOD:
        return _period(value)
    return mask_name(value) if column.is_personal and not is_ours else value


def _period(code: str) -> Value:
    try:
        return Period.parse(code)
    except PeriodError:
        return code


def export_columns(resolved: ResolvedLedger, columns: Sequence[ResolvedColumn]) -> tuple[SheetColumn, ...]:
    """Columns in the order of the list, each heading once; the key of the row folded away at the end."""
    return (*_distinct(resolved, columns), row_key_column())


def _distinct(resolved: ResolvedLedger, columns: Sequence[ResolvedColumn]) -> Iterator[SheetColumn]:
    # What only shows must not bear the heading of what can be filled: imports would mix them up.
    taken = {str(field.label) for field in resolved.fields}
    fillable = {field.name for field in resolved.fields}
    for column in columns:
        label = str(column.label)
        if column.name not in fillable:
            while label in taken:
                label = f"{_owner(column)}·{label}"
            taken.add(label)
        yield replace(_plain(column), label=label)


def _owner(column: ResolvedColumn) -> str:
    model = getattr(column.model_field, "model", None)
    return str(model._meta.verbose_name) if model is not None else _("显示")


def _plain(column: ResolvedColumn) -> SheetColumn:
    is_text = column.is_sensitive or isinstance(column.model_field, models.DateTimeField)
    declared = sheet_column(column)
    kind = Kind.TEXT if is_text else declared.kind
    return replace(declared, kind=kind, required=False, minimum=None, maximum=None, help="")
