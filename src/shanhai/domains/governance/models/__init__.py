"""Tables of the chapter."""

from .meetings import Briefing, JointMeeting, MutualVisit, StudySession
from .policy import SupervisionRule, YearlyRule
from .resolutions import Resolution, ResolutionProgress

__all__ = [
    "Briefing",
    "JointMeeting",
    "MutualVisit",
    "Resolution",
    "ResolutionProgress",
    "StudySession",
    "SupervisionRule",
    "YearlyRule",
]
