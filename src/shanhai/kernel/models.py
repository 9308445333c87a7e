"""The kernel's own tables, where Django looks for them; domains take `LedgerModel` from here."""

from .amendments.models import Amendment
from .answers import KeptAnswer
from .chain.models import ArchivedMonth, ChainCheck, HistoryRetention, SealBlock
from .custom.models import CustomField
from .erasing.models import ErasedEntry
from .evidence.models import EvidenceCheck, EvidenceDamage, EvidenceFile, EvidenceLink, EvidenceReading
from .exports.models import PlainExport, PlainExportRule
from .handover.models import Handover
from .history.models import HistoryEntry
from .imports.models import ColumnMapping, Import, ImportPart
from .installation import Installation
from .jobs.models import Job
from .keys.models import KeyChange
from .locking.models import PeriodReopening
from .periods.models import Obligation, ObligationRule, ObligationRuleUnit
from .readings.models import ExportReading, FieldReading
from .rows import JointLedgerModel, LedgerManager, LedgerModel, LedgerQuerySet, Recorded
from .saved_views.models import SavedView, ViewDefault

__all__ = [
    "Amendment",
    "ArchivedMonth",
    "ChainCheck",
    "ColumnMapping",
    "CustomField",
    "ErasedEntry",
    "EvidenceCheck",
    "EvidenceDamage",
    "EvidenceFile",
    "EvidenceLink",
    "EvidenceReading",
    "ExportReading",
    "FieldReading",
    "Handover",
    "HistoryEntry",
    "HistoryRetention",
    "Import",
    "ImportPart",
    "Installation",
    "Job",
    "JointLedgerModel",
    "KeptAnswer",
    "KeyChange",
    "LedgerManager",
    "LedgerModel",
    "LedgerQuerySet",
    "Obligation",
    "ObligationRule",
    "ObligationRuleUnit",
    "PeriodReopening",
    "PlainExport",
    "PlainExportRule",
    "Recorded",
    "SavedView",
    "SealBlock",
    "ViewDefault",
]
