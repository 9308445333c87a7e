"""The way of a claim from submission to payment, as a table; whose step it is. Pure."""

from collections.abc import Mapping
from enum import StrEnum

PENDING, APPROVED, NOTICED, OBJECTED = "pending", "approved", "noticed", "objected"
PAYABLE, LISTED, PAID, FAILED = "payable", "listed", "paid", "failed"
REFUSED, WITHDRAWN = "refused", "withdrawn"


class Step(StrEnum):
    """What may be done to a claim that is submitted."""

    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    POST = "post"
    OBJECT = "object"
    DISMISS = "dismiss"
    UPHOLD = "uphold"
    REOPEN = "reopen"
    CLEAR = "clear"
    LOAD = "load"
    UNLOAD = "unload"
    PAY = "pay"
    FAIL = "fail"


#: Standing and step → standing afterwards. What is not here is refused.
MOVES: Mapping[tuple[str, Step], str] = {
    (PENDING, Step.APPROVE): APPROVED,
    (PENDING, Step.REFUSE): REFUSED,
    (PENDING, Step.WITHDRAW): WITHDRAWN,
    (APPROVED, Step.REFUSE): REFUSED,
    (APPROVED, Step.WITHDRAW): WITHDRAWN,
    (APPROVED, Step.POST): NOTICED,
    (NOTICED, Step.OBJECT): OBJECTED,
    (NOTICED, Step.CLEAR): PAYABLE,
    (OBJECTED, Step.DISMISS): NOTICED,
    (OBJECTED, Step.UPHOLD): REFUSED,
    (REFUSED, Step.REOPEN): PENDING,
    (PAYABLE, Step.LOAD): LISTED,
    (FAILED, Step.LOAD): LISTED,
    (LISTED, Step.UNLOAD): PAYABLE,
    (LISTED, Step.PAY): PAID,
    (LISTED, Step.FAIL): FAILED,
}
#: Steps that a person takes with one claim and must give a reason for.
BY_HAND = (Step.REFUSE, Step.WITHDRAW, Step.OBJECT, Step.DISMISS, Step.UPHOLD, Step.REOPEN)
#: Those that judge a claim; whoever keeps the row takes the others.
JUDGING = frozenset({Step.APPROVE, Step.REFUSE, Step.DISMISS, Step.UPHOLD, Step.REOPEN})


def after(standing: str, step: Step) -> str | None:
    """Where a step leads; None when it does not fit."""
    return MOVES.get((standing, step))


def steps_from(standing: str) -> list[Step]:
    """Those a person may take by hand with a claim that stands there."""
    return [step for step in BY_HAND if (standing, step) in MOVES]
