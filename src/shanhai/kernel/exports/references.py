"""What references of an export say, by the keys they hold, where the statement itself cannot say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from shanhai.kernel.fields import SealedField
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.surfaces.display import is_shared
from shanhai.kernel.trees import TreeNode

#: Texts remembered of one reference; beyond, all are forgotten, so that memory does not grow with the rows.
_MOST_KNOWN = 20_000


def said_by(model: type[models.Model], *, is_personal: bool) -> str:
    """The field whose text a reference to `model` says: people by name, others by code; "" for none."""
    if not issubclass(model, LedgerModel):
        return ""
    return ("" if is_personal else model.reference_field) or model.name_field


@dataclass(frozen=True, slots=True)
class Named:
    """What a reference says, and whether that is for others than the side of the row it points at."""

    text: str
    side: str
    is_shared: bool


class References:
    """Rows of `model` by key: places and units by the names above them, others as they call themselves.

    Shape: keys as texts where they are UUIDs.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._is_tree = issubclass(model, TreeNode)
        self._known: dict[Any, Named] = {}

    def load(self, keys: Iterable[Any]) -> None:
        """Know at least these; a tree is small and loaded whole."""
        wanted = set(keys) - {None}
        if len(self._known) > _MOST_KNOWN and not self._is_tree:
            self._known = {}
        missing = wanted - self._known.keys()
        if missing:
            model: Any = self._model
            found = model.whole().values() if self._is_tree else self._rows().filter(pk__in=missing)
            self._known.update((_key(row), self._named(row)) for row in found)

    def __getitem__(self, key: Any) -> Named:
        return self._known[key]

    def text(self, key: Any) -> str:
        return self._known[key].text

    def _rows(self) -> Any:
        rows: Any = self._model._base_manager
        fields = self._model._meta.concrete_fields
        kept = LedgerModel.KERNEL_FIELDS
        # Names are made of what rows point at: a spell is called by its person and its employer.
        named_by = [f.name for f in fields if isinstance(f, models.ForeignKey) and f.name not in kept]
        rows = rows.defer(*self._unread(named_by))
        return rows.select_related(*named_by) if named_by else rows

    def _unread(self, related: Iterable[str]) -> list[str]:
        """Sealed values cost much to read, and no name is made of them."""
        models_of: dict[str, Any] = {"": self._model}
        models_of |= {f"{name}__": self._model._meta.get_field(name).related_model for name in related}
        return [
            prefix + field.name
            for prefix, model in models_of.items()
            for field in model._meta.concrete_fields
            if isinstance(field, SealedField)
        ]

    def _named(self, row: Any) -> Named:
        if not isinstance(row, LedgerModel):
            return Named(row.reference_text() if self._is_tree else str(row), "", True)
        return Named(str(row), row.side, is_shared(row))


def _key(row: Any) -> Any:
    return str(row.pk) if isinstance(row.pk, UUID) else row.pk
