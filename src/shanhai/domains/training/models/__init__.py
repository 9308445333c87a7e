"""Rows of training and enterprise, where Django looks for them."""

from .courses import Attendance, Certificate, ClassDay, Course, ExamResult, Trainee, TrainingClass
from .enrolment import AidPayment, Applicant, EnrolmentPlan, Stage, Term
from .incubation import IncubationBase, IncubationTenant, LeaderYear, TenantSupport
from .workshops import Recognition, Workshop, WorkshopKind, WorkshopMonth, WorkshopReview, WorkshopStandard

__all__ = [
    "AidPayment",
    "Applicant",
    "Attendance",
    "Certificate",
    "ClassDay",
    "Course",
    "EnrolmentPlan",
    "ExamResult",
    "IncubationBase",
    "IncubationTenant",
    "LeaderYear",
    "Recognition",
    "Stage",
    "TenantSupport",
    "Term",
    "Trainee",
    "TrainingClass",
    "Workshop",
    "WorkshopKind",
    "WorkshopMonth",
    "WorkshopReview",
    "WorkshopStandard",
]
