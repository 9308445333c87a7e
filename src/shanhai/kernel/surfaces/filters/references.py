"""Places and units with what lies below them, rows of other ledgers, rows of small tables."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from shanhai.kernel.scope import nothing
from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.pickers import TreePicker

from .base import Filter


class TreeFilter(Filter):
    """Places or units by code, with everything below them."""

    kind = "tree"
    is_long = True

    @cached_property
    def _nodes(self) -> dict[str, Any]:
        """The nodes chosen, by code."""
        found = self.column.target._default_manager.filter(code__in=self.values()).order_by("path")
        return {node.code: node for node in found}

    def read(self) -> Q:
        if set(self.values()) - set(self._nodes):
            return self.refuse(_("没有这个%(label)s。") % {"label": self.column.label})
        condition = nothing()
        for node in self._nodes.values():
            below = self.column.target._default_manager.filter(path__descendant_of=node.path)
            condition |= Q(**{f"{self.name}__in": below.values("pk")})
        return condition

    def said(self) -> str:
        return "、".join(str(self._nodes.get(code, code)) for code in self.values())

    def options(self) -> list[dict[str, Any]]:
        return TreePicker.load(self.column.target).options(self.values())


class ReferenceFilter(Filter):
    """Rows of another ledger, found by typing."""

    def read(self) -> Q:
        if len(self._targets) != len(set(self.values())):
            return self.refuse(_("没有找到这条记录，或您无权查看。"))
        return Q(**{f"{self.name}__in": [target.pk for target in self._targets]})

    @cached_property
    def _targets(self) -> list[Any]:
        try:
            keys = [UUID(text) for text in self.values()]
        except ValueError:
            return []
        return list(self.column.target._default_manager.filter(pk__in=keys).order_by("pk"))

    def said(self) -> str:
        return "、".join(self._text(target) for target in self._targets) or self.values()[0]

    def _text(self, target: Any) -> str:
        is_masked = self.column.is_personal and target.side not in self.actor.sides
        return "＊" if is_masked else str(target)

    def fields(self) -> list[dict[str, Any]]:
        url = link_to("lookup", key=self.column.target._meta.label_lower)
        text = self._text(self._targets[0]) if self.has_values and self._targets else ""
        return [self.field(self.name, self.column.label, "lookup", lookup={"url": url, "text": text})]


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

    def said(self) -> str:
        return "、".join(self._rows.get(value, value) for value in self.values())

    def options(self) -> list[dict[str, Any]]:
        return [{"value": k, "label": text, "selected": k in self.values()} for k, text in self._rows.items()]
