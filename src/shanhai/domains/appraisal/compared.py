"""Both sides' figures of one indicator side by side, and the keys that one side lacks or counts otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.indicators.figures import Figure, breakdown, value
from shanhai.kernel.indicators.reconcile import Match, Pair, cursor_of, is_reconciled, pairs
from shanhai.kernel.indicators.rows import ledger_rows, own
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.display import text_of
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve_field

from .asking import Asking
from .reconciling.standing import Standing, standing
from .shared_part import SharedPart, shared_part

#: Keys of one page.
PAGE = 50


class Compared:
    """Reconciliation of one indicator and period; members of splits narrow it, unit and place do not.

    Errors: NotVisible for a match nobody knows.
    """

    def __init__(self, asking: Asking, *, match: str = "", after: str = "", is_whole: bool = False) -> None:
        self.whole = replace(asking, scope=IndicatorScope(asking.scope.side))
        self.version = own(asking.indicator, asking.period)
        self.is_matched = is_reconciled(self.version, asking.period)
        #: What both sides file; looked at unless the reader asks for all or for a part of their own.
        self.part = self._shared() if self.is_matched and not is_whole and not asking.scope.only else None
        self.only = self.part.only if self.part else asking.scope.only
        self.asking = replace(asking, scope=IndicatorScope(asking.scope.side, only=self.only))
        self.after = after
        try:
            self._asked = Match(match) if match else None
        except ValueError:
            raise NotVisible from None

    def _shared(self) -> SharedPart:
        splits, period = list(self.version.all_dimensions()), self.whole.period
        east, west = (breakdown(self.version, IndicatorScope(side), period, splits).splits for side in Side)
        return shared_part(east, west)

    def scope_of(self, side: Side) -> IndicatorScope:
        return IndicatorScope(side, only=self.only)

    @cached_property
    def figures(self) -> dict[Side, Figure | None]:
        """None for a side of which the reader may not be told."""
        return {side: self._figure(side) for side in (Side.WEST, Side.EAST)}

    def _figure(self, side: Side) -> Figure | None:
        try:
            return value(self.asking.indicator, self.scope_of(side), self.asking.period)
        except NotAllowed:
            return None

    @property
    def difference(self) -> Decimal | None:
        """West less east, in the indicator's unit; None where either figure has no value."""
        west, east = (figure.value if figure else None for figure in self.figures.values())
        return west - east if west is not None and east is not None else None

    @cached_property
    def counts(self) -> dict[Match, int]:
        return {match: one.pairs for match, one in self.standing.tallies.items()}

    @cached_property
    def standing(self) -> Standing:
        """What both sides have settled of it."""
        return standing(self.version.code, self.asking.period, self.only)

    @cached_property
    def match(self) -> Match:
        """The one asked for, else the first there is anything to look at."""
        found = (one for one in Match if self.counts[one] and one is not Match.SAME)
        return self._asked or next(found, Match.SAME)

    @cached_property
    def _found(self) -> Sequence[Pair]:
        narrowed = {"only": self.only, "after": self.after, "size": PAGE + 1}
        return pairs(self.version, self.asking.period, self.match, **narrowed)  # type: ignore[arg-type]

    @property
    def pairs(self) -> Sequence[Pair]:
        return self._found[:PAGE]

    @property
    def following(self) -> str:
        """`after` of the next page; "" on the last."""
        return cursor_of(self._found[PAGE - 1]) if len(self._found) > PAGE else ""

    @cached_property
    def rows(self) -> Mapping[Any, Any]:
        """The rows of the page's pairs, as far as the reader may open them."""
        return self._rows_of(self.pairs)

    def _rows_of(self, found: Sequence[Pair]) -> Mapping[Any, Any]:
        ledger = ledgers.get(self.version.source)
        return ledger_rows(ledger.model, [i for one in found for i in (one.east_id, one.west_id) if i])

    def look_at(self, found: Sequence[Pair]) -> None:
        """Instead of a page of them."""
        self.rows = self._rows_of(found)

    def place_after(self, pair: Pair) -> str:
        """Where what follows begins."""
        return cursor_of(pair)

    @cached_property
    def keys(self) -> list[ResolvedColumn]:
        ledger = ledgers.get(self.version.source)
        return [resolve_field(ledger.model, path) for path in ledger.reconcile_key]

    @cached_property
    def fields(self) -> list[ResolvedColumn]:
        ledger = ledgers.get(self.version.source)
        return [resolve_field(ledger.model, path) for path in ledger.reconcile_fields]

    def text(self, column: ResolvedColumn, row: Any) -> str:
        return text_of(column, row, self.asking.actor) if row is not None else ""

    def shown(self, pair: Pair) -> Any:
        """The row to open: the reader's own where there is one."""
        west, east = self.rows.get(pair.west_id), self.rows.get(pair.east_id)
        return (west if Side.WEST in self.asking.actor.sides else east) or west or east
