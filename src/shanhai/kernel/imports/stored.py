"""The rows that lines of an upload are about, by column; whole rows only where somebody looks at them."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.db.models.base import ModelState

from shanhai.kernel.bulk import is_any_of, stored_fields
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.surfaces.fields import relations_of as shown_relations

from .columns import import_fields


class StoredRows:
    """Shape: `columns` has one list per field by `attname`, sealed fields left out but for their index."""

    def __init__(self, ledger: Ledger[Any], columns: dict[str, list[Any]]) -> None:
        self.ledger = ledger
        self.columns = columns
        self._rows: dict[int, Any] = {}
        self._related: dict[str, dict[Any, Any]] = {}

    @classmethod
    def none(cls, ledger: Ledger[Any]) -> "StoredRows":
        return cls(ledger, {name: [] for name in _names(ledger)})

    def add(self, rows: QuerySet[Any], *, lock: bool) -> range:
        """Read more rows; their positions. With `lock` nobody changes them until the transaction ends."""
        # Locked in a fixed order, so that two imports never wait for each other.
        rows = rows.select_for_update(of=("self",)).order_by("pk") if lock else rows.order_by()
        first, found = len(self), list(rows.values_list(*self.columns))
        for column, values in zip(self.columns.values(), zip(*found, strict=True), strict=bool(found)):
            column.extend(values)
        return range(first, len(self))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def value(self, field: Any, position: int) -> Any:
        """One value; of a reference its key."""
        if isinstance(field, SealedField):
            return getattr(self.row(position), field.attname)
        return self.columns[field.attname][position]

    def key(self, position: int) -> Any:
        return self.columns["id"][position]

    def row(self, position: int) -> Any:
        """A whole row with what it refers to; ask `load` first for many."""
        if position not in self._rows:
            self.load([position])
        return self._rows[position]

    def load(self, positions: Iterable[int]) -> None:
        """Make whole rows, in a few queries however many there are."""
        wanted = [position for position in positions if position not in self._rows]
        if not wanted:
            return
        sealed = self._sealed(wanted)
        names = list(self.columns)
        for position in wanted:
            values = {name: self.columns[name][position] for name in names}
            values |= sealed.get(values["id"], {})
            self._rows[position] = self._whole(values)

    def _whole(self, values: dict[str, Any]) -> Any:
        model = self.ledger.model
        row = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, "default"
        row.__dict__ = {**values, "_state": state}
        for name, attname in self._references:
            state.fields_cache[name] = self.related(name, values[attname])
        return row

    @cached_property
    def _references(self) -> list[tuple[str, str]]:
        return [(f.name, f.attname) for f in self.ledger.model._meta.concrete_fields if f.is_relation]

    def related(self, name: str, key: Any) -> Any:
        """The row that a reference of some stored row points at."""
        if key is None:
            return None
        known = self._related.setdefault(name, {})
        if key not in known:
            self._load_related(name, known)
        return known[key]

    def _load_related(self, name: str, known: dict[Any, Any]) -> None:
        """All that the column points at; not only what a reader sees: a row is judged by what it says."""
        field: Any = self.ledger.model._meta.get_field(name)
        missing = list({key for key in self.columns[field.attname] if key is not None and key not in known})
        behind = [
            path.partition("__")[2] for path in relations_of(self.ledger) if path.startswith(f"{name}__")
        ]
        rows = field.related_model._base_manager.filter(is_any_of(field.related_model, ["id"], [missing]))
        rows = rows.select_related(*behind) if behind else rows
        known |= {row.pk: row for row in rows.order_by()}

    def _sealed(self, positions: Sequence[int]) -> dict[Any, dict[str, Any]]:
        model = self.ledger.model
        names = [field.attname for field in stored_fields(model) if isinstance(field, SealedField)]
        if not names:
            return {}
        keys = [self.key(position) for position in positions]
        rows = model._base_manager.filter(is_any_of(model, ["id"], [keys])).order_by()
        return {key: dict(zip(names, values, strict=True)) for key, *values in rows.values_list("pk", *names)}


def _names(ledger: Ledger[Any]) -> list[str]:
    fields = stored_fields(ledger.model)
    return [field.attname for field in fields if not isinstance(field, SealedField)]


def relations_of(ledger: Ledger[Any]) -> list[str]:
    """References of a row that comparing and validating look at."""
    own = {field.name for field in ledger.model._meta.concrete_fields if field.is_relation}
    return sorted(own.union(shown_relations(import_fields(ledger).values())))
