"""The ledgers of appraisal."""

from .schemes import ledgers  # noqa: F401  (importing registers)
