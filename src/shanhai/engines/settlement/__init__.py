"""Settlement of medical bills away from home: who pays how much of each, to the cent.

What is covered and at which price is known before (catalogue of the place of care); here the insured place's
layers follow one another over what is left in scope. `settle` takes one claim and explains every amount;
`settle_all` takes millions.

Guarantees: amounts are whole fen, never rounded but once per layer by the mode the rules name; the parts of
a claim sum to its bill; `settle_all` equals `settle` to the cent, claim by claim and in the accumulators; a
dearer bill never costs the patient less; the order of claims of a person decides, and is the caller's.
Rates, lines, caps, favours and the order of layers are values of the input (`Rules`), none stands here.
"""

from .batch import Claims, Outcome, settle_all
from .model import (
    FUNDS,
    MOST,
    NOTHING_YET,
    WHOLE,
    Accumulators,
    Band,
    Claim,
    Favour,
    Fund,
    Layer,
    Rounding,
    Rules,
    SettlementError,
)
from .scalar import Part, Settled, Step, settle, settle_in_turn

__all__ = [
    "FUNDS",
    "MOST",
    "NOTHING_YET",
    "WHOLE",
    "Accumulators",
    "Band",
    "Claim",
    "Claims",
    "Favour",
    "Fund",
    "Layer",
    "Outcome",
    "Part",
    "Rounding",
    "Rules",
    "Settled",
    "SettlementError",
    "Step",
    "settle",
    "settle_all",
    "settle_in_turn",
]
