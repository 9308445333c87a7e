"""Rows of funds and projects, where Django looks for them."""

from .allotment import Allotment, AllotmentLine, CarryOver, ProjectFunding, SettlementAudit
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
from .budget import BudgetItem, TransferSent, Use
from .care import AssetIncome, AssetInspection, AssetLease
from .contracts import Contract, ContractChange, Payment
from .disposal import AssetDisposal, DisposalRule
from .distribution import AssetDistribution, DistributionPayment, DistributionShare
from .money import AidAgreement, TransferReceived
from .policy import ProgressBar, StageMove, Threshold
from .projects import NoticeKind, Project, Stage
from .screening import NegativeItem, ScreeningOverride
from .steps import ProjectCondition, ProjectConsent, ProjectMove, ProjectNotice

__all__ = [
    "AidAgreement",
    "Allotment",
    "AllotmentLine",
    "Asset",
    "AssetClass",
    "AssetDisposal",
    "AssetDistribution",
    "AssetIncome",
    "AssetInspection",
    "AssetLease",
    "AssetLimit",
    "AssetSource",
    "AssetStanding",
    "AssetlessKind",
    "BenefitLink",
    "BenefitPaid",
    "BudgetItem",
    "CarryOver",
    "Contract",
    "ContractChange",
    "DisposalRule",
    "DistributionPayment",
    "DistributionShare",
    "Milestone",
    "NegativeItem",
    "NoticeKind",
    "OwnerLevel",
    "Payment",
    "ProgressBar",
    "Project",
    "ProjectCondition",
    "ProjectConsent",
    "ProjectFunding",
    "ProjectMove",
    "ProjectNotice",
    "ScreeningOverride",
    "SettlementAudit",
    "Stage",
    "StageMove",
    "StatedTotal",
    "Threshold",
    "TransferReceived",
    "TransferSent",
    "Use",
]
