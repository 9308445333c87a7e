"""Whether a row may hold what its custom fields say."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .definitions import Definition, book


def problems_of(ledger: str, row: Any, previous: Any) -> dict[str, list[str]]:
    """By name of the field, in words; `previous` is the row as stored, None for a new one.

    Only what changes is judged, so that a field added or retired later refuses no row that was right before.
    """
    extra: Mapping[str, Any] = row.extra or {}
    stored: Mapping[str, Any] = {} if previous is None else previous.extra or {}
    changed = {key for key in extra.keys() | stored.keys() if extra.get(key) != stored.get(key)}
    if previous is not None and not changed:
        return {}
    own = {one.key: one for one in book().of_units(ledger, [row.owner_unit_id]) if not one.is_retired}
    found = dict(_refused(own, extra, changed))
    if previous is None:
        found |= {one.name: [missing(one)] for one in lacking(ledger, row)}
    return found


def _refused(
    own: Mapping[str, Definition], extra: Mapping[str, Any], changed: set[str]
) -> Iterator[tuple[str, list[str]]]:
    for key in sorted(changed):
        definition = own.get(key)
        if key not in extra:
            if definition is not None and definition.is_required:
                yield definition.name, [missing(definition)]
        elif definition is None:
            yield f"custom_{key}", [no_such_field()]
        elif not definition.accepts(extra[key]):
            yield definition.name, [_("「%(label)s」的值不合要求。") % {"label": definition.title}]


def lacking(ledger: str, row: Any) -> list[Definition]:
    """What the row's unit requires and the row does not say."""
    own = book().of_units(ledger, [row.owner_unit_id])
    return [one for one in own if one.is_required and not one.is_retired and one.key not in row.extra]


def no_such_field() -> str:
    return _("填报单位没有这个自定义字段，或已停用。")


def missing(definition: Definition) -> str:
    return _("必须填写「%(label)s」。") % {"label": definition.title}
