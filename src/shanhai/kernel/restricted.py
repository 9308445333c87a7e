"""Rows of people whose data may only be stored: nothing new is written about them (ADR 0046)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

#: Of models that can be restricted.
_FIELD = "is_restricted"


def is_restricted(row: Any) -> bool:
    """Whether the row is of somebody whose data is only stored, or was erased."""
    return bool(getattr(row, _FIELD, False))


def open_to_readers(model: type[models.Model]) -> models.Q:
    """Rows whose sensitive values may be opened, as far as this goes."""
    can_be = any(field.name == _FIELD for field in model._meta.concrete_fields)
    return models.Q(**{_FIELD: False}) if can_be else models.Q()


def restricted_problems(row: models.Model, previous: models.Model | None) -> Iterator[tuple[str, str]]:
    """Field, sentence: for the row itself, and for one that names such a person.

    Shape: asks nothing of the database. Who is named anew was found by a reference and stands in memory.
    """
    if is_restricted(previous):
        yield "", _("本人已申请停止处理其信息，这条记录只保存，不再修改。")
    for field in row._meta.concrete_fields:
        # A reference that was taken away is known as None; asking the row for it would raise.
        named = field.get_cached_value(row, default=None) if isinstance(field, models.ForeignKey) else None
        if is_restricted(named):
            yield field.name, _("此人已申请停止处理其信息，不能再登记新的内容。")
