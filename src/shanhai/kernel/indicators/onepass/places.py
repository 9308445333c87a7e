"""Figures of every place of the tree, at every level, of many indicators and periods."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import Model

from shanhai.engines.values import Period
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.scopes import Told, told
from shanhai.kernel.scope import Side

from .activity import position
from .following import Wanted
from .kept import KEEPER, Keeper
from .terms import term_of

#: An indicator, in the version that defines the period, and the period.
type Ask = tuple[Indicator, Period]


def by_place(asks: Iterable[Ask], side: Side, keeper: Keeper = KEEPER) -> dict[Ask, dict[UUID, Decimal]]:
    """Values of a whole side at every place that has one: of what lies in it or below it.

    Shape: one statement for each indicator and one for each of its tallies, however many places, levels and
    periods; indicators that ask the same of the same rows share it. Asked again, a process reads only what
    was written since (`kept`). Left out are indicators that cannot be read so (`terms.why_not`), periods of a
    kind they are not reported for, and what the reader may not be told, or is told only of rows of their own.
    """
    asked = Asked(side)
    for ask in asks:
        asked.add(ask)
    found: dict[Ask, dict[UUID, Decimal]] = {}
    with keeper.now(asked.months) as kept:
        for wanted, pairs in asked.by_sums.items():
            for ask, month in pairs:
                found[ask] = kept[wanted].by_place(month)
    return found


class Asked:
    """Asks by the sums that answer them, as far as the reader may be told."""

    def __init__(self, side: Side) -> None:
        self._side = side
        #: With the number of the month.
        self.by_sums: dict[Wanted, list[tuple[Ask, int]]] = {}
        self._told: dict[type[Model], Told | None] = {}

    @property
    def months(self) -> dict[Wanted, set[int]]:
        return {wanted: {month for _, month in pairs} for wanted, pairs in self.by_sums.items()}

    def add(self, ask: Ask) -> bool:
        """Whether sums answer it."""
        term, at = term_of(ask[0]), position(*ask)
        if not (term and at):
            return False
        model = term.model
        if model not in self._told:
            self._told[model] = _told(model, self._side)
        if self._told[model] not in (Told.WHOLE, Told.OPEN):
            return False
        wanted = Wanted(term, term.size_of(at[0]), self._side, self._told[model] is Told.OPEN)
        self.by_sums.setdefault(wanted, []).append((ask, at[1]))
        return True


def _told(model: type[Model], side: Side) -> Told | None:
    try:
        return told(model, side)
    except NotAllowed:
        return None
