"""Rows of labour cooperation, where Django looks for them."""

from .circumstances import Household, HouseholdMember, PersonCategory, SkillCertificate
from .employment import EmploymentSpell, MonthlyFact
from .matching import OCCUPYING, MatchRun, Placement, RollingMatch
from .orders import JobOrder, JobWish, MatchWeight, SexLimit, Shift, Skill, WorkClass
from .policy import Destination, DestinationGroup, OfficialGroup, Threshold
from .registration import WorkerRegistration
from .retention import RetentionCheck, RetentionInterval
from .rosters import Roster, RosterEntry
from .stations import (
    FollowUpVisit,
    ReturnHome,
    ServiceStation,
    StationStaff,
    TroubleDeadline,
    VisitInterval,
    WorkerTrouble,
)
from .transport import TransportBatch, TransportPassenger, TransportTrip

__all__ = [
    "OCCUPYING",
    "Destination",
    "DestinationGroup",
    "EmploymentSpell",
    "FollowUpVisit",
    "Household",
    "HouseholdMember",
    "JobOrder",
    "JobWish",
    "MatchRun",
    "MatchWeight",
    "MonthlyFact",
    "OfficialGroup",
    "PersonCategory",
    "Placement",
    "RetentionCheck",
    "RetentionInterval",
    "ReturnHome",
    "RollingMatch",
    "Roster",
    "RosterEntry",
    "ServiceStation",
    "SexLimit",
    "Shift",
    "Skill",
    "SkillCertificate",
    "StationStaff",
    "Threshold",
    "TransportBatch",
    "TransportPassenger",
    "TransportTrip",
    "TroubleDeadline",
    "VisitInterval",
    "WorkClass",
    "WorkerRegistration",
    "WorkerTrouble",
]
