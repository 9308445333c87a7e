"""Points by a scheme of seven kinds of rules: exact, in order, and each with the values it came from.

Guarantee: a total is the exact sum of its lines, what a floor or a veto takes included; for kinds that ask
for more, more done never gives less (ADR 0057). Amounts are Decimals, shares fractions; no float.
"""

from .model import Item, Kind, Line, Reading, Result, Scheme, Standing, Step, Why
from .scoring import places_of, score

__all__ = [
    "Item",
    "Kind",
    "Line",
    "Reading",
    "Result",
    "Scheme",
    "Standing",
    "Step",
    "Why",
    "places_of",
    "score",
]
