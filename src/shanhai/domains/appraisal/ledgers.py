"""The ledgers of appraisal."""

from .schemes import entry_ledgers, ledgers  # noqa: F401  (importing registers)
