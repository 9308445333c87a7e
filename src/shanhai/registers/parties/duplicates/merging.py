"""Rows follow a person by every reference a model declares; what a unique key forbids is merged in turn."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.rows import LedgerModel, Recorded
from shanhai.kernel.within import exceeded
from shanhai.kernel.workflow import State

from .models import DuplicatePair, PersonMerge

#: They tell which rows were meant, and follow nobody.
_RECORDS = (DuplicatePair, PersonMerge)


def references(model: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    """Every field of every table that points at rows of `model`."""
    for one in apps.get_models():
        is_fixed = not one._meta.managed or getattr(one, "IS_APPENDED_ONLY", False)
        if is_fixed or one in _RECORDS or one._meta.proxy:
            continue
        for field in one._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is model:
                yield field


def referring(row: models.Model) -> dict[type[models.Model], int]:
    """How many rows of which table point at the row."""
    found: dict[type[models.Model], int] = {}
    for field in references(type(row)):
        number = field.model._base_manager.filter(**{field.name: row}).count()
        if number:
            found[field.model] = found.get(field.model, 0) + number
    return found


class Merging:
    """What is done is written down as it is done. Errors of its methods: RuleViolated; nothing is done."""

    def __init__(self) -> None:
        self.moves: list[dict[str, Any]] = []
        self.voided: list[dict[str, Any]] = []

    def into(self, winner: models.Model, loser: models.Model) -> None:
        """All that points at `loser` points at `winner`; `loser` is set aside."""
        for field in references(type(loser)):
            rows = list(field.model._base_manager.filter(**{field.name: loser}).order_by("pk"))
            if not rows:
                continue
            clashes = _clashes(field, rows, winner)
            self._move(field, [row for row in rows if row.pk not in clashes], loser, winner)
            for row in rows:
                if row.pk in clashes:
                    self.into(clashes[row.pk], row)
        self._set_aside(loser)

    def _move(
        self, field: models.ForeignKey[Any, Any], rows: Sequence[Any], source: Any, target: Any
    ) -> None:
        if not rows:
            return
        keys = [row.pk for row in rows]
        point(field, keys, target.pk)
        told = {"source": str(source.pk), "target": str(target.pk), "rows": [str(key) for key in keys]}
        self.moves.append({"model": field.model._meta.label_lower, "field": field.name, **told})

    def _set_aside(self, row: Any) -> None:
        """Rows without a life, such as a link of two, stay as they are beside the row they pointed at."""
        if not isinstance(row, LedgerModel) or row.state == State.VOIDED:
            return
        label = row._meta.label_lower
        self.voided.append({"model": label, "row": str(row.pk), "state": row.state})
        put_state(type(row), row.pk, State.VOIDED)


def point(field: models.ForeignKey[Any, Any], keys: Sequence[Any], target: Any) -> None:
    """Errors: RuleViolated when a row is out of reach or a unique key forbids it."""
    model: Any = field.model
    values: dict[str, Any] = {field.attname: target}
    if issubclass(model, LedgerModel):
        values["row_version"] = F("row_version") + 1
    try:
        with transaction.atomic():
            changed = model._default_manager.filter(pk__in=keys).update(**values)
    except IntegrityError as error:
        raise exceeded(error) or RuleViolated(_clash(model), code="duplicate") from error
    if changed != len(keys):
        raise RuleViolated(_out_of_reach(model), code="out_of_reach")


def put_state(model: Any, key: Any, state: str) -> None:
    """Errors: RuleViolated when the row is out of reach."""
    rows = model._default_manager.filter(pk=key)
    if not rows.update(state=state, row_version=F("row_version") + 1):
        raise RuleViolated(_out_of_reach(model), code="out_of_reach")


def _clash(model: type[models.Model]) -> str:
    return _("“%(ledger)s”里有两条会重复的记录，所以什么也没有改。请先处理它们。") % {
        "ledger": model._meta.verbose_name
    }


def _out_of_reach(model: type[models.Model]) -> str:
    return _("“%(ledger)s”里有您改不到的记录，所以什么也没有改。") % {"ledger": model._meta.verbose_name}


def _clashes(field: models.ForeignKey[Any, Any], rows: Sequence[Any], winner: models.Model) -> dict[Any, Any]:
    """Rows that cannot follow, as the winner has one of the same key: key of the row → that one."""
    found: dict[Any, Any] = _overlapping(field, rows, winner)
    for others in _unique_with(field):
        theirs = {_key(row, others): row for row in field.model._base_manager.filter(**{field.name: winner})}
        for row in rows:
            key = _key(row, others)
            if None not in key and key in theirs:
                found.setdefault(row.pk, theirs[key])
    return found


def _overlapping(
    field: models.ForeignKey[Any, Any], rows: Sequence[Any], winner: models.Model
) -> dict[Any, Any]:
    """The same of rows that hold for days (`kernel.dated.one_at_a_time`): one and the other on some day."""
    found: dict[Any, Any] = {}
    for constraint in field.model._meta.constraints:
        if not isinstance(constraint, ExclusionConstraint):
            continue
        equal = [name for name, operator in constraint.expressions if operator == RangeOperators.EQUAL]
        if field.name not in equal:
            continue
        others = [str(name) for name in equal if name != field.name]
        theirs = field.model._base_manager.filter(constraint.condition or models.Q(), **{field.name: winner})
        for row, other in product(rows, theirs):
            if _key(row, others) == _key(other, others) and _meet(row, other):
                found.setdefault(row.pk, other)
    return found


def _meet(row: Any, other: Any) -> bool:
    first, second = sorted((row, other), key=lambda one: one.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to


def _unique_with(field: models.ForeignKey[Any, Any]) -> Iterator[tuple[str, ...]]:
    """Of every unique key that the field is part of, the other fields."""
    if field.unique:
        yield ()
    for constraint in field.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            yield tuple(name for name in constraint.fields if name != field.name)


def _key(row: Any, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in names)


def model_named(label: str) -> type[Recorded]:
    found: type[Recorded] = apps.get_model(label)
    return found
