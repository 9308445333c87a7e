"""Rows of the scheme, where Django looks for them."""

from .progress import ProgressReport
from .scheme import Question, Scheme, SchemeVersion, Section, SourceDocument
from .tasks import Duty, Task

__all__ = [
    "Duty",
    "ProgressReport",
    "Question",
    "Scheme",
    "SchemeVersion",
    "Section",
    "SourceDocument",
    "Task",
]
