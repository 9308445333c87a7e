"""Which indicators can be read in one pass for all windows, and why the others cannot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import BaseExpression

from shanhai.kernel.checks import resolve_path
from shanhai.kernel.indicators.declare import (
    By,
    Cases,
    DatedValue,
    Dimension,
    DistinctLast,
    Grouped,
    Held,
    Indicator,
    Sum,
    Tally,
    named,
)
from shanhai.kernel.rows import LedgerModel

from .activity import ENDS, Series, is_plain, series_of
from .columns import can_order

type Model = type[models.Model]

#: How derived values may be compared.
COMPARISONS = ("exact", "gt", "gte", "lt", "lte")
#: Of a number that fits into a word.
DIGITS = 18


@dataclass(frozen=True, eq=False)
class Term:
    """One version of an indicator that can be read so."""

    indicator: Indicator

    @property
    def model(self) -> Model:
        return self.indicator.model

    @property
    def object_path(self) -> str:
        """Path of what counts once; the row itself where every row counts."""
        measure = self.indicator.measure
        return measure.key if isinstance(measure, DistinctLast) else "pk"

    @property
    def ranking(self) -> tuple[str, ...]:
        """Paths of the object and of what its rows are ordered by; none where every row counts."""
        measure = self.indicator.measure
        return (measure.key, *measure.order) if isinstance(measure, DistinctLast) else ()

    @property
    def is_distinct(self) -> bool:
        return isinstance(self.indicator.measure, DistinctLast)

    @property
    def series(self) -> tuple[Series, ...]:
        return series_of(self.indicator)

    def size_of(self, series: str) -> int:
        """Months of a window."""
        return next(one.size for one in self.series if one.name == series)

    @property
    def tallies(self) -> Mapping[str, Tally]:
        return {name: one for name, one in self.indicator.derived.items() if isinstance(one, Tally)}

    @property
    def dated(self) -> Mapping[str, DatedValue]:
        return {name: one for name, one in self.indicator.derived.items() if isinstance(one, DatedValue)}


@lru_cache(maxsize=1024)
def term_of(indicator: Indicator) -> Term | None:
    """The indicator's term; None when each window needs a statement of its own."""
    return None if why_not(indicator) else Term(indicator)


def why_not(indicator: Indicator) -> str:
    """Why an indicator needs a statement for each window; empty when it does not."""
    if indicator.is_ratio:
        return "is divided from its parts"
    if not issubclass(indicator.model, LedgerModel):
        return "counts no ledger rows"
    if not (indicator.unit_path and indicator.place_path):
        return "lies in no unit or place"
    if not is_plain(indicator.time, indicator.model, indicator.span):
        return "has a time attribution that is no stretch of months"
    return (
        _odd_derivation(indicator)
        or _odd_condition(indicator)
        or _odd_relation(indicator)
        or _odd_number(indicator)
    )


def _odd_derivation(indicator: Indicator) -> str:
    derived = indicator.derived
    if derived and series_of(indicator) != (ENDS,):
        return "derives values for periods of several lengths"
    for name, one in derived.items():
        if not isinstance(one, Tally | DatedValue):
            return f"derives '{name}' from more than rows and dated rules"
        if isinstance(one, Tally) and not is_plain(one.time, apps.get_model(one.source), indicator.span):
            return f"tallies '{name}' by more than months"
        if isinstance(one, DatedValue) and not _is_number(resolve_path(apps.get_model(one.table), one.value)):
            return f"derives '{name}', which is no number"
    return ""


def _odd_number(indicator: Indicator) -> str:
    if isinstance(indicator.measure, DistinctLast):
        if not isinstance(resolve_path(indicator.model, indicator.measure.key), models.ForeignKey):
            return f"counts '{indicator.measure.key}' once, which is no reference"
        for path in indicator.measure.order:
            if not can_order(resolve_path(indicator.model, path.removeprefix("-"))):
                return f"orders by '{path}', which has no order outside the database"
        return ""
    if not isinstance(indicator.measure, Sum):
        return ""
    field = resolve_path(indicator.model, indicator.measure.field)
    is_whole = isinstance(field, models.IntegerField)
    is_exact = isinstance(field, models.DecimalField) and (field.max_digits or 0) <= DIGITS
    return "" if is_whole or is_exact else f"sums '{indicator.measure.field}', which fits into no word"


