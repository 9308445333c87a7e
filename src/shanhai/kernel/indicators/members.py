"""What the members of a split are called."""

from collections.abc import Collection
from typing import Any

from django.apps import apps

from shanhai.kernel.checks import resolve_path

from .declare import By, Cases, Dimension, Grouped, Indicator


def member_labels(indicator: Indicator, code: str, members: Collection[str]) -> dict[str, str]:
    """What the members of a split are called, in the order they are listed."""
    dimension = indicator.all_dimensions()[code]
    members = dict.fromkeys(sorted(members))  # a set has another order in each process
    named = _named(indicator, dimension, members)
    known = {member: label for member, label in named.items() if member in members}
    return known | {member: member or "未填" for member in members if member not in known}


def _named(indicator: Indicator, dimension: Dimension, members: Collection[str]) -> dict[str, str]:
    match dimension:
        case Cases():
            pairs = [(code, label) for code, label, _ in dimension.cases]
            return {code: str(label) for code, label in (*pairs, dimension.other)}
        case Grouped():
            target = apps.get_model(dimension.table)._meta.get_field(dimension.group)
        case By():
            target = resolve_path(indicator.model, dimension.path)
    if target.related_model is not None:
        related: Any = target.related_model
        rows = related._base_manager.filter(pk__in=[member for member in members if member])
        return {str(row.pk): str(row) for row in rows}
    return {str(choice): str(label) for choice, label in target.flatchoices or ()}
