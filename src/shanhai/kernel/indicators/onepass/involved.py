"""Which tables a term reads, and from which of them a change reaches its rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from shanhai.kernel.indicators.sides import opposite_path
from shanhai.kernel.rows import Recorded

from .terms import Term, field_of, named_in, paths_of

type Model = type[models.Model]


@dataclass
class Involved:
    """Tables by name. A change in one of `wholly` may touch any row; in the others it touches few."""

    wholly: set[str] = field(default_factory=set)
    #: Table → paths from the term's rows to it.
    reached: dict[str, set[str]] = field(default_factory=dict)
    #: Table → columns that name one of the term's rows.
    tallied: dict[str, set[str]] = field(default_factory=dict)
    #: Whether history tells of every change, and every row is of an object that can be asked for.
    is_followed: bool = True

    @cached_property
    def tables(self) -> frozenset[str]:
        return frozenset({*self.wholly, *self.reached, *self.tallied})

    def add(self, model: Model, columns: Iterable[str] = ()) -> str:
        """Errors: none; a table that history does not tell of all is remembered as such."""
        omitted = {*model.HISTORY_OMITS, *model.HISTORY_DIGESTS} if issubclass(model, Recorded) else set()
        self.is_followed &= issubclass(model, Recorded) and omitted.isdisjoint(columns)
        return str(model._meta.db_table)


@lru_cache(maxsize=1024)
def involved_in(term: Term) -> Involved:
    """What decides the sums of a term, the tree of places included."""
    found = Involved()
    found.wholly.add(found.add(apps.get_model(settings.SHANHAI_PLACE_MODEL), ["path"]))
    opposite = opposite_path(term.indicator, term.indicator.place_path)
    for path in (*paths_of(term.indicator), opposite):
        for prefix, model, column in steps(term.model, path):
            if path == term.object_path:
                found.is_followed &= not field_of(model, column).null
            found.reached.setdefault(found.add(model, [column]), set()).add(prefix)
    found.reached.setdefault(found.add(term.model, ["state", "side", "sharing"]), set()).add("")
    for tally in term.tallies.values():
        _add_tally(found, tally)
    for one in term.dated.values():
        found.wholly.add(found.add(apps.get_model(one.table)))
    return found


def _add_tally(found: Involved, tally: Any) -> None:
    source = apps.get_model(tally.source)
    through = field_of(source, tally.through)
    table = found.add(source, ["state", tally.through])
    if through is None:
        found.wholly.add(table)
    else:
        found.tallied.setdefault(table, set()).add(str(through.column))
    for path in (*tally.time.paths, tally.through, *named_in(tally.where)):
        for prefix, model, column in steps(source, path):
            name = found.add(model, [column])
            if prefix:
                found.wholly.add(name)


def steps(model: Model, path: str) -> Iterator[tuple[str, Model, str]]:
    """The tables a path reads: what leads there, the model, the column."""
    current: Model | None = model
    walked: list[str] = []
    for part in path.split("__"):
        found = field_of(current, part) if current else None
        if found is None or current is None:
            return
        yield "__".join(walked), current, found.name
        walked.append(part)
        current = found.related_model
