"""Units, bodies and persons, where Django looks for them."""

from .bodies import Body
from .duplicates.models import DuplicatePair, PersonMerge
from .persons import Person
from .requests import PersonRequest, PersonRequestRule
from .units import GroupMember, Unit, UnitAlias, UnitGroup

__all__ = [
    "Body",
    "DuplicatePair",
    "GroupMember",
    "Person",
    "PersonMerge",
    "PersonRequest",
    "PersonRequestRule",
    "Unit",
    "UnitAlias",
    "UnitGroup",
]
