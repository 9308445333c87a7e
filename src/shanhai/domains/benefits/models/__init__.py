"""Rows of benefits, where Django looks for them."""

from .claims import CLOSED, Claim, ClaimAnswer, Standing
from .income import IncomeRecord
from .policy import Audience, FactCode, Policy, PolicyRelease, PolicyTerm

__all__ = [
    "CLOSED",
    "Audience",
    "Claim",
    "ClaimAnswer",
    "FactCode",
    "IncomeRecord",
    "Policy",
    "PolicyRelease",
    "PolicyTerm",
    "Standing",
]