def _is_number(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.DecimalField | models.IntegerField)


def _odd_condition(indicator: Indicator) -> str:
    for condition in _conditions(indicator):
        for child in _children(condition):
            if not isinstance(child, tuple):
                return "has a condition that is an expression"
            if isinstance(child[1], BaseExpression | models.QuerySet):
                return f"compares '{child[0]}' with an expression"
    if asks_derived(indicator.where, indicator):
        return "chooses its rows by derived values"
    return _odd_comparison(indicator)


def _odd_comparison(indicator: Indicator) -> str:
    """Derived values are compared outside the database: with each other and with whole numbers."""
    for condition in (one.condition for one in indicator.exclusions):
        if not asks_derived(condition, indicator):
            continue
        if Q.XOR in _connectors(condition):
            return "has a condition of one or the other"
        for name, operand in _children(condition):
            other = named(operand) if isinstance(operand, F) else ""
            if not _is_derived(name, indicator) or (other and other not in indicator.derived):
                return f"mixes derived values with '{name}' in one condition"
            if (name.partition("__")[2] or COMPARISONS[0]) not in COMPARISONS:
                return f"asks more of '{name}' than a comparison"
            if not other and (isinstance(operand, bool) or not isinstance(operand, int)):
                return f"compares '{name}' with what is no whole number"
    return ""


def asks_derived(condition: Q, indicator: Indicator) -> bool:
    """Whether a condition names a derived value."""
    for child in _children(condition):
        if isinstance(child, tuple):
            names = [child[0], *([named(child[1])] if isinstance(child[1], F) else [])]
            if any(_is_derived(name, indicator) for name in names):
                return True
    return False


def _is_derived(name: str, indicator: Indicator) -> bool:
    return name.partition("__")[0] in indicator.derived


def _connectors(condition: Q) -> Iterator[str]:
    yield condition.connector
    for child in condition.children:
        if isinstance(child, Q):
            yield from _connectors(child)


def _odd_relation(indicator: Indicator) -> str:
    for path in paths_of(indicator):
        if not _is_forward(indicator.model, path):
            return f"reads '{path}' against the direction of the reference"
    return ""


def _conditions(indicator: Indicator) -> Iterator[Q]:
    yield indicator.where
    yield from (one.condition for one in indicator.exclusions)
    for dimension in indicator.dimensions:
        if isinstance(dimension, Cases) and not isinstance(dimension, Held):
            yield from (condition for _, _, condition in dimension.cases)
    yield from (one.where for one in indicator.derived.values() if isinstance(one, Tally | DatedValue))


def _children(condition: Q) -> Iterator[Any]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _children(child)
        else:
            yield child


def paths_of(indicator: Indicator) -> Iterator[str]:
    """Every path the classification of a row reads."""
    yield from indicator.time.paths
    yield from (indicator.unit_path, indicator.place_path)
    match indicator.measure:
        case Sum(field=name):
            yield name
        case DistinctLast(key=key, order=order):
            yield key
            yield from (one.removeprefix("-") for one in order)
    for dimension in indicator.dimensions:
        yield from _dimension_paths(dimension)
    for condition in (indicator.where, *(one.condition for one in indicator.exclusions)):
        yield from named_in(condition, indicator)


def _dimension_paths(dimension: Dimension) -> Iterator[str]:
    match dimension:
        case By() | Grouped():
            yield dimension.path
        case Held():
            yield dimension.key
        case Cases():
            for _, _, condition in dimension.cases:
                yield from named_in(condition)


def named_in(condition: Q, indicator: Indicator | None = None) -> Iterator[str]:
    derived = indicator.derived if indicator else {}
    for child in _children(condition):
        if not isinstance(child, tuple):
            continue
        names = [child[0], named(child[1])] if isinstance(child[1], F) else [child[0]]
        yield from (name for name in names if name.partition("__")[0] not in derived)


def _is_forward(model: Model, path: str) -> bool:
    """Whether a path follows references only: none of its rows is met twice."""
    current: Model | None = model
    for part in path.split("__"):
        field = field_of(current, part) if current else None
        if field is None:
            return True  # a transform or a look-up
        if not field.concrete:
            return False
        current = field.related_model
    return True


def field_of(model: Model, name: str) -> Any:
    try:
        return model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
