"""The two sides: both figures, and the rows only one side counts or both count otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.indicators.figures import Figure, breakdown, value
from shanhai.kernel.indicators.reconcile import Match, Pair, cursor_of, is_reconciled, pairs, tally
from shanhai.kernel.indicators.rows import ledger_rows, own
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.registry import registry as ledgers
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.display import text_of
from shanhai.kernel.surfaces.fields import ResolvedColumn, resolve_field
from shanhai.kernel.surfaces.links import link

from .asking import Asking
from .reports import signed
from .shared_part import SharedPart, shared_part

Drawn = dict[str, Any]
PAGE = 50


class Sides:
    """Reconciliation of one indicator and period; members of splits narrow it, unit and place do not."""

    def __init__(self, asking: Asking, *, match: str, after: str, is_whole: bool = False) -> None:
        self.whole = replace(asking, scope=IndicatorScope(asking.scope.side))
        self.version = own(asking.indicator, asking.period)
        self.is_matched = is_reconciled(self.version, asking.period)
        self.here = {"part": "all"} if is_whole else {}
        #: What both sides file; looked at unless the reader asks for all or for a part of their own.
        self.part = self._shared() if self.is_matched and not is_whole and not asking.scope.only else None
        only = self.part.only if self.part else asking.scope.only
        self.asking = replace(asking, scope=IndicatorScope(asking.scope.side, only=only))
        try:
            self.match = Match(match or Match.DIFFERENT)
        except ValueError:
            raise NotVisible from None
        self.after = after
        self.chosen = bool(match)

    def context(self) -> Drawn:
        figures = {side: self._figure(side) for side in (Side.WEST, Side.EAST)}
        shown: Drawn = {
            "figures": [self._card(side, figure) for side, figure in figures.items()],
            "part": self._part(),
        }
        shown["figures"].append(self._difference(figures))
        if not self.is_matched:
            return shown | {
                "unmatched": _("这个指标的台账只由一方填报，或没有约定对账字段，所以不逐条比对。")
            }
        counts = tally(self.version, self.asking.period, self.only)
        if not self.chosen:
            self.match = next((one for one in Match if counts[one] and one is not Match.SAME), Match.SAME)
        found = list(self._pairs())
        return shown | {
            "chips": [self._chip(match, counts[match]) for match in Match],
            "table": self._table(found[:PAGE]),
            "pager": self._pager(found),
            "empty": {"title": _("没有这样的行"), "text": _("两方在这一类没有可以列出的行。")},
        }

    def _shared(self) -> SharedPart:
        splits, period = list(self.version.all_dimensions()), self.whole.period
        east, west = (breakdown(self.version, IndicatorScope(side), period, splits).splits for side in Side)
        return shared_part(east, west)

    def _part(self) -> Drawn | None:
        """Why not everything is compared, and the way to it."""
        if not self.part or not self.part.only:
            return None
        return {
            "text": _("只比两地都填报的部分：%(part)s。") % {"part": self.part.name},
            "url": self.whole.url("indicator_sides", part="all"),
        }

    @staticmethod
    def _scope(asking: Asking, side: Side) -> IndicatorScope:
        return IndicatorScope(side, only=asking.scope.only)

    @property
    def only(self) -> tuple[tuple[str, str], ...]:
        return self.asking.scope.only

    def _pairs(self) -> Sequence[Pair]:
        found = pairs(
            self.version, self.asking.period, self.match, only=self.only, after=self.after, size=PAGE + 1
        )
        return found

    def _figure(self, side: Side) -> Figure | None:
        try:
            return value(self.asking.indicator, self._scope(self.asking, side), self.asking.period)
        except NotAllowed:
            return None

    def _card(self, side: Side, figure: Figure | None) -> Drawn:
        is_own = side in self.asking.actor.sides
        url = replace(self.asking, scope=self._scope(self.asking, side)).url(
            "indicator_rows", reason="counted"
        )
        return {
            "name": side.label,
            "value": figure.display if figure else "—",
            "unit": str(self.asking.indicator.unit),
            "url": url if figure else "",
            "note": _("本方全部记录") if is_own else _("对方已共享的记录"),
        }

    def _difference(self, figures: dict[Side, Figure | None]) -> Drawn:
        values = [figure.value if figure else None for figure in figures.values()]
        west, east = values
        gap = west - east if west is not None and east is not None else None
        text = signed(self.asking.indicator, gap) if gap is not None else "—"
        return {
            "name": _("受援方比帮扶方"),
            "value": text,
            "unit": str(self.asking.indicator.unit) if gap else "",
        }

    def _chip(self, match: Match, rows: int) -> Drawn:
        url = self.asking.url("indicator_sides", match=match.value, **self.here)
        return {"label": match.label, "text": f"{rows:,}", "url": url, "here": self.match is match}

    def _table(self, found: Sequence[Pair]) -> Drawn:
        ledger = ledgers.get(self.version.source)
        rows = ledger_rows(ledger.model, [i for pair in found for i in (pair.east_id, pair.west_id) if i])
        fields = [resolve_field(ledger.model, path) for path in ledger.reconcile_fields]
        keys = [resolve_field(ledger.model, path) for path in ledger.reconcile_key]
        columns = [{"label": str(one.label)} for one in keys]
        for side in (Side.WEST, Side.EAST):
            columns += [{"label": f"{side.label}·{one.label}"} for one in fields]
        return {"columns": columns, "rows": [self._row(pair, rows, keys, fields) for pair in found]}

    def _row(
        self, pair: Pair, rows: Any, keys: Sequence[ResolvedColumn], fields: Sequence[ResolvedColumn]
    ) -> Drawn:
        west, east = rows.get(pair.west_id), rows.get(pair.east_id)
        ours = west if Side.WEST in self.asking.actor.sides else east
        shown = ours or west or east
        cells = [{"text": self._text(key, shown), "label": str(key.label)} for key in keys]
        for side, row in ((Side.WEST, west), (Side.EAST, east)):
            for position, one in enumerate(fields):
                text = self._text(one, row)
                differs = pair.match is Match.DIFFERENT and position in pair.differing
                mark = f"≠ {text}" if differs and text else text
                cells.append({"text": mark, "label": f"{side.label}·{one.label}"})
        url = link(ledgers.get(self.version.source), "detail", pk=shown.pk) if shown else ""
        return {"id": "", "label": cells[0]["text"], "url": url, "cells": cells}

    def _text(self, column: ResolvedColumn, row: Any) -> str:
        return text_of(column, row, self.asking.actor) if row is not None else ""

    def _pager(self, found: Sequence[Pair]) -> Drawn:
        more = len(found) > PAGE
        following = cursor_of(found[PAGE - 1]) if more else ""
        here = {"match": self.match.value, **self.here}
        return {
            "shown": _("本页 %(rows)s 行") % {"rows": min(len(found), PAGE)},
            "total": str(self.match.label),
            "first": self.asking.url("indicator_sides", **here) if self.after else "",
            "previous": "",
            "next": self.asking.url("indicator_sides", **here, after=following) if more else "",
        }
