"""Tables of the chapter."""

from .meetings import Briefing, JointMeeting, MutualVisit, StudySession
from .outside import HandlingTerm, OutsideMatter, PublicComplaint
from .policy import SupervisionRule, YearlyRule
from .reminders import Reminder
from .resolutions import Resolution, ResolutionProgress
from .supervision import SupervisionEntry, SupervisionSlip

__all__ = [
    "Briefing",
    "HandlingTerm",
    "JointMeeting",
    "MutualVisit",
    "OutsideMatter",
    "PublicComplaint",
    "Reminder",
    "Resolution",
    "ResolutionProgress",
    "StudySession",
    "SupervisionEntry",
    "SupervisionRule",
    "SupervisionSlip",
    "YearlyRule",
]
