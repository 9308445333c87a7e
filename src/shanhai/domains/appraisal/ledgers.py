"""The ledgers of appraisal."""

from . import agreed_ledgers  # noqa: F401  (importing registers)
from .schemes import entry_ledgers, ledgers  # noqa: F401  (importing registers)
