"""Tables of appraisal, where Django looks for them."""

from .agreed import AgreementTarget
from .appeals import AppraisalAppeal
from .boards import AlarmLevel, BurdenGoal, Severity
from .bulletins import Bulletin, BulletinFigure, BulletinReceipt, NarrativeSlot
from .entries import AppraisalEntry
from .opinions import SideOpinion
from .packs import EvidencePack
from .runs import (
    AppraisalMove,
    AppraisalRun,
    AppraisalScoring,
    AppraisalUnitScore,
    RunStage,
)
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
    "AgreementTarget",
    "AlarmLevel",
    "AppraisalAppeal",
    "AppraisalEntry",
    "AppraisalItem",
    "AppraisalLevel",
    "AppraisalMove",
    "AppraisalRelease",
    "AppraisalRun",
    "AppraisalScheme",
    "AppraisalScoring",
    "AppraisalThreshold",
    "AppraisalUnitScore",
    "Bulletin",
    "BulletinFigure",
    "BulletinReceipt",
    "BurdenGoal",
    "EvidencePack",
    "IndicatorTarget",
    "NarrativeSlot",
    "RunStage",
    "ScoringKind",
    "Severity",
    "SideOpinion",
]
