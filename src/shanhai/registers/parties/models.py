"""Units, bodies and persons, where Django looks for them."""

from .askings import NumberAsking, NumberAskingRule
from .bodies import Body
from .duplicates.models import DuplicatePair, PersonMerge
from .erasures import PersonErasure, RecordRetention
from .persons import Person
from .requests import PersonRequest, PersonRequestRule
from .units import GroupMember, Unit, UnitAlias, UnitGroup

__all__ = [
    "Body",
    "DuplicatePair",
    "GroupMember",
    "NumberAsking",
    "NumberAskingRule",
    "Person",
    "PersonErasure",
    "PersonMerge",
    "PersonRequest",
    "PersonRequestRule",
    "RecordRetention",
    "Unit",
    "UnitAlias",
    "UnitGroup",
]
