"""Units, bodies and persons, where Django looks for them."""

from .bodies import Body
from .duplicates.models import DuplicatePair, PersonMerge
from .persons import Person
from .units import GroupMember, Unit, UnitAlias, UnitGroup

__all__ = ["Body", "DuplicatePair", "GroupMember", "Person", "PersonMerge", "Unit", "UnitAlias", "UnitGroup"]
