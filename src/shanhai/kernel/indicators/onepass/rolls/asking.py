"""What pages ask of rolls: numbers by reason and member, and rows, where the reader may be told so."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from shanhai.engines.values import Period
from shanhai.kernel.indicators.declare import Held, Indicator
from shanhai.kernel.indicators.onepass.activity import position
from shanhai.kernel.indicators.onepass.kept import KEEPER, Keeper
from shanhai.kernel.indicators.onepass.terms import Term, term_of
from shanhai.kernel.indicators.scopes import IndicatorScope, Told, told
from shanhai.kernel.indicators.sides import counterpart_of
from shanhai.kernel.scope import Side

from .listing import Listing
from .roll import Roll, RollOf
from .shape import Shape, shape_of, why_no_roll


@contextmanager
def roll_of(
    indicator: Indicator, side: Side, periods: Collection[Period], keeper: Keeper | None = None
) -> Iterator[Roll | None]:
    """The candidates that whoever is acting may be told of, as of now; None where a statement has to tell.

    Errors: NotAllowed, as `told`.
    """
    shape = _shape(indicator, side)
    if shape is None:
        yield None
        return
    months = {at[1] for period in periods if (at := position(indicator, period))}
    with (keeper or KEEPER).roll(RollOf(shape), months if indicator.derived else ()) as roll:
        yield roll


def asks_held(indicator: Indicator, codes: Collection[str]) -> bool:
    """Whether a roll cannot tell one of these splits: what holds differs from window to window."""
    known = indicator.all_dimensions()
    return any(isinstance(known.get(code), Held) for code in codes)


@contextmanager
def listing_of(
    indicator: Indicator, scope: IndicatorScope, period: Period, keeper: Keeper | None = None
) -> Iterator[Listing | None]:
    """The candidates that whoever is acting may open; None as `roll_of`, and where rows are of both sides."""
    if asks_held(indicator, [code for code, _member in scope.only]):
        yield None
        return
    with roll_of(indicator, scope.side, [period], keeper) as roll:
        yield None if roll is None or roll.shape.is_joint else Listing(roll, scope, period)


def _shape(indicator: Indicator, side: Side) -> Shape | None:
    term = term_of(indicator)
    if term is None or why_no_roll(term):
        return None
    reader = told(term.model, side)
    if reader is Told.OWN or (counterpart_of(term.model) and not _is_told_of_other(term, side)):
        return None
    return shape_of(term, side, reader is Told.OPEN)


def _is_told_of_other(term: Term, side: Side) -> bool:
    """Whether joint rows of the other side, which are open, are among what the reader is told."""
    return told(term.model, side.other) is not Told.OWN
