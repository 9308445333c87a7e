"""What is read of every candidate, and which indicators can be read so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, F, Q, SmallIntegerField, Value, When

from shanhai.kernel.checks import resolve_path
from shanhai.kernel.indicators.compile import status_reasons, weight
from shanhai.kernel.indicators.declare import By, Cases, Dimension, Grouped, Held, Sum
from shanhai.kernel.indicators.onepass.activity import time_column
from shanhai.kernel.indicators.onepass.columns import (
    Column,
    code_column,
    key_column,
    number_column,
    order_column,
)
from shanhai.kernel.indicators.onepass.counted import decimals, own_exclusions
from shanhai.kernel.indicators.onepass.involved import Involved, involved_in, steps
from shanhai.kernel.indicators.onepass.terms import Term, asks_derived, term_of
from shanhai.kernel.indicators.reasons import VOIDED, reasons
from shanhai.kernel.indicators.sides import counterpart_of, of_side, opposite_path, seen_from
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Side, shared_rows
from shanhai.kernel.workflow import State

#: A value that is none of the field's choices.
UNKNOWN = -1


@dataclass(frozen=True)
class Shape:
    """Columns of the candidates of a term for one side; of its open rows where a reader is told no more."""

    term: Term
    side: Side
    is_open: bool

    @cached_property
    def ordinals(self) -> Mapping[str, int]:
        """Numbers of the reasons, in the order in which they are tried; 0 is counted."""
        return {code: number for number, code in enumerate(reasons(self.term.indicator), start=1)}

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """Those whose members a row has whatever the window; a statement tells the others."""
        every = self.term.indicator.all_dimensions()
        return {code: one for code, one in every.items() if not isinstance(one, Held)}

    @property
    def is_joint(self) -> bool:
        """Whether rows of the other side are among the candidates."""
        return bool(counterpart_of(self.term.model))

    def column_of(self, code: str) -> str:
        """Name of the column that holds the dimension; those of one path share it."""
        dimension = self.dimensions[code]
        if isinstance(dimension, Cases):
            return f"by_{code}"
        same = (name for name, one in self.dimensions.items() if getattr(one, "path", "") == dimension.path)
        return f"by_{next(same)}"

    @property
    def owner(self) -> str:
        """Name of the column of the row's own unit."""
        return self._own("unit", self.term.indicator.unit_path, "owner_unit") or "owner"

    @property
    def site(self) -> str:
        """Name of the column of the row's own place."""
        return self._own("place", self.term.indicator.place_path, "place") or "site"

    def _own(self, code: str, path: str, own: str) -> str:
        return self.column_of(code) if path == own and not self.is_joint else ""

    def _named(self, code: str) -> str:
        return f"x_{self.column_of(code)}"

    def fixed_members(self, code: str) -> tuple[str, ...] | None:
        """Members by the number that the database tells; None where it tells keys."""
        match self.dimensions[code]:
            case Cases() as cases:
                return (*(member for member, _, _ in cases.cases), cases.other[0])
            case one:
                field = resolve_path(self.term.model, one.path)
                return None if field.is_relation else ("", *(str(value) for value, _ in field.flatchoices))

    def rows(self) -> models.QuerySet[Any, Any]:
        """All candidates, with what the columns are made of."""
        term, indicator = self.term, self.term.indicator
        found = term.model._base_manager.filter(of_side(term.model, self.side))
        found = found.filter(shared_rows()) if self.is_open else found
        named: dict[str, Any] = {"x_status": self._status()}
        if isinstance(indicator.measure, Sum):
            named["x_weight"] = weight(indicator)
        named |= {f"x_time_{n}": F(path) for n, path in enumerate(indicator.time.paths)}
        named |= {f"x_order_{n}": F(path.removeprefix("-")) for n, path in enumerate(term.ranking)}
        named |= {self._named(code): self._member(code) for code in self.dimensions}
        shared = Case(When(shared_rows(), then=Value(1)), default=Value(0), output_field=SmallIntegerField())
        named |= {"x_owner": F("owner_unit"), "x_site": F("place"), "x_shared": shared}
        rows: models.QuerySet[Any, Any] = found.annotate(**named).order_by().values("id", *named)
        return rows

    @cached_property
    def columns(self) -> dict[str, Column]:
        term = self.term
        found = {"key": key_column("q.id"), "status": code_column("q.x_status")}
        for n, path in enumerate(term.indicator.time.paths):
            found[f"time{n}"] = time_column(resolve_path(term.model, path), f"q.x_time_{n}")
        for n, path in enumerate(term.ranking):
            field = resolve_path(term.model, path.removeprefix("-"))
            column, down = f"q.x_order_{n}", path.startswith("-")
            found[f"order{n}"] = order_column(field, column, is_descending=down) if n else key_column(column)
        for code in self.dimensions:
            make = key_column if self.fixed_members(code) is None else code_column
            found[self.column_of(code)] = make(f"q.{self._named(code)}")
        if isinstance(term.indicator.measure, Sum):
            found["weight"] = number_column(f"q.x_weight * {10 ** decimals(term.indicator)}")
        for name in {self.owner, self.site} - found.keys():
            found[name] = key_column(f"q.x_{name}")
        return found | {"shared": code_column("q.x_shared")}

    def _status(self) -> Case:
        """The number of the first reason that neither window nor derived values decide; 0 for none."""
        indicator = self.term.indicator
        own = replace(own_exclusions(indicator), where=indicator.where)
        whens: list[Any] = [When(state=State.VOIDED, then=Value(VOIDED)), *status_reasons(own)]
        numbered = [When(one.condition, then=Value(self.ordinals[one.result.value])) for one in whens]
        return Case(*numbered, default=Value(0), output_field=SmallIntegerField())

    def _member(self, code: str) -> Any:
        dimension, members = self.dimensions[code], self.fixed_members(code)
        if isinstance(dimension, Cases):
            conditions = [condition for _, _, condition in dimension.cases]
            return _numbered(conditions, len(conditions))
        if members is None:
            return seen_from(self.term.indicator, self.side, dimension.path)
        chosen = [Q(**{dimension.path: member}) for member in members]
        chosen[0] |= Q(**{f"{dimension.path}__isnull": True})
        return _numbered(chosen, UNKNOWN)


