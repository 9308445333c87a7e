"""Records that stay when the request is refused: that something was asked, though nothing came of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

_kept: ContextVar[list[models.Model] | None] = ContextVar("shanhai_kept", default=None)


def keep[M: models.Model](rows: Sequence[M]) -> None:
    """Write rows of one table that are only ever added to, and see to it that they stay."""
    if not rows:
        return
    type(rows[0])._default_manager.bulk_create(rows)
    if (kept := _kept.get()) is not None:
        kept.extend(rows)


def kept_so_far[M: models.Model](model: type[M]) -> list[M]:
    """Rows of this request, whether a savepoint took them back or not."""
    return [row for row in _kept.get() or () if isinstance(row, model)]


@contextmanager
def staying(again: Callable[[], Any]) -> Iterator[None]:
    """Around the transaction of a request. `again()`: a transaction for what was taken back with it."""
    kept: list[models.Model] = []
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)
        if kept:
            with again():
                _write_missing(kept)


def _write_missing(kept: Sequence[models.Model]) -> None:
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in kept:
        by_model.setdefault(type(row), []).append(row)
    for model, rows in by_model.items():
        there = set(
            model._default_manager.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
        )
        model._default_manager.bulk_create([row for row in rows if row.pk not in there])
