"""Values of custom fields in a row: in `extra` as JSON by key; elsewhere they are named `custom_<key>`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, JSONField, TextField, Value

#: Begins the name of every custom field; no field of a model is named so.
PREFIX = "custom_"


def is_custom(name: str) -> bool:
    return name.startswith(PREFIX)


def key_of(name: str) -> str:
    return name.removeprefix(PREFIX)


def to_json(value: Any) -> Any:
    """As `extra` holds it; exact numbers as text, so that nothing on the way makes them inexact."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case "" | ():
            return None
        case tuple():
            return list(value)
        case _:
            return value


def merged(extra: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """`extra` with `values`, which are by name; an empty value takes its key away."""
    found = {**extra, **{key_of(name): to_json(value) for name, value in values.items()}}
    return {key: value for key, value in found.items() if value is not None}


def merging(values: Mapping[str, Any]) -> Any:
    """`merged` for an update of many rows: an expression over whatever `extra` each of them holds."""
    told = {key_of(name): to_json(value) for name, value in values.items()}
    gone = [key for key, value in told.items() if value is None]
    given = {key: value for key, value in told.items() if value is not None}
    kept = _Operated(F("extra"), Value(gone, ArrayField(TextField())), arg_joiner=" - ")
    return _Operated(kept, Value(given, JSONField()), arg_joiner=" || ")


class _Operated(Func):
    """Two values of JSON with an operator between them."""

    template = "(%(expressions)s)"
    output_field = JSONField()


def split(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values of the model's fields, and of custom ones."""
    own = {name: value for name, value in values.items() if is_custom(name)}
    return {name: value for name, value in values.items() if name not in own}, own


def assign(row: Any, values: Mapping[str, Any]) -> None:
    """Give the row in memory its values."""
    national, own = split(values)
    for name, value in national.items():
        setattr(row, name, value)
    if own:
        row.extra = merged(row.extra, own)


def raw_value(row: Any, name: str) -> Any:
    """What the row holds of a field, custom or not, in a form that can be compared."""
    if is_custom(name):
        return row.extra.get(key_of(name))
    return getattr(row, name)
