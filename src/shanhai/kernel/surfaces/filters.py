"""Filters of a list, by the type of the column; each reads and writes its parameters of the address.

What a filter cannot read is said in words and selects nothing, so that no list shows more than was asked.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodError, PeriodKind
from shanhai.kernel import clock
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor, nothing
from shanhai.kernel.sheets.columns import Kind
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.trees import TreeNode

from .display import period_label, text_of_value
from .fields import ResolvedColumn
from .links import link_to
from .pickers import TreePicker
from .typed import parse

_MORE_THAN_SHOWN = 2


class Filter:
    """One column's narrowing, as the address has it."""

    #: How components of the list draw it: select, several, tree or fields.
    kind: ClassVar[str] = "fields"

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
        return (self.name,)

    @property
    def is_active(self) -> bool:
        return any(self.chosen.values())

    def values(self) -> list[str]:
        return self.chosen[self.name]

    @cached_property
    def condition(self) -> Q:
        """Rows the filter lets through."""
        return self.read() if self.is_active else Q()

    def read(self) -> Q:
        raise NotImplementedError

    def summary(self) -> str:
        """What is chosen, in words."""
        return "、".join(self.values())

    def options(self) -> list[dict[str, Any]]:
        return []

    def fields(self) -> list[dict[str, Any]]:
        return []

    def refuse(self, sentence: str) -> Q:
        self.problem = sentence
        return nothing()

    def field(self, name: str, label: Any, kind: str = "text", **more: Any) -> dict[str, Any]:
        """A form field for components/field.html."""
        value = next(iter(self.chosen[name]), "")
        errors = [self.problem] if self.problem else []
        given = {"name": name, "id": f"filter-{name}", "label": str(label), "kind": kind, "value": value}
        return {**given, "errors": errors, "unit": str(self.column.unit), **more}


class ChoiceFilter(Filter):
    """Any of several choices."""

    kind = "several"

    def read(self) -> Q:
        known = dict(self.column.choices)
        wrong = [value for value in self.values() if value not in known]
        if wrong:
            return self.refuse(_("没有“%(value)s”这个选项。") % {"value": wrong[0]})
        return Q(**{f"{self.name}__in": self.values()})

    def summary(self) -> str:
        return "、".join(text_of_value(self.column, value) for value in self.values())

    def options(self) -> list[dict[str, Any]]:
        return [
            {"value": code, "label": str(label), "selected": code in self.values()}
            for code, label in self.column.choices
            if code
        ]


class BooleanFilter(Filter):
    """Yes, no, or either."""

    kind = "select"
    _meaning: ClassVar = {"yes": True, "no": False}

    def read(self) -> Q:
        value = self._meaning.get(self.values()[0])
        if value is None:
            return self.refuse(_("这里只能选“是”或“否”。"))
        return Q(**{self.name: value})

    def _labels(self) -> dict[str, str]:
        return {"": _("不限"), "yes": _("是"), "no": _("否")}

    def summary(self) -> str:
        return "".join(self._labels().get(value, value) for value in self.values()[:1])

    def options(self) -> list[dict[str, Any]]:
        chosen = next(iter(self.values()), "")
        return [{"value": v, "label": label, "selected": v == chosen} for v, label in self._labels().items()]


class RangeFilter(Filter):
    """From and to, both included; dates and numbers."""

    @property
    def is_date(self) -> bool:
        return self.column.kind is Kind.DATE

    @property
    def names(self) -> tuple[str, ...]:
        ends = ("from", "to") if self.column.kind is Kind.DATE else ("min", "max")
        return tuple(f"{self.name}_{end}" for end in ends)

    def read(self) -> Q:
        condition = Q()
        is_instant = isinstance(self.column.model_field, models.DateTimeField)
        path = f"{self.name}__date" if is_instant else self.name
        for name, operator in zip(self.names, ("gte", "lte"), strict=True):
            for text in self.chosen[name][:1]:
                value = parse(self.column, text)
                if isinstance(value, CellProblem):
                    return self.refuse(value.message)
                if value is None:  # nothing but characters that nobody can see
                    return self.refuse(_("这里没有可读的内容。"))
                condition &= Q(**{f"{path}__{operator}": value})
        return condition

    def summary(self) -> str:
        low, high = (next(iter(self.chosen[name]), "") for name in self.names)
        if low == high:
            return low
        return f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"

    def fields(self) -> list[dict[str, Any]]:
        kind = "date" if self.is_date else "number"
        labels = (_("从"), _("到")) if self.is_date else (_("不少于"), _("不多于"))
        return [self.field(name, label, kind) for name, label in zip(self.names, labels, strict=True)]


class PeriodFilter(Filter):
    """Any of several periods; a quarter or year stands for every period inside it."""

    kind = "several"
    _offered: ClassVar = ((PeriodKind.YEAR, 3), (PeriodKind.QUARTER, 6), (PeriodKind.MONTH, 12))

    def read(self) -> Q:
        codes: list[str] = []
        for text in self.values():
            try:
                codes += Period.parse(text).within()
            except PeriodError as error:
                return self.refuse(str(error))
        return Q(**{f"{self.name}__in": codes})

    def summary(self) -> str:
        return "、".join(period_label(value) for value in self.values())

    def options(self) -> list[dict[str, Any]]:
        offered = dict.fromkeys([*self.values(), *self._recent(clock.today())])
        return [{"value": c, "label": period_label(c), "selected": c in self.values()} for c in offered]

    def _recent(self, today: date) -> Iterator[str]:
        for kind, number in self._offered:
            period = Period.of(today, kind)
            for _again in range(number):
                yield period.code
                period = period.previous()


