"""Handing rows over to another unit of the same side: reorganisation, another duty, a wrong unit chosen.

Ownership is no value: rows go over in every state but voided, locked ones too, and totals of the side stay.
The receiving unit has them from then on; the giving one reads of them what sharing lets every unit read.
"""

from .actions import hand_over, may_hand_over, receivers, why_not_handed

__all__ = ["hand_over", "may_hand_over", "receivers", "why_not_handed"]
