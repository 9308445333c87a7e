"""Tables of appraisal, where Django looks for them."""

from .bulletins import Bulletin, BulletinFigure, BulletinReceipt, BulletinTemplate, NarrativeSlot
from .targets import IndicatorTarget

__all__ = [
    "Bulletin",
    "BulletinFigure",
    "BulletinReceipt",
    "BulletinTemplate",
    "IndicatorTarget",
    "NarrativeSlot",
]
