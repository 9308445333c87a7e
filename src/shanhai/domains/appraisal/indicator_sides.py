"""The page of the two sides: both figures, and the rows only one side counts or both count otherwise."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.indicators.figures import Figure
from shanhai.kernel.indicators.reconcile import Match, Pair
from shanhai.kernel.scope import Side

from .asking import Asking
from .compared import Compared
from .reconciling.pages import SIDES, difference_url, opinion_text
from .reports import signed

Drawn = dict[str, Any]
_ONLY = {Match.ONLY_WEST: (Side.WEST,), Match.ONLY_EAST: (Side.EAST,)}


class Sides:
    """What appraisal/indicator_sides.html asks for."""

    def __init__(self, asking: Asking, *, match: str, after: str, is_whole: bool = False) -> None:
        self.found = Compared(asking, match=match, after=after, is_whole=is_whole)
        self.asking = self.found.asking
        self.here = {"part": "all"} if is_whole else {}

    def context(self) -> Drawn:
        found = self.found
        shown: Drawn = {
            "figures": [self._card(side, figure) for side, figure in found.figures.items()],
            "part": self._part(),
        }
        shown["figures"].append(self._difference())
        if not found.is_matched:
            return shown | {
                "unmatched": _("这个指标的台账只由一方填报，或没有约定对账字段，所以不逐条比对。")
            }
        return shown | {
            "standing": self._standing(),
            "chips": [self._chip(match, found.counts[match]) for match in Match],
            "table": self._table(),
            "pager": self._pager(),
            "empty": {"title": _("没有这样的行"), "text": _("两方在这一类没有可以列出的行。")},
        }

    def _standing(self) -> Drawn:
        """Whether the two sides have settled it, and the differences as a file."""
        now = self.found.standing
        hidden = _("本方另有 %(rows)s 处未共享，不参加核对，对方看不到。") % {"rows": f"{now.untold:,}"}
        return {
            "kind": "wait" if now.open else "",
            "text": now.sentence + (hidden if now.untold else ""),
            "file": self.asking.url("side_differences", **self.here),
        }

    def _part(self) -> Drawn | None:
        """Why not everything is compared, and the way to it."""
        part = self.found.part
        if not part or not part.only:
            return None
        return {
            "text": _("只比两地都填报的部分：%(part)s。") % {"part": part.name},
            "url": self.found.whole.url("indicator_sides", part="all"),
        }

    def _card(self, side: Side, figure: Figure | None) -> Drawn:
        is_own = side in self.asking.actor.sides
        url = replace(self.asking, scope=self.found.scope_of(side)).url("indicator_rows", reason="counted")
        return {
            "name": side.label,
            "value": figure.display if figure else "—",
            "unit": str(self.asking.indicator.unit),
            "url": url if figure else "",
            "note": _("本方全部记录") if is_own else _("对方已共享的记录"),
        }

    def _difference(self) -> Drawn:
        gap = self.found.difference
        text = signed(self.asking.indicator, gap) if gap is not None else "—"
        return {
            "name": _("受援方比帮扶方"),
            "value": text,
            "unit": str(self.asking.indicator.unit) if gap else "",
        }

    def _chip(self, match: Match, rows: int) -> Drawn:
        url = self.asking.url("indicator_sides", match=match.value, **self.here)
        return {"label": match.label, "text": f"{rows:,}", "url": url, "here": self.found.match is match}

    def _table(self) -> Drawn:
        columns = [{"label": str(one.label)} for one in self.found.keys]
        for side in self._columned():
            columns += [{"label": f"{side.label}·{one.label}"} for one in self.found.fields]
        columns += [{"label": _("相差"), "kind": "number"}, {"label": _("双方意见")}]
        return {"columns": columns, "rows": [self._row(pair) for pair in self.found.pairs]}

    def _columned(self) -> tuple[Side, ...]:
        """Whose fields have columns: a side without the row would be a block of dashes."""
        return _ONLY.get(self.found.match, (Side.WEST, Side.EAST))

    def _row(self, pair: Pair) -> Drawn:
        found = self.found
        shown = found.shown(pair)
        cells = [{"text": found.text(key, shown), "label": str(key.label)} for key in found.keys]
        ids = {Side.WEST: pair.west_id, Side.EAST: pair.east_id}
        for side in self._columned():
            row = found.rows.get(ids[side])
            for position, one in enumerate(found.fields):
                text = found.text(one, row)
                differs = pair.match is Match.DIFFERENT and position in pair.differing
                mark = f"≠ {text}" if differs and text else text
                cells.append({"text": mark, "label": f"{side.label}·{one.label}"})
        cells.append(
            {"text": signed(self.asking.indicator, pair.effect), "label": _("相差"), "kind": "number"}
        )
        cells.append({"text": self._opinions(pair), "label": _("双方意见")})
        url = difference_url(self.asking, pair, **self.here)
        return {"id": "", "label": cells[0]["text"], "url": url, "cells": cells}

    def _opinions(self, pair: Pair) -> str:
        if not pair.is_told:
            return _("本方未共享")
        said = self.found.standing.opinions.get(pair.mark, {})
        told = ((side, opinion_text(said, side)) for side in SIDES)
        return "；".join(f"{side.label}：{text}" for side, text in told if text)

    def _pager(self) -> Drawn:
        found, here = self.found, {"match": self.found.match.value, **self.here}
        return {
            "shown": _("本页 %(rows)s 行") % {"rows": len(found.pairs)},
            "total": str(found.match.label),
            "first": self.asking.url("indicator_sides", **here) if found.after else "",
            "previous": "",
            "next": self.asking.url("indicator_sides", **here, after=found.following)
            if found.following
            else "",
        }
