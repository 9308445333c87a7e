"""What every filter does: its parameters of the address, empty values, and what it says of itself."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.kernel.fields import SealedField
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, nothing, shared_rows
from shanhai.kernel.surfaces.fields import ResolvedColumn

#: Ending of the parameter that asks for rows with or without a value: `cost_is=empty`.
PRESENCE = "_is"
EMPTY, FILLED = "empty", "filled"
_MORE_THAN_SHOWN = 2


class Filter:
    """One column's narrowing, as the address has it."""

    #: How components of the list draw it: select, several, tree or fields.
    kind: ClassVar[str] = "fields"
    #: What follows the column's name in the parameters of the values.
    endings: ClassVar[tuple[str, ...]] = ("",)

    def __init__(self, column: ResolvedColumn, params: QueryDict, actor: Actor) -> None:
        self.column = column
        self.actor = actor
        self.chosen = {name: [v for v in params.getlist(name) if v.strip()] for name in self.names}
        #: What is wrong with the parameters, as a sentence; "" when nothing is.
        self.problem = ""

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters in the address that belong to this filter."""
        return self.parameters(self.column)

    @classmethod
    def parameters(cls, column: ResolvedColumn) -> tuple[str, ...]:
        endings = (*cls.endings, PRESENCE) if may_be_empty(column) else cls.endings
        return tuple(f"{column.name}{ending}" for ending in endings)

    @property
    def presence(self) -> str:
        """`empty`, `filled`, or "" where either will do."""
        return next(iter(self.chosen.get(f"{self.name}{PRESENCE}", ())), "")

    @property
    def is_active(self) -> bool:
        return any(self.chosen.values())

    @property
    def has_values(self) -> bool:
        return any(values for name, values in self.chosen.items() if not name.endswith(PRESENCE))

    def values(self) -> list[str]:
        return self.chosen[self.name]

    def first(self, ending: str) -> str:
        """The one value of the parameter with this ending; "" for none."""
        return next(iter(self.chosen[f"{self.name}{ending}"]), "").strip()

    @cached_property
    def condition(self) -> Q:
        """Rows the filter lets through."""
        if not self.is_active:
            return Q()
        found = self._with_presence()
        if self.problem:
            return nothing()
        if self.column.custom is not None:  # rows of others do not lack what was never asked of them
            return found & Q(owner_unit_id=self.column.custom.unit_id)
        return found & told(self.column, self.actor) if "__" in self.name else found

    def _with_presence(self) -> Q:
        """Rows without a value join those chosen; rows with one are all, or those chosen among them."""
        found = self.read() if self.has_values else Q()
        match self.presence:
            case "":
                return found
            case "empty":
                return self.is_empty() | found if self.has_values else self.is_empty()
            case "filled":
                return found & ~self.is_empty()
            case _:
                return self.refuse(_("这里只能选“未填”或“已填”。"))

    def is_empty(self) -> Q:
        """Rows without a value."""
        return empty(self.column)

    def read(self) -> Q:
        """Rows that fit the values; called when there are some."""
        raise NotImplementedError

    def single(self, value: Any) -> dict[str, list[str]]:
        """Parameters that let through the rows with this value alone, of those let through now."""
        return self._instead({self.name: [str(value)]})

    def without_value(self) -> dict[str, list[str]]:
        """Parameters that let through the rows without a value alone."""
        return self._instead({f"{self.name}{PRESENCE}": [EMPTY]})

    def _instead(self, parameters: dict[str, list[str]]) -> dict[str, list[str]]:
        return {name: [] for name in self.names} | parameters

    def summary(self) -> str:
        """What is chosen, in words."""
        words = {EMPTY: _("未填"), FILLED: _("已填")}.get(self.presence, self.presence)
        return "、".join(filter(None, (self.said() if self.has_values else "", words)))

    def said(self) -> str:
        """The values chosen, in words."""
        return "、".join(self.values())

    def options(self) -> list[dict[str, Any]]:
        return []

    def fields(self) -> list[dict[str, Any]]:
        return []

    def presences(self) -> list[dict[str, Any]]:
        """The choice between rows with and without a value; [] where every row has one."""
        if not may_be_empty(self.column):
            return []
        labels = (("", _("不限")), (FILLED, _("已填")), (EMPTY, _("未填")))
        return [{"value": v, "label": label, "selected": v == self.presence} for v, label in labels]

    def refuse(self, sentence: str) -> Q:
        self.problem = sentence
        return nothing()

    def field(self, name: str, label: Any, kind: str = "text", **more: Any) -> dict[str, Any]:
        """A form field for components/field.html."""
        value = next(iter(self.chosen[name]), "")
        errors = [self.problem] if self.problem else []
        given = {"name": name, "id": f"filter-{name}", "label": str(label), "kind": kind, "value": value}
        return {**given, "errors": errors, "unit": str(self.column.unit), **more}


def may_be_empty(column: ResolvedColumn) -> bool:
    """Whether a row can lack the value; a computed one can."""
    target = column.model_field
    if target is None:
        return True
    is_blank_text = isinstance(target, models.CharField | models.TextField) and target.blank
    return (
        target.null
        or is_blank_text
        or (isinstance(target, SealedField) and target.blank)
        or column.is_through
    )


def empty(column: ResolvedColumn) -> Q:
    """Rows without a value of `column`."""
    target = column.model_field
    if isinstance(target, SealedField):
        return Q(**{f"{column.name}_index__isnull": True})
    condition = Q(**{f"{column.name}__isnull": True})
    is_text = isinstance(target, models.CharField | models.TextField)
    return condition | Q(**{column.name: ""}) if is_text else condition


def ours(actor: Actor) -> Q:
    """Rows of the actor's own side."""
    return Q(side__in=list(actor.sides))


def told(column: ResolvedColumn, actor: Actor, *, and_named: bool = False) -> Q:
    """Rows whose value behind references the reader is shown: an unshared row tells nothing by filters.

    The same rule as `display.text_of`, which writes （未共享） there. `and_named`: the row that the column
    itself points at is shown as well.
    """
    if column.expression is not None or not any(grant.role.reads_shared for grant in actor.grants):
        return Q()
    passed = [*_passed(column), *([(column.name, column.target)] if and_named else [])]
    hidden = [prefix for prefix, model in passed if issubclass(model, LedgerModel)]
    if not hidden:
        return Q()
    shared = Q()
    for prefix in hidden:
        shared &= _behind(shared_rows(), prefix) | _behind(ours(actor), prefix)
    return ours(actor) | shared


def _passed(column: ResolvedColumn) -> Iterator[tuple[str, type[models.Model]]]:
    """Rows that the path of `column` leads through, with the path to each."""
    *parts, _last = column.name.split("__")
    model: Any = column.start
    for number, part in enumerate(parts, 1):
        try:
            model = model._meta.get_field(part).related_model
        except FieldDoesNotExist:
            return
        yield "__".join(parts[:number]), model


def _behind(condition: Q, prefix: str) -> Q:
    """The condition on rows that `prefix` leads to."""
    moved = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            moved.children.append(_behind(child, prefix))
        else:
            name, value = cast("tuple[str, Any]", child)
            moved.children.append((f"{prefix}__{name}", value))
    return moved


def shortened(summary: str) -> str:
    """A long list of choices by its first ones and their number."""
    parts = summary.split("、")
    if len(parts) <= _MORE_THAN_SHOWN:
        return summary
    return _("%(first)s 等 %(number)s 项") % {"first": parts[0], "number": len(parts)}
