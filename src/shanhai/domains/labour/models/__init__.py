"""Rows of labour cooperation, where Django looks for them."""

from .employment import EmploymentSpell, MonthlyFact
from .policy import Destination, DestinationGroup, OfficialGroup, Threshold
from .registration import WorkerRegistration

__all__ = [
    "Destination",
    "DestinationGroup",
    "EmploymentSpell",
    "MonthlyFact",
    "OfficialGroup",
    "Threshold",
    "WorkerRegistration",
]
