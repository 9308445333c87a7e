"""Rows of training and enterprise, where Django looks for them."""

from .courses import Attendance, Certificate, ClassDay, Course, ExamResult, Trainee, TrainingClass
from .workshops import Recognition, Workshop, WorkshopKind, WorkshopMonth, WorkshopReview, WorkshopStandard

__all__ = [
    "Attendance",
    "Certificate",
    "ClassDay",
    "Course",
    "ExamResult",
    "Recognition",
    "Trainee",
    "TrainingClass",
    "Workshop",
    "WorkshopKind",
    "WorkshopMonth",
    "WorkshopReview",
    "WorkshopStandard",
]
