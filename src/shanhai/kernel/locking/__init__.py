"""Which rows may still be changed: their state, and whether their period is open for their unit.

`calendar` computes from the rules of obligations when a period opens and locks, `reopening` lets a unit in
again for a while, `closed` is the one answer that form, API, bulk work and import ask for.
"""

from .closed import Closed, Locks, why_closed

__all__ = ["Closed", "Locks", "why_closed"]
