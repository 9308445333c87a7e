"""Whole columns that break no rule of their field, told without asking the field about each value.

The rules of Django's own fields are of lengths, sizes and signs: if the longest text, or the smallest and the
greatest number, are right, then so are those between. Whatever else a field asks is asked value by value.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.db import models

_OF_TEXTS = {MaxLengthValidator, ProhibitNullCharactersValidator}
_OF_NUMBERS = {MinValueValidator, MaxValueValidator, DecimalValidator}
_CLEANING = ("to_python", "validate", "run_validators", "clean")


def known_clean(field: Any, values: Sequence[Any]) -> Callable[[Any], bool]:
    """Tells of some values that `field.clean` would leave them as they are."""
    if _is_plain(field, models.CharField, _OF_TEXTS):
        texts = [value for value in values if type(value) is str and value]
        if texts and "\0" not in "".join(texts) and _is_clean(field, max(texts, key=len)):
            return lambda value: type(value) is str and value != ""
    if _is_plain(field, models.DecimalField, _OF_NUMBERS):
        numbers = [value for value in values if type(value) is Decimal and value.is_finite()]
        unit = Decimal(1).scaleb(-field.decimal_places)
        exact = [value for value in numbers if value.same_quantum(unit)]
        if exact and _is_clean(field, min(exact)) and _is_clean(field, max(exact)):
            return lambda value: type(value) is Decimal and value.same_quantum(unit)
    return lambda value: False


def _is_plain(field: Any, kind: Any, validators: set[Any]) -> bool:
    is_own = isinstance(field, kind) and all(
        getattr(type(field), name) is getattr(kind, name) for name in _CLEANING
    )
    return is_own and not field.choices and {type(one) for one in field.validators} <= validators


def _is_clean(field: Any, value: Any) -> bool:
    try:
        return bool(field.clean(value, None) == value)
    except ValidationError:
        return False
