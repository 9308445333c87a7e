"""Reading beyond the wall, table by table, by name: `every_funds_payment` is the view of all its rows.

`Model._base_manager` reads it, and so do joins: a row that one may see names what it points at, whose that
is, and the surfaces say （未共享） where they must. Whatever starts at the default manager starts behind the
wall. So an opening stands in the statement itself, holds for that one table in it, and need not be closed.
Who may use `_base_manager` is listed in tools/lint/scope.py; nothing is written beyond the wall this way.
"""

from functools import cache
from typing import Any

from django.db import models
from django.db.backends.postgresql.features import DatabaseFeatures
from django.db.models.options import Options
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable, Join
from django.utils.functional import cached_property

from .around import EVERY, walled_models


@cache
def _walled() -> frozenset[str]:
    return frozenset(model._meta.db_table for model, _wall in walled_models())


def is_walled(table: str) -> bool:
    return table in _walled()


def table_of_every_row(table: str) -> str:
    """The name to read all rows of `table` by; its own where it has no wall. For SQL of one's own."""
    return f"{EVERY}{table}" if is_walled(table) else table


def _table_read(table: str, connection: Any) -> str:
    """The owner has every row by a policy of his own; during migrations, which are his, there is no view."""
    return table if connection.alias == "owner" else table_of_every_row(table)


class _Table(BaseTable):
    """A table under the name of all its rows."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        name = _table_read(self.table_name, connection)
        if name == self.table_name:
            return super().as_sql(compiler, connection)
        quote = connection.ops.quote_name
        return f"{quote(name)} {quote(self.table_alias)}", ()


class _Join(Join):
    """A join to all rows of a table."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, params = super().as_sql(compiler, connection)
        name = _table_read(self.table_name, connection)
        if name == self.table_name:
            return sql, params
        quote = connection.ops.quote_name
        before = f"{self.join_type} {quote(self.table_name)} "
        alias = f"{quote(self.table_alias)} " if sql.startswith(f"{before}ON ") else ""
        return f"{self.join_type} {quote(name)} {alias}{sql.removeprefix(before)}", params


class _EveryRow(Query):
    base_table_class = _Table


class EveryRow(models.Manager[Any]):
    """The base manager of a table with a wall."""

    def get_queryset(self) -> models.QuerySet[Any, Any]:
        return models.QuerySet(self.model, query=_EveryRow(self.model), using=self._db)


def _base_manager(meta: Any) -> Any:
    if meta.base_manager_name or not is_walled(meta.db_table):  # what a model says itself holds
        return _DJANGOS(meta)
    manager: Any = EveryRow()
    manager.name, manager.model, manager.auto_created = "_base_manager", meta.model, True
    return manager


def _has_key(features: Any, model: type[models.Model]) -> bool:
    """Whether the other columns follow from the key in a grouped query: a view has none."""
    is_plain = model._meta.managed and not is_walled(model._meta.db_table)
    return bool(features.allows_group_by_selected_pks and is_plain)


_DJANGOS: Any = Options.__dict__["base_manager"].func


def open_base_managers() -> None:
    """Called when all models are known."""
    Query.join_class = _Join
    DatabaseFeatures.allows_group_by_selected_pks_on_model = _has_key  # type: ignore[method-assign,assignment]
    found = cached_property(_base_manager)
    found.__set_name__(Options, "base_manager")
    Options.base_manager = found  # type: ignore[assignment]
    for model, _wall in walled_models():
        model._meta.__dict__.pop("base_manager", None)
