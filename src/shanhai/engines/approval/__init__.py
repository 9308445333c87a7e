"""How an approval goes: steps in order, each signed by all of its seats (会签) or by one of them (或签).

A course is a value; what somebody does with it gives another, or is refused with a code. Nobody is looked up
here: a seat is whatever may sign, and who sits in it is the caller's to say. Every course that can be reached
was visited by the tests (`tests/engines/approval`).
"""

from .course import (
    APPLICANT,
    MOST_STEPS,
    Act,
    Course,
    Ending,
    Kind,
    Mode,
    Refused,
    Seat,
    Step,
    Where,
    replay,
)

__all__ = [
    "APPLICANT",
    "MOST_STEPS",
    "Act",
    "Course",
    "Ending",
    "Kind",
    "Mode",
    "Refused",
    "Seat",
    "Step",
    "Where",
    "replay",
]
