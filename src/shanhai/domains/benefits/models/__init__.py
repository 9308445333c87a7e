"""Rows of benefits, where Django looks for them."""

from .claims import CLOSED, Claim, ClaimAnswer, Standing
from .income import IncomeRecord
from .notices import Holiday, PublicNotice
from .payments import BankReturn, ClawBack, PayeeAccount, PaymentLine, PaymentList
from .policy import Audience, FactCode, Policy, PolicyRelease, PolicyTerm
from .pushes import PolicyPush, PushRecipient
from .visits import EmployerVisit

__all__ = [
    "CLOSED",
    "Audience",
    "BankReturn",
    "Claim",
    "ClaimAnswer",
    "ClawBack",
    "EmployerVisit",
    "FactCode",
    "Holiday",
    "IncomeRecord",
    "PayeeAccount",
    "PaymentLine",
    "PaymentList",
    "Policy",
    "PolicyPush",
    "PolicyRelease",
    "PolicyTerm",
    "PublicNotice",
    "PushRecipient",
    "Standing",
]
