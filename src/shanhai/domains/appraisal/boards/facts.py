"""How many times a fact was typed: which fields are of one kind, what stands in more than one ledger.

A fact is side, subject (person or project), kind, value, and the period where each of its ledgers has one.
Its kind is the label of the field. It was typed once in each ledger that reports it (ADR 0062).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import TruncMonth

from shanhai.domains.funds.models import Project
from shanhai.kernel.clock import CHINA
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, Side
from shanhai.registers.parties.models import Person

#: What facts are about.
SUBJECTS = (Person, Project)
_VALUES = (models.DateField, models.DecimalField, models.IntegerField)


@dataclass(frozen=True)
class Source:
    """Where a kind of fact is typed: a field of a ledger, and the way from its row to the subject."""

    ledger: Ledger[Any]
    path: str
    name: str

    def rows(self, side: Side) -> Any:
        """Reported rows that say it."""
        said = {f"{self.path}__isnull": False, f"{self.name}__isnull": False}
        rows = self.ledger.model._default_manager.reported().order_by()
        return rows.filter(side=side, submitted_at__isnull=False, **said)


@dataclass(frozen=True)
class FactKind:
    """A kind of fact, with the fields that hold it."""

    label: str
    subject: type[LedgerModel]
    sources: tuple[Source, ...]

    @property
    def code(self) -> str:
        """For addresses: the first field that holds it."""
        return f"{self.sources[0].ledger.key}.{self.sources[0].name}"

    @property
    def is_shared(self) -> bool:
        return len(self.sources) > 1

    @property
    def has_period(self) -> bool:
        return all(one.ledger.period_kind is not None for one in self.sources)


@cache
def kinds() -> tuple[FactKind, ...]:
    """Every kind, in the order of the ledgers."""
    found: dict[tuple[type[LedgerModel], str], dict[str, Source]] = defaultdict(dict)
    for ledger in registry:
        for subject, path in _ways(ledger.model):
            for one in _typed(ledger.model):
                label = str(one.verbose_name)
                found[(subject, label)].setdefault(ledger.key, Source(ledger, path, one.name))
    return tuple(FactKind(label, subject, tuple(own.values())) for (subject, label), own in found.items())


def _ways(model: type[models.Model]) -> Iterator[tuple[type[LedgerModel], str]]:
    """Subjects that a row points to, itself or one reference on; the nearest of each."""
    seen: set[type[LedgerModel]] = set()
    direct: list[Any] = [one for one in model._meta.fields if _refers(one)]
    ways = [(model, "pk"), *((one.related_model, one.name) for one in direct)]
    ways += [
        (further.related_model, f"{one.name}__{further.name}")
        for one in direct
        for further in one.related_model._meta.fields
        if _refers(further)
    ]
    for target, path in ways:
        if target in SUBJECTS and target not in seen:
            seen.add(target)
            yield target, path


def _refers(one: Any) -> bool:
    return isinstance(one, models.ForeignKey) and one.name not in LedgerModel.KERNEL_FIELDS


def _typed(model: type[models.Model]) -> Iterator[Any]:
    """Dates and numbers that people type."""
    for one in model._meta.fields:
        is_value = isinstance(one, _VALUES) and not one.is_relation and not one.choices
        if is_value and one.editable and one.name not in LedgerModel.KERNEL_FIELDS:
            yield one


@dataclass
class Typed:
    """One fact that stands in more than one ledger: since when in each. Shape: moments by ledger key."""

    subject: UUID
    moments: dict[str, datetime] = field(default_factory=dict)

    @property
    def times(self) -> int:
        return len(self.moments)

    def again(self, year: int) -> list[date]:
        """Months of a year in which it was typed although it stood somewhere already."""
        later = sorted(self.moments.values())[1:]
        return [month_of(at) for at in later if month_of(at).year == year]


def month_of(at: datetime) -> date:
    return at.astimezone(CHINA).date().replace(day=1)


def readable(actor: Actor) -> list[FactKind]:
    """Kinds of which the reader reads every ledger."""
    return [
        one for one in kinds() if all(actor.allows(Verb.VIEW, source.ledger.key) for source in one.sources)
    ]


def repeated(kind: FactKind, side: Side) -> list[Typed]:
    """Facts of a kind that stand in more than one ledger. Shape: one query for each field."""
    found: dict[tuple[Any, ...], Typed] = {}
    for source in kind.sources:
        keys = [source.path, source.name, *(["period"] if kind.has_period else [])]
        rows = source.rows(side).filter(_elsewhere(kind, source, side))
        told = rows.values(*keys).annotate(first=Min("submitted_at"))
        for subject, value, *period, first in told.values_list(*keys, "first"):
            key = (subject, _plain(value), *period)
            found.setdefault(key, Typed(subject)).moments[source.ledger.key] = first
    return [one for one in found.values() if one.times > 1]


def _elsewhere(kind: FactKind, source: Source, side: Side) -> Q:
    condition = Q(pk__in=[])
    for other in kind.sources:
        if other is source:
            continue
        equal = {other.path: OuterRef(source.path), other.name: OuterRef(source.name)}
        if kind.has_period:
            equal["period"] = OuterRef("period")
        condition |= Q(Exists(other.rows(side).filter(**equal)))
    return condition


def _plain(value: Any) -> Any:
    """2.50 and 2.5 are one value."""
    return value.normalize() if hasattr(value, "normalize") else value


def cells(sources: Sequence[Source], side: Side, year: int) -> Mapping[tuple[str, date], int]:
    """How many values were typed in a year, by ledger and month. Shape: one query for each ledger."""
    by_ledger: dict[str, list[Source]] = defaultdict(list)
    for one in sources:
        by_ledger[one.ledger.key].append(one)
    found: Counter[tuple[str, date]] = Counter()
    for key, own in by_ledger.items():
        counts = {f"n{at}": Count(one.name) for at, one in enumerate(own)}
        rows = own[0].ledger.model._default_manager.reported().order_by()
        rows = rows.filter(side=side, submitted_at__year=year)
        months = rows.values(month=TruncMonth("submitted_at", tzinfo=CHINA)).annotate(**counts)
        for row in months:
            month = row["month"].date() if isinstance(row["month"], datetime) else row["month"]
            found[(key, month)] += sum(row[name] for name in counts)
    return found
