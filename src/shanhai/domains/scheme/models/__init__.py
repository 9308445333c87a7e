"""Rows of the scheme, where Django looks for them."""

from .policies import ClauseBasis, PolicyClause, PolicyDocument, Supersession, TaskBasis
from .progress import ProgressReport
from .scheme import Question, Scheme, SchemeVersion, Section, SourceDocument
from .tasks import Duty, Task

__all__ = [
    "ClauseBasis",
    "Duty",
    "PolicyClause",
    "PolicyDocument",
    "ProgressReport",
    "Question",
    "Scheme",
    "SchemeVersion",
    "Section",
    "SourceDocument",
    "Supersession",
    "Task",
    "TaskBasis",
]
