"""Rights and locks on many rows: decided once for all rows of one unit, place, period and state."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Closed, Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor, covers

from .batch import NEW
from .stored import StoredRows

_LOOKED_AT = ("side", "owner_unit_id", "place_id", "sharing", "state")
_DOORS = ("side", "owner_unit_id", "period", "state")


class Rights:
    """`scope.covers` for rows that are columns."""

    def __init__(self, ledger: Ledger[Any], actor: Actor, stored: StoredRows) -> None:
        self._ledger, self._actor, self._stored = ledger, actor, stored
        self._known: dict[Any, bool] = {}

    def reaches_stored(self, verb: Verb, position: int) -> bool:
        """Whether the actor may do `verb` with a stored row as it is."""
        facts = tuple(self._stored.columns[name][position] for name in _LOOKED_AT)
        key = (verb, *facts)
        if key not in self._known:
            unit = self._stored.related("owner_unit", facts[1])
            place = self._stored.related("place", facts[2])
            self._known[key] = self._covers(verb, *facts, unit, place)
        return self._known[key]

    def reaches(self, verb: Verb, unit: Any, place: Any) -> bool:
        """Whether the actor may do `verb` with an unreported row of a unit and place."""
        key = (verb, unit.pk, place and place.pk)
        if key not in self._known:
            self._known[key] = self._covers(
                verb, unit.side, unit.pk, place and place.pk, "", "draft", unit, place
            )
        return self._known[key]

    def _covers(self, verb: Verb, *facts: Any) -> bool:
        names = (*_LOOKED_AT, "owner_unit", "place")
        row: Any = SimpleNamespace(**dict(zip(names, facts, strict=True)))
        return covers(self._actor, verb, self._ledger.key, row)


class Doors:
    """`locking.Locks` for rows that are columns."""

    def __init__(self, ledger: Ledger[Any], stored: StoredRows) -> None:
        self._stored, self._locks = stored, Locks(ledger)
        self._known: dict[Any, Closed | None] = {}

    def why_closed(self, position: int, unit: Any, period: str) -> Closed | None:
        """The row as it is stored must be open, and the period it is to have in its unit."""
        if position != NEW:
            facts = tuple(self._stored.columns[name][position] for name in _DOORS)
            if closed := self._asked(self._locks.why_closed, facts):
                return closed
        return self._asked(self._locks.period_closed, (unit.side, unit.pk, period, ""))

    def _asked(self, ask: Callable[[Any], Closed | None], facts: tuple[Any, ...]) -> Closed | None:
        if facts not in self._known:
            self._known[facts] = ask(SimpleNamespace(**dict(zip(_DOORS, facts, strict=True))))
        return self._known[facts]
