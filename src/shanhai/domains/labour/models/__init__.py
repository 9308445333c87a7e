"""Rows of labour cooperation, where Django looks for them."""

from .circumstances import Household, HouseholdMember, PersonCategory, SkillCertificate
from .employment import EmploymentSpell, MonthlyFact
from .policy import Destination, DestinationGroup, OfficialGroup, Threshold
from .registration import WorkerRegistration

__all__ = [
    "Destination",
    "DestinationGroup",
    "EmploymentSpell",
    "Household",
    "HouseholdMember",
    "MonthlyFact",
    "OfficialGroup",
    "PersonCategory",
    "SkillCertificate",
    "Threshold",
    "WorkerRegistration",
]