class TextFilter(Filter):
    """Text that contains what was typed; names of people only among rows of one's own side."""

    def read(self) -> Q:
        condition = Q(**{f"{self.name}__icontains": self.values()[0].strip()})
        return condition & ours(self.actor) if self.column.is_personal else condition

    def fields(self) -> list[dict[str, Any]]:
        return [self.field(self.name, _("包含"))]


class SealedFilter(Filter):
    """A sensitive value, whole, among rows of one's own side: otherwise lists would tell who is in them."""

    def read(self) -> Q:
        return Q(**{self.name: self.values()[0].strip()}) & ours(self.actor)

    def summary(self) -> str:
        return _("已填")

    def fields(self) -> list[dict[str, Any]]:
        return [self.field(self.name, _("完整号码"), sensitive=True)]


class TreeFilter(Filter):
    """Places or units by code, with everything below them."""

    kind = "tree"

    @cached_property
    def picker(self) -> TreePicker:
        return TreePicker.load(self.column.target)

    def read(self) -> Q:
        paths = [self.picker.path_of(code) for code in self.values()]
        if None in paths:
            return self.refuse(_("没有这个%(label)s。") % {"label": self.column.label})
        condition = nothing()
        for path in paths:
            condition |= Q(**{f"{self.name}__path__descendant_of": path})
        return condition

    def summary(self) -> str:
        return "、".join(self.picker.label_of(code) or code for code in self.values())

    def options(self) -> list[dict[str, Any]]:
        return self.picker.options(self.values())


class ReferenceFilter(Filter):
    """One row of another ledger, found by typing."""

    def read(self) -> Q:
        if self._target is None:
            return self.refuse(_("没有找到这条记录，或您无权查看。"))
        return Q(**{self.name: self._target.pk})

    @cached_property
    def _target(self) -> Any:
        try:
            key = UUID(self.values()[0])
        except ValueError:
            return None
        return self.column.target._default_manager.filter(pk=key).first()

    def summary(self) -> str:
        return self._text() or self.values()[0]

    def _text(self) -> str:
        if not self.is_active or self._target is None:
            return ""
        return (
            str(self._target)
            if not self.column.is_personal or self._target.side in self.actor.sides
            else "＊"
        )

    def fields(self) -> list[dict[str, Any]]:
        url = link_to("lookup", key=self.column.target._meta.label_lower)
        return [self.field(self.name, self.column.label, "lookup", lookup={"url": url, "text": self._text()})]


class OptionsFilter(Filter):
    """Any of the rows of a small table that is no ledger."""

    kind = "several"
    _most: ClassVar = 200

    @cached_property
    def _rows(self) -> dict[str, str]:
        return {str(row.pk): str(row) for row in self.column.target._default_manager.all()[: self._most]}

    def read(self) -> Q:
        if any(value not in self._rows for value in self.values()):
            return self.refuse(_("没有这个%(label)s。") % {"label": self.column.label})
        return Q(**{f"{self.name}__in": self.values()})

    def summary(self) -> str:
        return "、".join(self._rows.get(value, value) for value in self.values())

    def options(self) -> list[dict[str, Any]]:
        return [{"value": k, "label": text, "selected": k in self.values()} for k, text in self._rows.items()]


class ImportFilter(Filter):
    """Rows that one import wrote; a link from its result, not offered for choosing."""

    def read(self) -> Q:
        try:
            return Q(import_id=UUID(self.values()[0]))
        except ValueError:
            return self.refuse(_("没有这个导入批次。"))

    def fields(self) -> list[dict[str, Any]]:
        return [self.field(self.name, self.column.label)]


def ours(actor: Actor) -> Q:
    """Rows of the actor's own side."""
    return Q(side__in=list(actor.sides))


def filter_class(column: ResolvedColumn) -> type[Filter]:
    """Which filter a column has."""
    if column.is_sensitive:
        return SealedFilter
    if column.related is not None:
        return _reference_class(column.related)
    if column.choices:
        return ChoiceFilter
    if column.kind is Kind.DATE or column.is_number:
        return RangeFilter
    return {Kind.BOOLEAN: BooleanFilter, Kind.PERIOD: PeriodFilter}.get(column.kind, TextFilter)


def _reference_class(related: type[models.Model]) -> type[Filter]:
    if issubclass(related, TreeNode):
        return TreeFilter
    return ReferenceFilter if issubclass(related, LedgerModel) else OptionsFilter


def build_filters(columns: Sequence[ResolvedColumn], params: QueryDict, actor: Actor) -> list[Filter]:
    return [filter_class(column)(column, params, actor) for column in columns]


def shortened(summary: str) -> str:
    """A long list of choices by its first ones and their number."""
    parts = summary.split("、")
    if len(parts) <= _MORE_THAN_SHOWN:
        return summary
    return _("%(first)s 等 %(number)s 项") % {"first": parts[0], "number": len(parts)}
