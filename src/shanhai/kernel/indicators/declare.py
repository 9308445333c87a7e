"""What an indicator is made of. A declaration is data: it compiles to SQL, to rows with reasons, to words."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from django.apps import apps
from django.db import models
from django.db.models import Count as RowCount
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.scope import REPORTED_STATES

from .windows import Span, Window


class Direction(StrEnum):
    """Whether more is better."""

    UP = "up"
    DOWN = "down"

    @property
    def label(self) -> str:
        return str({"up": _("越多越好"), "down": _("越少越好")}[self.value])


# --- measures ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """Each counted row counts one."""


@dataclass(frozen=True)
class Sum:
    """The sum of a field over the counted rows, times `scale` (yuan → 万元 is 0.0001), exact."""

    field: str
    scale: Decimal = Decimal(1)


@dataclass(frozen=True)
class DistinctLast:
    """Each `key` counts once, at its last row by `order` (`-` descending); others are duplicates."""

    key: str
    order: Sequence[str]


@dataclass(frozen=True)
class Ratio:
    """One indicator divided by another, in per cent; always recomputed from its parts."""

    numerator: str
    denominator: str


Measure = Count | Sum | DistinctLast | Ratio


# --- time attribution -------------------------------------------------------------------------------------


class Attribution(Protocol):
    """Which rows belong to a window."""

    @property
    def paths(self) -> tuple[str, ...]: ...

    def condition(self, window: Window) -> Q: ...


@dataclass(frozen=True)
class OnDate:
    """The day lies in the window."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def condition(self, window: Window) -> Q:
        return Q(**{f"{self.path}__gte": window.first, f"{self.path}__lte": window.last})


@dataclass(frozen=True)
class Overlapping:
    """The stretch from `first` to `last` (open when empty) shares a day with the window."""

    first: str
    last: str

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.first, self.last)

    def condition(self, window: Window) -> Q:
        has_not_ended = Q(**{f"{self.last}__isnull": True}) | Q(**{f"{self.last}__gte": window.first})
        return Q(**{f"{self.first}__lte": window.last}) & has_not_ended


@dataclass(frozen=True)
class InPeriods:
    """The row's reporting period lies in the window."""

    path: str = "period"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def condition(self, window: Window) -> Q:
        return Q(**{f"{self.path}__in": window.codes})


@dataclass(frozen=True)
class InYear:
    """The row belongs to the year of the window as a whole: agreements, plans."""

    path: str = "period"

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def condition(self, window: Window) -> Q:
        return Q(**{self.path: window.year})


@dataclass(frozen=True)
class Both:
    """What both attributions ask: paid in the window, out of this year's plan."""

    first: Attribution
    second: Attribution

    @property
    def paths(self) -> tuple[str, ...]:
        return (*self.first.paths, *self.second.paths)

    def condition(self, window: Window) -> Q:
        return self.first.condition(window) & self.second.condition(window)


@dataclass(frozen=True)
class Since:
    """The day is not after the window's last: what had come into being by then."""

    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def condition(self, window: Window) -> Q:
        return Q(**{f"{self.path}__lte": window.last})


# --- derived values: what a condition may use beside the row's own fields ---------------------------------


class Derivation(Protocol):
    """A value computed per row for the window."""

    @property
    def label(self) -> Any: ...

    def expression(self, model: type[models.Model], window: Window) -> Any: ...

    def problems(self, model: type[models.Model]) -> list[str]: ...


@dataclass(frozen=True)
class Tally:
    """How many verified rows of `source` point at this row by `through`, within the window and `where`.

    With `is_from_start` rows of earlier windows count as well: months on post run over New Year.
    """

    label: Any
    source: str
    through: str
    where: Q = field(default_factory=Q)
    time: Attribution = field(default_factory=InPeriods)
    is_from_start: bool = False

    def expression(self, model: type[models.Model], window: Window) -> Any:
        related = apps.get_model(self.source)
        belongs = (
            Q(**{f"{self.time.paths[0]}__lte": window.period.months()[-1].code})
            if self.is_from_start
            else self.time.condition(window)
        )
        rows = related._base_manager.filter(
            self.where & belongs, state="verified", **{self.through: OuterRef("pk")}
        )
        tally = rows.order_by().values(self.through).annotate(tally=RowCount("pk")).values("tally")
        return Coalesce(Subquery(tally), 0)

    def problems(self, model: type[models.Model]) -> list[str]:
        try:
            related = apps.get_model(self.source)
        except (LookupError, ValueError):
            return [f"source is '{self.source}', not a model"]
        names = {one.name for one in related._meta.get_fields()}
        return [
            f"'{name}' is not a field of {self.source}"
            for name in (self.through, *self.time.paths)
            if name not in names
        ]


@dataclass(frozen=True)
class DatedValue:
    """A number some document sets: the value of a dated table in force on the window's last day."""

    label: Any
    table: str
    where: Q
    value: str = "value"

    def expression(self, model: type[models.Model], window: Window) -> Any:
        rows = in_force(self.table, window).filter(self.where)
        return Subquery(rows.order_by("-valid_from").values(self.value)[:1])

    def problems(self, model: type[models.Model]) -> list[str]:
        try:
            names = {one.name for one in apps.get_model(self.table)._meta.concrete_fields}
        except (LookupError, ValueError):
            return [f"table is '{self.table}', not a model"]
        wanted = (self.value, "valid_from", "valid_to")
        return [f"'{name}' is not a field of {self.table}" for name in wanted if name not in names]


