"""Rows of funds and projects, where Django looks for them."""

from .money import AidAgreement, TransferReceived
from .policy import ProgressBar, StageMove, Threshold
from .projects import Payment, Project, Stage

__all__ = [
    "AidAgreement",
    "Payment",
    "ProgressBar",
    "Project",
    "Stage",
    "StageMove",
    "Threshold",
    "TransferReceived",
]
