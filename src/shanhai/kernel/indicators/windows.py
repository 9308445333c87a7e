"""Which days and which reporting periods a figure looks at."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind


class Span(StrEnum):
    """What part of the calendar the figure of a period covers."""

    #: From 1 January to the end of the period.
    YEAR_TO_DATE = "year_to_date"
    #: The period alone.
    WITHIN = "within"
    #: How things stand on the last day of the period.
    POINT = "point"

    @property
    def label(self) -> str:
        labels = {Span.YEAR_TO_DATE: _("累计"), Span.WITHIN: _("当期"), Span.POINT: _("时点")}
        return labels[self]


@dataclass(frozen=True)
class Window:
    """The days from `first` to `last`, both inclusive, that belong to the figure of `period`."""

    period: Period
    span: Span

    @property
    def first(self) -> datetime.date:
        match self.span:
            case Span.YEAR_TO_DATE:
                return datetime.date(self.period.year, 1, 1)
            case Span.WITHIN:
                return self.period.start
            case Span.POINT:
                return self.period.end

    @property
    def last(self) -> datetime.date:
        return self.period.end

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the reporting periods whose rows belong to the window."""
        match self.span:
            case Span.YEAR_TO_DATE:
                return self.period.year_to_date()
            case Span.WITHIN:
                return self.period.within()
            case Span.POINT:
                ending = (Period.of(self.last, kind) for kind in PeriodKind)
                return tuple(one.code for one in ending if self.period.contains(one) and one.end == self.last)

    @property
    def year(self) -> str:
        """Code of the year the window lies in."""
        return str(self.period.year)
