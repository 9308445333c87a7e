"""Places and units with what lies below them, rows of other ledgers, rows of small tables."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from shanhai.kernel.surfaces.links import link_to
from shanhai.kernel.surfaces.pickers import TreePicker

from .base import Filter

#: Ending of the parameter that takes a node without what lies below it: `place_only=440403`.
ONLY = "_only"


def owned_by(unit: Any) -> dict[str, str]:
    """Parameters of a list of exactly that unit's rows, without those of the units below it."""
    return {f"owner_unit{ONLY}": unit.code}


class TreeFilter(Filter):
    """Places or units by code, with everything below them or each by itself."""

    kind = "tree"
    endings: ClassVar = ("", ONLY)

    @property
    def _alone(self) -> list[str]:
        return self.chosen[f"{self.name}{ONLY}"]

    @cached_property
    def _nodes(self) -> dict[str, Any]:
        """The nodes chosen, by code."""
        codes = {*self.values(), *self._alone}
        found = self.column.target._default_manager.filter(code__in=codes).order_by("path")
        return {node.code: node for node in found}

    def read(self) -> Q:
        if {*self.values(), *self._alone} - set(self._nodes):
            return self.refuse(_("没有这个%(label)s。") % {"label": self.column.label})
        condition = Q(**{f"{self.name}__in": [self._nodes[code].pk for code in self._alone]})
        for code in self.values():
            below = self.column.target._default_manager.filter(path__descendant_of=self._nodes[code].path)
            condition |= Q(**{f"{self.name}__in": below.values("pk")})
        return condition

    def single(self, value: Any) -> dict[str, list[str]]:
        return self._instead({f"{self.name}{ONLY}": [str(value)]})

    def said(self) -> str:
        alone = [self._alone_label(code) for code in self._alone]
        return "、".join([*(str(self._nodes.get(code, code)) for code in self.values()), *alone])

    def _alone_label(self, code: str) -> str:
        return _("%(name)s（本级）") % {"name": self._nodes.get(code, code)}

    def options(self) -> list[dict[str, Any]]:
        alone = [
            {"name": f"{self.name}{ONLY}", "value": code, "label": self._alone_label(code), "selected": True}
            for code in self._alone
        ]
        return [*alone, *TreePicker.load(self.column.target).options(self.values())]


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
