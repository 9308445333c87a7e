"""Which rows are a side's in its figures. A joint row is one row and belongs to both (ADR 0022).

Each side counts it once, at its own unit and place: the owner's, or those of the counterpart it names.
"""

from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When

from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing, Side, shared_rows

from .declare import Indicator
from .scopes import countable

#: What of the counterpart stands for the owner's unit and place.
_OPPOSITE = {"owner_unit": "{0}", "place": "{0}__place"}


def counterpart_of(model: type[models.Model]) -> str:
    """The field of a joint row that names the unit of the other side; "" for other tables."""
    key = model._meta.label_lower
    return registry.get(key).counterpart if key in registry else ""


def joint_rows() -> Q:
    """Rows that the other side counts too; as known on a past day some were not joint yet."""
    return shared_rows() & Q(sharing=Sharing.JOINT)


def of_side(model: type[models.Model], side: Side) -> Q:
    """Rows that `side` counts."""
    own = Q(side=side)
    return own | Q(joint_rows(), side=side.other) if counterpart_of(model) else own


def told_of_side(model: type[models.Model], side: Side) -> Q:
    """The same, as far as the reader may be told. Errors: NotAllowed, as `countable`."""
    own = Q(countable(model, side), side=side)
    if counterpart_of(model):
        own |= Q(countable(model, side.other), joint_rows(), side=side.other)
    return own


def opposite_path(indicator: Indicator, path: str) -> str:
    """Where rows of the other side hold what `path` holds of the own; `path` itself where it is one thing."""
    counterpart = counterpart_of(indicator.model)
    return _OPPOSITE[path].format(counterpart) if counterpart and path in _OPPOSITE else path


def seen_from(indicator: Indicator, side: Side, path: str) -> Any:
    """What `path` holds for `side`."""
    opposite = opposite_path(indicator, path)
    return F(path) if opposite == path else Case(When(side=side, then=F(path)), default=F(opposite))
