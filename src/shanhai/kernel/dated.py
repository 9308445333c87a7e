"""What a document set for a time: thresholds, groupings, bars. No policy value is a constant in code."""

import datetime
from collections.abc import Mapping
from enum import Enum
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from .rows import Recorded


class DatedQuerySet[M: models.Model](models.QuerySet[M, M]):
    """Rows of a dated table."""

    def in_force(self, day: datetime.date) -> Self:
        """Rows valid on `day`, the first and the last day included."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Desk(Enum):
    """Whose business it is to change rules of a kind; everybody may read them."""

    COOPERATION = "cooperation"
    INSTALLATION = "installation"
    #: They have a page of their own.
    OWN_PAGE = "own_page"


class DatedRule(Recorded):
    """A row that holds from a day to a day, and says which document it rests on.

    Each kind has one `one_at_a_time`: its fields are what a rule is known by, the others what it says.
    """

    DESK: ClassVar[Desk] = Desk.COOPERATION
    #: Whether there may be none on a day: what asks for it then does without.
    MAY_END: ClassVar[bool] = False

    valid_from = models.DateField(_("启用日期"))
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=200)

    objects: Any = models.Manager.from_queryset(DatedQuerySet)()

    class Meta:
        abstract = True

    def holds_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @classmethod
    def choices_of(cls, name: str) -> Mapping[str, Any]:
        """Choices of a field that are known only when everything is loaded; empty for all others."""
        return {}


class _Validity(Func):
    """The days from `valid_from` to `valid_to`, both included; no end is for ever."""

    function = "DATERANGE"
    output_field = DateRangeField()


_HELD = _("同一天已有一条有效的规定，请先停用旧的。")


def one_at_a_time(name: str, *fields: str, among: Q | None = None, told: Any = _HELD) -> ExclusionConstraint:
    """Constraint: of rows equal in `fields`, no two hold on the same day. `among`: of which rows."""
    validity = _Validity("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True))
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (validity, RangeOperators.OVERLAPS),
        ],
        condition=among,
        violation_error_message=told,
    )