@dataclass(frozen=True)
class Today:
    """The day in force when the figure is computed."""

    label: Any = "今天"

    def expression(self, model: type[models.Model], window: Window) -> Any:
        return Value(clock.today(), output_field=models.DateField())

    def problems(self, model: type[models.Model]) -> list[str]:
        return []


def in_force(table: str, window: Window) -> models.QuerySet[Any, Any]:
    """Rows of a dated table that hold on the window's last day."""
    rows: models.QuerySet[Any, Any] = apps.get_model(table)._base_manager.all()
    is_open = Q(valid_to__isnull=True) | Q(valid_to__gte=window.last)
    return rows.filter(is_open, valid_from__lte=window.last)


# --- dimensions -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class By:
    """Split by the value of a field; members are named by its choices or by the rows it points at."""

    code: str
    label: Any
    path: str


@dataclass(frozen=True)
class Cases:
    """Split by conditions, the first that holds; rows that meet none fall under `other`."""

    code: str
    label: Any
    #: (member, label, condition)
    cases: Sequence[tuple[str, Any, Q]]
    #: (member, label)
    other: tuple[str, Any] = ("other", "其他")


@dataclass(frozen=True)
class Held(Cases):
    """Split by what was reported of an object and holds on the window's last day: a category by its dates.

    Shape: conditions of `cases` are on rows of `source`, which have `valid_from` and `valid_to` (both
    inclusive, open when empty) and by `through` name what the row names by `key`.
    """

    source: str = ""
    through: str = ""
    key: str = ""

    def rows(self, window: Window) -> models.QuerySet[Any, Any]:
        """Reported rows that hold on the last day."""
        return in_force(self.source, window).filter(state__in=REPORTED_STATES)


@dataclass(frozen=True)
class Grouped:
    """Split by a dated table that maps the values of `path` to groups, as it stands on the window's last day.

    Shape: the table has the fields `key`, `group`, `valid_from`, `valid_to` (both inclusive, open when
    empty).
    """

    code: str
    label: Any
    path: str
    table: str
    key: str
    group: str


Dimension = By | Cases | Grouped


@dataclass(frozen=True)
class Exclusion:
    """A reason for which a row that would count does not; tried in the order of declaration."""

    code: str
    label: Any
    condition: Q


@dataclass(frozen=True)
class Requirement:
    """What a row must meet to count; where it cannot be known, it is not met."""

    code: str
    label: Any
    condition: Q


@dataclass(frozen=True, eq=False)
class Indicator:
    """One indicator in one version: an expression over a ledger, valid from a day on."""

    code: str
    name: Any
    unit: Any
    #: The clause the indicator rests on.
    clause: str
    #: First day of the periods this version defines.
    valid_from: datetime.date
    measure: Measure
    #: Model label of the ledger (`labour.employmentspell`); empty for a ratio.
    source: str = ""
    direction: Direction = Direction.UP
    #: Shortest period the indicator is reported for.
    period_kind: PeriodKind = PeriodKind.QUARTER
    span: Span = Span.YEAR_TO_DATE
    valid_to: datetime.date | None = None
    note: Any = ""
    #: Rows the indicator is about; the others are not its business (`not_applicable`).
    where: Q = field(default_factory=Q)
    exclusions: Sequence[Exclusion | Requirement] = ()
    time: Attribution = field(default_factory=InPeriods)
    #: Values computed per row which `where`, exclusions and cases may use by name.
    derived: Mapping[str, Derivation] = field(default_factory=dict)
    #: Splits beside «unit» and «place», which follow from the two paths below.
    dimensions: Sequence[Dimension] = ()
    unit_path: str = "owner_unit"
    place_path: str = "place"
    #: Code of the paper every counted row should carry, among the ledger's evidence classes.
    evidence_class: str = ""
    #: App label of the chapter it is listed under; taken from `source` when empty.
    chapter: str = ""
    #: Decimals of a figure as it is printed.
    places: int = 0
    #: Shown on the workbench, first in notices.
    is_headline: bool = False

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_ratio(self) -> bool:
        return isinstance(self.measure, Ratio)

    @property
    def model(self) -> type[models.Model]:
        """The model of the source. Errors: LookupError for a ratio, which has none of its own."""
        return apps.get_model(self.source)

    @property
    def scale(self) -> Decimal:
        return self.measure.scale if isinstance(self.measure, Sum) else Decimal(1)

    def all_dimensions(self) -> dict[str, Dimension]:
        """Every split by its code, `unit` and `place` first."""
        if self.is_ratio:
            return {}
        own: list[Dimension] = []
        if self.unit_path:
            own.append(By("unit", _("单位"), self.unit_path))
        if self.place_path:
            own.append(By("place", _("地区"), self.place_path))
        return {dimension.code: dimension for dimension in (*own, *self.dimensions)}

    def is_valid_for(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def named(reference: models.F) -> str:
    """The field an `F` names; django-stubs do not know its attribute."""
    return str(vars(reference)["name"])
