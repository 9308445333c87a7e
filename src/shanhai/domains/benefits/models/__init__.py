"""Rows of benefits, where Django looks for them."""

from .income import IncomeRecord
from .policy import Audience, FactCode, Policy, PolicyRelease, PolicyTerm

__all__ = ["Audience", "FactCode", "IncomeRecord", "Policy", "PolicyRelease", "PolicyTerm"]
