"""Rows of training and enterprise, where Django looks for them."""

from .workshops import Recognition, Workshop, WorkshopKind, WorkshopMonth, WorkshopReview, WorkshopStandard

__all__ = [
    "Recognition",
    "Workshop",
    "WorkshopKind",
    "WorkshopMonth",
    "WorkshopReview",
    "WorkshopStandard",
]
