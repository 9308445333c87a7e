"""What is scored, by what, and what comes out."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How points follow from a reading."""

    #: Weight times what was done of the target, at most the weight.
    TARGET = "target"
    #: The points of the highest step that the figure reaches.
    STEPS = "steps"
    #: The points of the unit's place among all that have a figure.
    RANK = "rank"
    #: The points of the grade that people gave.
    GRADE = "grade"
    #: So many points less for each one of the figure, at most `most`.
    DEDUCTION = "deduction"
    #: From this figure on the total is at most `most`.
    VETO = "veto"
    #: So many points more for each one of the figure, at most `most`.
    BONUS = "bonus"


#: Kinds whose points are part of the full score.
WEIGHTED = frozenset({Kind.TARGET, Kind.STEPS, Kind.RANK, Kind.GRADE})


class Standing(StrEnum):
    """Why a line has the points it has."""

    COUNTED = "counted"
    #: Points that a decision on an appeal gave, in place of those computed.
    RULED = "ruled"
    NO_EVIDENCE = "no_evidence"
    NO_FIGURE = "no_figure"
    NO_TARGET = "no_target"
    NOT_GRADED = "not_graded"
    #: Of a veto, deduction or bonus: nothing to apply it to.
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True)
class Step:
    """From `mark` on (of a rank: up to this place; of a grade: this word) so many points."""

    mark: Decimal | str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a scheme. Unit: weight, each, most in points; `aim` in the indicator's own."""

    number: int
    kind: Kind
    weight: Decimal = Decimal(0)
    #: Target for everybody; without it each reading brings its own. Of a veto: from which figure on.
    aim: Decimal | None = None
    each: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    #: Lowest first; of a rank the best place first.
    steps: Sequence[Step] = ()
    needs_evidence: bool = False
    #: Whether less is better.
    is_down: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """Items in order, the full score, and the lowest total of each grade, highest first."""

    items: Sequence[Item]
    full: Decimal = Decimal(100)
    grades: Sequence[Step] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of one item of one unit."""

    figure: Decimal | None = None
    target: Decimal | None = None
    has_evidence: bool = True
    grade: str = ""
    #: Points by decision.
    ruled: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """One value a line was computed from: what it is, by code."""

    code: str
    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Line:
    """Points of one item; number 0 is what the whole total takes (floor, veto)."""

    number: int
    points: Decimal
    standing: Standing
    why: Sequence[Why] = ()
    #: Points at best.
    best: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Result:
    """One unit: its lines, their exact sum, its place (equal totals share one) and grade."""

    subject: Hashable
    lines: Sequence[Line]
    total: Decimal
    place: int
    grade: str = ""
    by_number: Mapping[int, Line] = field(default_factory=dict)
