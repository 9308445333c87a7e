"""When a project may take a step: everything that is still missing, told at once. Values only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

#: The matters on which the other side is asked, by where a step leads.
APPROVE, CHANGE, SUSPEND, RESUME, TERMINATE = "approve", "change", "suspend", "resume", "terminate"
_BY_TARGET = {"approved": APPROVE, "suspended": SUSPEND, "terminated": TERMINATE}
#: The notice that a change or a pause asks for before work goes on.
CHANGE_NOTICE = "change"
CONDITIONS = ("land", "environment", "design")

WRONG_UNIT, NO_CONSENT, NOT_READY, NO_NOTICE, NOT_TOLD_AGAIN, OBJECTED = (
    "wrong_unit",
    "no_consent",
    "not_ready",
    "no_notice",
    "not_told_again",
    "objected",
)


@dataclass(frozen=True, slots=True)
class Step:
    """A move in force, as a dated rule says it. Shape: `decider` is a kind of unit, empty for the keeper."""

    source: str
    target: str
    decider: str = ""
    needs_consent: bool = False
    needs_conditions: bool = False
    needs_notice: str = ""

    @property
    def matter(self) -> str:
        """What the other side is asked."""
        return RESUME if self.source == "suspended" and self.target not in _BY_TARGET else _matter(self)


def _matter(step: Step) -> str:
    return _BY_TARGET.get(step.target, CHANGE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a project when a step is asked for.

    Shape: `notices` holds for each kind the first day of the last notice whose days are over.
    """

    kinds: frozenset[str] = frozenset()
    consents: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    notices: Mapping[str, date] = field(default_factory=dict)
    #: Of the last change or pause, after which everybody is told again.
    changed_on: date | None = None
    #: What keeps it out of the pool, see `screening`.
    objections: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing missing. `what` narrows the code: a matter, a condition, a kind of notice or of unit."""

    code: str
    what: str = ""


def must_tell_again(standing: Standing) -> bool:
    """Whether a change or pause was not shown to everybody since: a later notice must be over."""
    if standing.changed_on is None:
        return False
    told = standing.notices.get(CHANGE_NOTICE)
    return told is None or told < standing.changed_on


def lacks(step: Step, standing: Standing) -> Iterator[Lack]:
    """Everything that closes the step; nothing where it is open.

    Pausing and ending never wait for a notice of a change: they stop the work.
    """
    if step.decider and step.decider not in standing.kinds:
        yield Lack(WRONG_UNIT, step.decider)
    if step.needs_consent and step.matter not in standing.consents:
        yield Lack(NO_CONSENT, step.matter)
    if step.needs_conditions:
        yield from (Lack(NOT_READY, one) for one in CONDITIONS if one not in standing.conditions)
    again = must_tell_again(standing)
    is_told = step.needs_notice in standing.notices and not (again and step.needs_notice == CHANGE_NOTICE)
    if step.needs_notice and not is_told:
        yield Lack(NO_NOTICE, step.needs_notice)
    if step.target not in {"suspended", "terminated"} and again:
        yield Lack(NOT_TOLD_AGAIN, CHANGE_NOTICE)
    if step.target == "pooled":
        yield from (Lack(OBJECTED, one) for one in standing.objections)


def changed_on(moves: Iterable[tuple[str, str, date]]) -> date | None:
    """The last day on which the content changed or work was paused. Shape: (from, to, day) of each step."""
    days = [day for source, target, day in moves if target in {source, "suspended"}]
    return max(days, default=None)


def ends_enough(first: date, last: date, days: int) -> bool:
    """Whether a notice stands for the days asked for, the first and the last counted."""
    return (last - first).days + 1 >= days
