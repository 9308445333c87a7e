"""Rows of funds and projects, where Django looks for them."""

from .assets import (
    Asset,
    AssetClass,
    AssetlessKind,
    AssetLimit,
    AssetSource,
    AssetStanding,
    OwnerLevel,
    StatedTotal,
)
from .contracts import Contract, ContractChange, Payment
from .money import AidAgreement, TransferReceived
from .policy import ProgressBar, StageMove, Threshold
from .projects import Project, Stage

__all__ = [
    "AidAgreement",
    "Asset",
    "AssetClass",
    "AssetLimit",
    "AssetSource",
    "AssetStanding",
    "AssetlessKind",
    "Contract",
    "ContractChange",
    "OwnerLevel",
    "Payment",
    "ProgressBar",
    "Project",
    "Stage",
    "StageMove",
    "StatedTotal",
    "Threshold",
    "TransferReceived",
]
