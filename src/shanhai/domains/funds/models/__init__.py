"""Rows of funds and projects, where Django looks for them."""

from .contracts import Contract, ContractChange, Payment
from .money import AidAgreement, TransferReceived
from .policy import ProgressBar, StageMove, Threshold
from .projects import Project, Stage

__all__ = [
    "AidAgreement",
    "Contract",
    "ContractChange",
    "Payment",
    "ProgressBar",
    "Project",
    "Stage",
    "StageMove",
    "Threshold",
    "TransferReceived",
]
