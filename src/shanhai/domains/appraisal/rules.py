"""Rules of bulletins: what a number is of, which order units stand in, when a number is stale. No Django."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from shanhai.engines.values import Period

#: A snapshot is kept to this many decimals; ratios have no last one.
EXACT = Decimal(1).scaleb(-10)

_PLACEHOLDER = re.compile(r"\{([^{}\s]+)\}")


class Measure(StrEnum):
    """What a figure of a bulletin says about its indicator."""

    VALUE = "value"
    #: What came in this period, of a value that accumulates over the year.
    ADDED = "added"
    #: Difference to the period before.
    CHANGE = "change"
    TARGET = "target"
    #: Value in per cent of the target.
    RATE = "rate"
    #: A member's part of the whole in per cent.
    SHARE = "share"
    #: What a ratio's denominator has and its numerator lacks.
    MISSED = "missed"
    #: Place among the units, best first.
    RANK = "rank"
    #: Place by completion of the target: among the places or units with one, or among the side's indicators.
    RATE_RANK = "rate_rank"
    #: Duties due in the period and still neither filed nor declared nil.
    OVERDUE = "overdue"
    #: Own side less the other.
    GAP = "gap"
    ONLY_OURS = "only_ours"
    ONLY_THEIRS = "only_theirs"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class FigureRef:
    """What a figure is computed from: indicator, scope, period, measure."""

    code: str
    measure: str
    period: Period
    side: str
    unit: UUID | None = None
    place: UUID | None = None
    only: tuple[tuple[str, str], ...] = ()


def exact(value: Decimal | None) -> Decimal | None:
    """The value as a snapshot keeps it."""
    return None if value is None else value.quantize(EXACT, ROUND_HALF_UP)


def is_stale(snapshot: Decimal | None, now: Decimal | None) -> bool:
    """Whether the value of now is another than at the snapshot, also behind the decimals in print."""
    return exact(snapshot) != exact(now)


def is_open(snapshot: Decimal | None, now: Decimal | None, *, kept: Decimal | None, kept_reason: str) -> bool:
    """Whether a stale figure still waits: it was kept for a reason only as long as the value stays so."""
    if not is_stale(snapshot, now):
        return False
    return not kept_reason or is_stale(kept, now)


def ranks[K: Hashable](values: Mapping[K, Decimal | None]) -> dict[K, int]:
    """Places by value, highest first; equal values share a place, the next place is skipped."""
    known = sorted((value for value in values.values() if value is not None), reverse=True)
    return {key: known.index(value) + 1 for key, value in values.items() if value is not None}


def placeholders(text: str) -> list[str]:
    """Keys a narrative asks for, in order."""
    return _PLACEHOLDER.findall(text)
