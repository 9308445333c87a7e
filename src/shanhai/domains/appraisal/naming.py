"""What a scope is called: units and places by name, members of splits by label."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotVisible
from shanhai.kernel.indicators.figures import Member
from shanhai.kernel.indicators.members import member_labels
from shanhai.kernel.indicators.rows import own
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .asking import Asking
from .indicator_overview import member_name


def named_scope(asking: Asking, dimensions: Mapping[str, Any]) -> Iterator[tuple[str, str, Asking]]:
    """(label, text, the figure without it) of everything the scope is narrowed to.

    Errors: NotVisible for a unit or place that does not exist.
    """
    scope = asking.scope
    if scope.unit:
        yield _("单位"), _name(Unit, scope.unit), asking.within(unit=None)
    if scope.place:
        yield _("地区"), _name(Place, scope.place), asking.within(place=None)
    version = own(asking.indicator, asking.period)
    for dimension, member in scope.only:
        label = member_labels(version, dimension, [member])[member]
        kept = tuple(pair for pair in scope.only if pair != (dimension, member))
        wider = replace(asking, scope=replace(scope, only=kept))
        named = member_name(dimension, Member(member, label, None, 0))
        yield str(dimensions[dimension].label), named, wider


def scope_text(asking: Asking, dimensions: Mapping[str, Any]) -> str:
    """The whole scope in words, for the heads of exports."""
    parts = [text for _label, text, _wider in named_scope(asking, dimensions)]
    return "·".join([str(asking.scope.side.label), *parts])


def _name(model: type[Any], pk: Any) -> str:
    found = model.objects.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return str(found)
