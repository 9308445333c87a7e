"""Tables of the chapter."""

from .meetings import Briefing, JointMeeting, MutualVisit, StudySession
from .policy import SupervisionRule, YearlyRule
from .resolutions import Resolution, ResolutionProgress
from .supervision import SupervisionEntry, SupervisionSlip

__all__ = [
    "Briefing",
    "JointMeeting",
    "MutualVisit",
    "Resolution",
    "ResolutionProgress",
    "StudySession",
    "SupervisionEntry",
    "SupervisionRule",
    "SupervisionSlip",
    "YearlyRule",
]
