"""Tables of appraisal, where Django looks for them."""

from .boards import AlarmLevel, Severity
from .bulletins import Bulletin, BulletinFigure, BulletinReceipt, BulletinTemplate, NarrativeSlot
from .entries import AppraisalEntry
from .packs import EvidencePack
from .schemes import (
    AppraisalItem,
    AppraisalLevel,
    AppraisalRelease,
    AppraisalScheme,
    AppraisalThreshold,
    ScoringKind,
)
from .targets import IndicatorTarget

__all__ = [
    "AlarmLevel",
    "AppraisalEntry",
    "AppraisalItem",
    "AppraisalLevel",
    "AppraisalRelease",
    "AppraisalScheme",
    "AppraisalThreshold",
    "Bulletin",
    "BulletinFigure",
    "BulletinReceipt",
    "BulletinTemplate",
    "EvidencePack",
    "IndicatorTarget",
    "NarrativeSlot",
    "ScoringKind",
    "Severity",
]
