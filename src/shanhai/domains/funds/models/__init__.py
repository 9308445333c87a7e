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
from .benefits import BenefitLink, BenefitPaid, Milestone
from .contracts import Contract, ContractChange, Payment
from .money import AidAgreement, TransferReceived
from .policy import ProgressBar, StageMove, Threshold
from .projects import NoticeKind, Project, Stage
from .screening import NegativeItem, ScreeningOverride
from .steps import ProjectCondition, ProjectConsent, ProjectMove, ProjectNotice

__all__ = [
    "AidAgreement",
    "Asset",
    "AssetClass",
    "AssetLimit",
    "AssetSource",
    "AssetStanding",
    "AssetlessKind",
    "BenefitLink",
    "BenefitPaid",
    "Contract",
    "ContractChange",
    "Milestone",
    "NegativeItem",
    "NoticeKind",
    "OwnerLevel",
    "Payment",
    "ProgressBar",
    "Project",
    "ProjectCondition",
    "ProjectConsent",
    "ProjectMove",
    "ProjectNotice",
    "ScreeningOverride",
    "Stage",
    "StageMove",
    "StatedTotal",
    "Threshold",
    "TransferReceived",
]
