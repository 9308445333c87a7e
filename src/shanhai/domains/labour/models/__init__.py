"""Rows of labour cooperation, where Django looks for them."""

from .circumstances import Household, HouseholdMember, PersonCategory, SkillCertificate
from .employment import EmploymentSpell, MonthlyFact
from .orders import JobOrder, JobWish, MatchWeight, SexLimit, Shift, Skill, WorkClass
from .policy import Destination, DestinationGroup, OfficialGroup, Threshold
from .registration import WorkerRegistration

__all__ = [
    "Destination",
    "DestinationGroup",
    "EmploymentSpell",
    "Household",
    "HouseholdMember",
    "JobOrder",
    "JobWish",
    "MatchWeight",
    "MonthlyFact",
    "OfficialGroup",
    "PersonCategory",
    "SexLimit",
    "Shift",
    "Skill",
    "SkillCertificate",
    "Threshold",
    "WorkClass",
    "WorkerRegistration",
]
