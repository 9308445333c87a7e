"""Tables of the chapter."""

from .meetings import Briefing, JointMeeting, MutualVisit, StudySession
from .policy import SupervisionRule, YearlyRule
from .reminders import Reminder
from .resolutions import Resolution, ResolutionProgress
from .supervision import SupervisionEntry, SupervisionSlip

__all__ = [
    "Briefing",
    "JointMeeting",
    "MutualVisit",
    "Reminder",
    "Resolution",
    "ResolutionProgress",
    "StudySession",
    "SupervisionEntry",
    "SupervisionRule",
    "SupervisionSlip",
    "YearlyRule",
]
