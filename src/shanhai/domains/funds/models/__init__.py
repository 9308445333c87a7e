"""Rows of funds and projects, where Django looks for them."""

from .contracts import Contract, ContractChange, Payment
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
from .money import AidAgreement, TransferReceived
from .policy import ProgressBar, StageMove, Threshold
from .projects import Project, Stage

__all__ = [
    "AidAgreement",
    "Contract",
    "ContractChange",
    "Asset",
    "AssetClass",
    "AssetLimit",
    "AssetSource",
    "AssetStanding",
    "AssetlessKind",
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
