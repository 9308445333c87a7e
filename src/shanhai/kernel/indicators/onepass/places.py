"""Figures of every place of the tree, at every level, of many indicators and periods."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from shanhai.engines.values import Period
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.indicators.declare import Indicator
from shanhai.kernel.indicators.scopes import Told, told
from shanhai.kernel.scope import Side

from .activity import position
from .counted import decimals
from .kept import KEEPER, Call, Keeper, Wanted
from .summing import Months
from .terms import Term, term_of

#: An indicator, in the version that defines the period, and the period.
type Ask = tuple[Indicator, Period]


def by_place(asks: Iterable[Ask], side: Side, keeper: Keeper = KEEPER) -> dict[Ask, dict[UUID, Decimal]]:
    """Values of a whole side at every place that has one: of what lies in it or below it.

    Shape: one statement for each indicator and one for each of its tallies, however many places, levels and
    periods; indicators that ask the same of the same rows share it. Asked again, a process reads only what
    was written since (`kept`). Left out are indicators that cannot be read so (`terms.why_not`), periods of a
    kind they are not reported for, and what the reader may not be told, or is told only of rows of their own.
    """
    by_term: dict[tuple[Term, str], list[tuple[Ask, int]]] = {}
    for ask in asks:
        term, at = term_of(ask[0]), position(*ask)
        if term and at and _of_whole(term, side):
            by_term.setdefault((term, at[0]), []).append((ask, at[1]))
    call, found = Call(side), dict[Ask, dict[UUID, Decimal]]()
    for (term, series), asked in by_term.items():
        size = next(one.size for one in term.series if one.name == series)
        wanted = Wanted(term, size, side, told(term.model, side) is Told.OPEN)
        sums = keeper.sums(wanted, Months.holding([month for _, month in asked]), call)
        scale = term.indicator.scale.scaleb(-decimals(term.indicator))
        for ask, month in asked:
            found[ask] = sums.tree.values(sums.of(month), scale)
    return found


def _of_whole(term: Term, side: Side) -> bool:
    try:
        return told(term.model, side) is not Told.OWN
    except NotAllowed:
        return False
