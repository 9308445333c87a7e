"""The state machine of one approval, as pure values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

type Seat = str

#: Who asked for the approval: urges, withdraws, and signs nothing.
APPLICANT: Seat = "applicant"
#: A course grows by steps that are added on the way; this many are one too many for anybody to follow.
MOST_STEPS = 20
#: Where a return leads that leaves the course: back to who asked.
BACK = -1


class Mode(StrEnum):
    """How many of the seats of a step must sign."""

    ALL = "all"
    ANY = "any"


class Ending(StrEnum):
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What can be done."""

    AGREE = "agree"
    #: To an earlier step, or to who asked (`BACK`).
    RETURN = "return"
    #: 加签: another seat beside one's own, or as a step of its own before or after.
    ADD = "add"
    #: 转办: another seat in the place of one's own.
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"
    URGE = "urge"


class Where(StrEnum):
    BESIDE = "beside"
    BEFORE = "before"
    AFTER = "after"


class Refused(Exception):
    """The act does not fit the course; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Step:
    """Seats that sign together. Those who have signed stay until the course is led back before the step."""

    title: str
    mode: Mode
    seats: tuple[Seat, ...]
    signed: frozenset[Seat] = frozenset()

    @property
    def is_met(self) -> bool:
        return bool(self.signed) if self.mode is Mode.ANY else self.signed.issuperset(self.seats)

    @property
    def waiting(self) -> tuple[Seat, ...]:
        """Seats that may still sign."""
        return () if self.is_met else tuple(seat for seat in self.seats if seat not in self.signed)


@dataclass(frozen=True, slots=True)
class Act:
    """What `seat` does. `to`: the step of a return; `other`: the seat that is added or takes over."""

    kind: Kind
    seat: Seat
    to: int = BACK
    other: Seat = ""
    where: Where = Where.BESIDE


@dataclass(frozen=True, slots=True)
class Course:
    """Where an approval stands: `at` is the step whose turn it is, or their number when all are met."""

    steps: tuple[Step, ...]
    at: int = 0
    ending: Ending | None = None
    #: Asked to hurry, until the next signature or return.
    is_urged: bool = False

    @property
    def waiting(self) -> tuple[Seat, ...]:
        """Seats whose turn it is; empty exactly when the course is over."""
        return () if self.ending else self.steps[self.at].waiting

    def after(self, act: Act) -> "Course":
        """The course when `act` is done. Errors: Refused."""
        if self.ending:
            raise Refused("ended")
        by_applicant = act.kind in {Kind.WITHDRAW, Kind.URGE}
        if (act.seat == APPLICANT) is not by_applicant or not (by_applicant or act.seat in self.waiting):
            raise Refused("not_your_turn")
        return _DOING[act.kind](self, act)

    def _with(self, step: Step) -> tuple[Step, ...]:
        return (*self.steps[: self.at], step, *self.steps[self.at + 1 :])


def _agree(course: Course, act: Act) -> Course:
    now = course.steps[course.at]
    steps = course._with(replace(now, signed=now.signed | {act.seat}))
    at = course.at + steps[course.at].is_met
    ending = Ending.APPROVED if at == len(steps) else None
    return Course(steps, at, ending)


def _return(course: Course, act: Act) -> Course:
    if not BACK <= act.to < course.at:
        raise Refused("no_such_step")
    if act.to == BACK:
        return replace(course, ending=Ending.RETURNED, is_urged=False)
    emptied = (replace(step, signed=frozenset()) for step in course.steps[act.to :])
    return Course((*course.steps[: act.to], *emptied), act.to)


def _add(course: Course, act: Act) -> Course:
    now, at = course.steps[course.at], course.at
    if act.other in {"", APPLICANT} or act.other in now.seats:
        raise Refused("already_in")
    if act.where is Where.BESIDE:
        if now.mode is Mode.ANY:
            raise Refused("one_is_enough")
        return replace(course, steps=course._with(replace(now, seats=(*now.seats, act.other))))
    if len(course.steps) >= MOST_STEPS:
        raise Refused("too_many")
    place = at if act.where is Where.BEFORE else at + 1
    added = Step("", Mode.ALL, (act.other,))
    return replace(course, steps=(*course.steps[:place], added, *course.steps[place:]))


def _transfer(course: Course, act: Act) -> Course:
    now = course.steps[course.at]
    if act.other in {"", APPLICANT} or act.other in now.seats:
        raise Refused("already_in")
    seats = tuple(act.other if seat == act.seat else seat for seat in now.seats)
    return replace(course, steps=course._with(replace(now, seats=seats)))


def _withdraw(course: Course, act: Act) -> Course:
    return replace(course, ending=Ending.WITHDRAWN, is_urged=False)


def _urge(course: Course, act: Act) -> Course:
    if course.is_urged:
        raise Refused("urged_already")
    return replace(course, is_urged=True)


_DOING: Mapping[Kind, Callable[[Course, Act], Course]] = {
    Kind.AGREE: _agree,
    Kind.RETURN: _return,
    Kind.ADD: _add,
    Kind.TRANSFER: _transfer,
    Kind.WITHDRAW: _withdraw,
    Kind.URGE: _urge,
}


def replay(steps: Iterable[Step], acts: Iterable[Act]) -> Course:
    """The course that these acts, in their order, lead to. Errors: Refused for one that does not fit."""
    course = Course(tuple(steps))
    for act in acts:
        course = course.after(act)
    return course
