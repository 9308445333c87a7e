"""The ledgers of training and enterprise."""

from . import ledgers_courses, ledgers_enrolment, ledgers_incubation, ledgers_workshops  # noqa: F401  (importing registers)
