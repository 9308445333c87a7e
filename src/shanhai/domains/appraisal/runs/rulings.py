"""What decisions on appeals say of a run."""

from decimal import Decimal
from uuid import UUID

from ..models import AppraisalAppeal, AppraisalRun, AppraisalScoring
from ..schemes.texts import plain

_UPHELD = AppraisalAppeal.State.UPHELD


def rulings_of(run: AppraisalRun) -> dict[tuple[UUID, int], Decimal]:
    """Points given, by unit and item; the later decision counts."""
    rows = AppraisalAppeal.objects.filter(run=run, state=_UPHELD).order_by("decided_at", "id")
    return {(one.unit_id, one.item_number): one.points for one in rows}


def undecided(run: AppraisalRun) -> int:
    """Appeals that wait for a decision."""
    return int(AppraisalAppeal.objects.filter(run=run, state=AppraisalAppeal.State.WAITING).count())


def has_unscored(run: AppraisalRun, last: AppraisalScoring) -> bool:
    """Whether points were given that the last scoring does not have."""
    given = rulings_of(run)
    rows = last.units.filter(unit__in={unit for unit, _number in given}).values_list("unit_id", "told")
    known = dict(rows) if given else {}
    return any(
        known[unit]["readings"][str(number)]["ruled"] != plain(points)
        for (unit, number), points in given.items()
    )
