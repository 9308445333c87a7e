"""Tables of the chapter."""

from .meetings import Briefing, JointMeeting, MutualVisit, StudySession
from .policy import YearlyRule

__all__ = ["Briefing", "JointMeeting", "MutualVisit", "StudySession", "YearlyRule"]
