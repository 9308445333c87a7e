"""Rows of insurance away from home, where Django looks for them."""

from .care import CatalogueItem, FeeLine, MedicalVisit
from .people import Category, Entitlement, Filing, Insurance
from .policy import BenefitRule, Care, CategoryFavour, FilingTerm, Fund, HospitalLevel, Rounding, Threshold
from .reconciling import Reconciliation, SettlementDifference
from .settlements import Settlement

__all__ = [
    "BenefitRule",
    "Care",
    "CatalogueItem",
    "Category",
    "CategoryFavour",
    "Entitlement",
    "FeeLine",
    "Filing",
    "FilingTerm",
    "Fund",
    "HospitalLevel",
    "Insurance",
    "MedicalVisit",
    "Reconciliation",
    "Rounding",
    "Settlement",
    "SettlementDifference",
    "Threshold",
]
