"""Beside a figure as it was known on a day: today's, the difference, and the rows that make it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel.history.known import as_known_on, known_on
from shanhai.kernel.indicators.figures import display
from shanhai.kernel.indicators.reasons import reason_label
from shanhai.kernel.indicators.since import Since, Turned, since

from .asking import Asking
from .indicator_rows import row_cells
from .reports import signed

Drawn = dict[str, Any]
#: Rows shown; the tallies above them count all.
MOST = 50
_COLUMNS = 3


def since_context(asking: Asking) -> Drawn | None:
    """What the panel «与现在相比» shows; None when the present is looked at."""
    day = known_on()
    if day is None:
        return None
    found = since(asking.indicator, asking.scope, asking.period, day, most=MOST)
    unit = str(asking.indicator.unit)
    difference = found.difference
    with as_known_on(None):
        shown = len(found.rows)
        return {
            "facts": [
                {"label": _("当日所知"), "text": found.was.display, "unit": unit},
                {"label": _("现在"), "text": found.now.display, "unit": unit},
                {"label": _("相差"), "text": _signed(asking, difference), "unit": unit},
            ],
            "tallies": [_tally(found, turn) for turn in found.tallies],
            "table": _table(found, asking),
            "left_out": sum(one.rows for one in found.tallies.values()) - shown,
        }


def _signed(asking: Asking, difference: Decimal | None) -> str:
    return "—" if difference is None else signed(asking.indicator, difference)


def _tally(found: Since, turn: Any) -> str:
    tally = found.tallies[turn]
    told = {
        "turn": turn.label,
        "rows": f"{tally.rows:,}",
        "difference": signed(found.version, tally.difference),
        "unit": found.version.unit,
    }
    return _("%(turn)s %(rows)s 行，合 %(difference)s %(unit)s") % told


def _table(found: Since, asking: Asking) -> Drawn:
    head, drawn = row_cells(found.version, [one.row for one in found.rows], asking)
    columns = [
        *head[:_COLUMNS],
        {"label": _("后来怎样")},
        {"label": _("当日"), "kind": "number"},
        {"label": _("现在"), "kind": "number"},
    ]
    rows = [
        {**line, "cells": [*line["cells"][:_COLUMNS], *_cells(found, one)]}
        for one, line in zip(found.rows, drawn, strict=True)
    ]
    return {"columns": columns, "rows": rows, "scroll": True}


def _cells(found: Since, one: Turned) -> list[Drawn]:
    reason = one.reason_now if one.now == 0 else one.reason_was
    why = f"（{reason_label(found.version, reason)}）" if reason else ""
    return [
        {"label": _("后来怎样"), "text": f"{one.turn.label}{why}"},
        {"label": _("当日"), "kind": "number", "text": display(found.version, one.was) if one.was else "—"},
        {"label": _("现在"), "kind": "number", "text": display(found.version, one.now) if one.now else "—"},
    ]
