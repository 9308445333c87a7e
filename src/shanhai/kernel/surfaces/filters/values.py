"""Choices, numbers, texts and sealed values."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from shanhai.kernel.scope import nothing
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.surfaces.display import text_of_value
from shanhai.kernel.surfaces.fields import ResolvedColumn
from shanhai.kernel.surfaces.typed import parse

from .base import Filter, ours


class ChoiceFilter(Filter):
    """Any of several choices."""

    kind = "several"

    def read(self) -> Q:
        known = dict(self.column.choices)
        wrong = [value for value in self.values() if value not in known]
        if wrong:
            return self.refuse(_("没有“%(value)s”这个选项。") % {"value": wrong[0]})
        return Q(**{f"{self.name}__in": self.values()})

    def said(self) -> str:
        return "、".join(text_of_value(self.column, value) for value in self.values())

    def options(self) -> list[dict[str, Any]]:
        return [
            {"value": code, "label": str(label), "selected": code in self.values()}
            for code, label in self.column.choices
            if code
        ]


class SeveralFilter(ChoiceFilter):
    """Rows with any of several choices, of which each row may hold several."""

    def read(self) -> Q:
        if not (found := super().read()):
            return found
        condition = nothing()
        for value in self.values():
            condition |= Q(extra__contains={self.column.custom_key: [value]})
        return nothing() if self.problem else condition


class EvidenceFilter(ChoiceFilter):
    """Rows with every paper that is demanded, with some missing, or with just so many: `2/3`."""

    _meanings: ClassVar = {"missing": lazy("不齐"), "complete": lazy("齐")}

    @classmethod
    def parameters(cls, column: ResolvedColumn) -> tuple[str, ...]:
        return (column.name,)

    def read(self) -> Q:
        *short, full = [code for code, _label in self.column.choices]
        codes = {code: [code] for code in (*short, full)} | {"missing": short, "complete": [full]}
        if wrong := [value for value in self.values() if value not in codes]:
            return self.refuse(_("没有“%(value)s”这个选项。") % {"value": wrong[0]})
        return Q(**{f"{self.name}__in": {code for value in self.values() for code in codes[value]}})

    def said(self) -> str:
        return "、".join(str(self._meanings.get(value, value)) for value in self.values())

    def options(self) -> list[dict[str, Any]]:
        offered = dict.fromkeys([*self._meanings, *self.values()])
        chosen = self.values()
        return [
            {"value": v, "label": str(self._meanings.get(v, v)), "selected": v in chosen} for v in offered
        ]

    def presences(self) -> list[dict[str, Any]]:
        return []


class BooleanFilter(Filter):
    """Yes, no, or either."""

    kind = "select"
    _meaning: ClassVar = {"yes": True, "no": False}

    def read(self) -> Q:
        value = self._meaning.get(self.values()[0])
        if value is None:
            return self.refuse(_("这里只能选“是”或“否”。"))
        return Q(**{self.name: value})

    def single(self, value: Any) -> dict[str, list[str]]:
        return self._instead({self.name: ["yes" if value else "no"]})

    def _labels(self) -> dict[str, str]:
        return {"": _("不限"), "yes": _("是"), "no": _("否")}

    def said(self) -> str:
        return "".join(self._labels().get(value, value) for value in self.values()[:1])

    def options(self) -> list[dict[str, Any]]:
        chosen = next(iter(self.values()), "")
        return [{"value": v, "label": label, "selected": v == chosen} for v, label in self._labels().items()]


class NumberFilter(Filter):
    """Not less than and not more than, both included."""

    endings: ClassVar = ("_min", "_max")

    def read(self) -> Q:
        condition, ends = Q(), []
        for ending, operator in zip(self.endings, ("gte", "lte"), strict=True):
            if not self.chosen[f"{self.name}{ending}"]:
                continue
            value = parse(self.column, self.first(ending))
            if isinstance(value, CellProblem):
                return self.refuse(value.message)
            if value is None:  # nothing but characters that nobody can see
                return self.refuse(_("这里没有可读的内容。"))
            ends.append(value)
            condition &= Q(**{f"{self.name}__{operator}": value})
        if len(ends) == len(self.endings) and ends[0] > ends[1]:  # type: ignore[operator]
            return self.refuse(_("下限大于上限。"))
        return condition

    def said(self) -> str:
        low, high = (self.first(ending) for ending in self.endings)
        if low == high:
            return low
        return f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"

    def fields(self) -> list[dict[str, Any]]:
        labels = (_("不少于"), _("不多于"))
        return [self.field(name, label, "number") for name, label in zip(self.names, labels, strict=False)]


class TextFilter(Filter):
    """Text that contains any of what was typed; names of people only among rows of one's own side."""

    def read(self) -> Q:
        condition = nothing()
        for text in self.values():
            condition |= Q(**{f"{self.name}__icontains": text.strip()})
        return condition & ours(self.actor) if self.column.is_personal else condition

    def fields(self) -> list[dict[str, Any]]:
        return [self.field(self.name, _("包含"))]


class SealedFilter(Filter):
    """A sensitive value, whole, among rows of one's own side: otherwise lists would tell who is in them."""

    def read(self) -> Q:
        return Q(**{self.name: self.values()[0].strip()}) & ours(self.actor)

    def said(self) -> str:
        return _("已填号码")

    def fields(self) -> list[dict[str, Any]]:
        return [self.field(self.name, _("完整号码"), sensitive=True)]
