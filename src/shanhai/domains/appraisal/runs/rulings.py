"""What decisions on appeals say of a run."""

from decimal import Decimal
from uuid import UUID

from ..models import AppraisalRun, AppraisalScoring


def rulings_of(run: AppraisalRun) -> dict[tuple[UUID, int], Decimal]:
    """Points given, by unit and item."""
    return {}


def undecided(run: AppraisalRun) -> int:
    """Appeals that wait for a decision."""
    return 0


def has_unscored(run: AppraisalRun, last: AppraisalScoring) -> bool:
    """Whether points were given after the last scoring."""
    return False
