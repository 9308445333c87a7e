"""Rows of insurance away from home, where Django looks for them."""

from .care import CatalogueItem, FeeLine, MedicalVisit
from .claims import ManualClaim
from .clearing import Account, AgeingBand, Clearing, ClearingLine, ClearingStep, Dispute, LedgerEntry
from .people import Category, Entitlement, Filing, Insurance
from .policy import BenefitRule, Care, CategoryFavour, FilingTerm, Fund, HospitalLevel, Rounding, Threshold
from .reconciling import Reconciliation, SettlementDifference
from .settlements import Settlement

__all__ = [
    "Account",
    "AgeingBand",
    "BenefitRule",
    "Care",
    "CatalogueItem",
    "Category",
    "CategoryFavour",
    "Clearing",
    "ClearingLine",
    "ClearingStep",
    "Dispute",
    "Entitlement",
    "FeeLine",
    "Filing",
    "FilingTerm",
    "Fund",
    "HospitalLevel",
    "Insurance",
    "LedgerEntry",
    "ManualClaim",
    "MedicalVisit",
    "Reconciliation",
    "Rounding",
    "Settlement",
    "SettlementDifference",
    "Threshold",
]
