"""Units, bodies and persons, where Django looks for them."""

from .bodies import Body
from .persons import Person
from .units import GroupMember, Unit, UnitAlias, UnitGroup

__all__ = ["Body", "GroupMember", "Person", "Unit", "UnitAlias", "UnitGroup"]
