"""What a domain may import to declare its ledgers."""

from .ledger import Column, EvidenceClass, Fields, Ledger, Related, Template
from .permissions import Verb
from .registry import register
from .scope import Sharing, Side
from .workflow import State

__all__ = [
    "Column",
    "EvidenceClass",
    "Fields",
    "Ledger",
    "Related",
    "Sharing",
    "Side",
    "State",
    "Template",
    "Verb",
    "register",
]