def _numbered(conditions: list[Q], otherwise: int) -> Case:
    whens = [When(condition, then=Value(number)) for number, condition in enumerate(conditions)]
    return Case(*whens, default=Value(otherwise), output_field=SmallIntegerField())


@lru_cache(maxsize=1024)
def shape_of(term: Term, side: Side, is_open: bool) -> Shape:
    return Shape(term, side, is_open)


@lru_cache(maxsize=1024)
def involved_in_roll(term: Term) -> Involved:
    """What decides on candidates: what decides on sums, units, and the tables that group members."""
    own = involved_in(term)
    found = Involved(set(own.wholly), {table: set(paths) for table, paths in own.reached.items()})
    found.tallied, found.is_followed = own.tallied, own.is_followed
    unit = term.indicator.unit_path
    for path in (unit, opposite_path(term.indicator, unit), "owner_unit", "place"):
        for prefix, model, column in steps(term.model, path):
            found.reached.setdefault(found.add(model, [column]), set()).add(prefix)
    for one in term.indicator.dimensions:
        if isinstance(one, Grouped):
            found.wholly.add(found.add(apps.get_model(one.table)))
    return found


@lru_cache(maxsize=1024)
def why_no_roll(term: Term) -> str:
    """Why members and reasons of the term's indicator need a statement for each window; empty when not."""
    indicator = term.indicator
    if not issubclass(term.model, LedgerModel) or not _is_keyed(term.model):
        return "counts no ledger rows"
    for code, dimension in indicator.all_dimensions().items():
        if isinstance(dimension, Held):
            continue  # not of the roll
        if isinstance(dimension, Cases):
            if any(asks_derived(condition, indicator) for _, _, condition in dimension.cases):
                return f"splits by '{code}', which is derived"
        elif not _is_coded(term.model, dimension):
            return f"splits by '{code}', which has no numbers"
    return "" if involved_in_roll(term).is_followed else "reads what history does not tell"


def _is_coded(model: type[models.Model], dimension: By | Grouped) -> bool:
    field: Any = resolve_path(model, dimension.path)
    if field.is_relation:
        return isinstance(dimension, By) and _is_keyed(field.related_model)
    return isinstance(field, models.CharField) and bool(field.flatchoices)


def _is_keyed(model: Any) -> bool:
    return isinstance(model._meta.pk, models.UUIDField)


def with_rolls(indicators: Iterator[Any]) -> Iterator[Any]:
    """Those of the indicators whose candidates can be kept."""
    for indicator in indicators:
        term = term_of(indicator)
        if term and not why_no_roll(term):
            yield indicator
