"""Which wall stands around which table, and by what name all its rows are read."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel

from .kinds import OF_OTHERS, OfLedger, Public, Wall

#: Before the name of a table, the view of all its rows, see `every_row`.
EVERY = "every_"


def wall_of(model: type[models.Model]) -> Wall | None:
    """None for a model that says nothing: a mistake, found by a test."""
    if isinstance(model._meta.auto_created, type):  # pairs of two tables, as the one that declares them
        return wall_of(model._meta.auto_created)
    wall: Wall | None = getattr(model, "WALL", None)
    if wall is None and issubclass(model, LedgerModel):
        return OfLedger(model.ledger_key(), _counterpart(model))
    return wall or OF_OTHERS.get(model._meta.app_label)


def _counterpart(model: type[LedgerModel]) -> str:
    """The column that names the other side's unit in a joint row; "" in ledgers of one side."""
    name = registry.get(model.ledger_key()).counterpart if model.ledger_key() in registry else ""
    return str(model._meta.get_field(name).column) if name else ""  # type: ignore[union-attr]


def walled_models() -> Iterator[tuple[type[models.Model], Wall]]:
    """Every table with a wall."""
    for model in apps.get_models(include_auto_created=True):
        wall = wall_of(model)
        if wall is not None and not isinstance(wall, Public) and not model._meta.proxy:
            yield model, wall


def every(model: type[models.Model]) -> str:
    """The name under which all rows of the table are read."""
    wall = wall_of(model)
    is_walled = wall is not None and not isinstance(wall, Public)
    return f"{EVERY}{model._meta.db_table}" if is_walled else model._meta.db_table
