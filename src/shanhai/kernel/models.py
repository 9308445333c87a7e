"""The kernel's own tables, where Django looks for them; domains take `LedgerModel` from here."""

from .evidence.models import EvidenceFile, EvidenceLink, EvidenceReading
from .history.models import HistoryEntry
from .installation import Installation
from .periods.models import Obligation, ObligationRule, ObligationRuleUnit
from .rows import LedgerManager, LedgerModel, LedgerQuerySet, Recorded

__all__ = [
    "EvidenceFile",
    "EvidenceLink",
    "EvidenceReading",
    "HistoryEntry",
    "Installation",
    "LedgerManager",
    "LedgerModel",
    "LedgerQuerySet",
    "Obligation",
    "ObligationRule",
    "ObligationRuleUnit",
    "Recorded",
]
