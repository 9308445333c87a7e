"""Charts drawn on the server as SVG: steps below each other, and curves. No script, the same on paper.

Unit: across in per cent of the width, so that letters keep their size on any screen; down in rem. Curves
differ by dash and mark, not by colour alone. Whoever does not see the drawing has its table
(components/chart.html).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

type Drawn = dict[str, Any]
type Amount = int | Decimal

#: Colour, dash and mark of the first, second … curve.
LOOKS = (
    ("var(--sea)", "", "circle"),
    ("var(--tea)", "6 3", "square"),
    ("var(--warn)", "2 3", "diamond"),
    ("var(--quiet)", "10 3 2 3", "ring"),
)
STEP_HEIGHT, TOP, BOTTOM, HEIGHT = 2.75, 1.25, 11.0, 12.5
LEFT, RIGHT = 10.0, 94.0
#: Categories named under the line, of short names and of long ones; with more every second or third is.
MOST_NAMED, MOST_LONG, SHORT = 7, 4, 6


@dataclass(frozen=True)
class Step:
    """One step: how many reached it. Shape: `value` None where nobody can know yet; `url` of its rows."""

    label: str
    value: int | None
    text: str
    url: str = ""


@dataclass(frozen=True)
class Point:
    """One value of a curve as it is told, and the address of what is behind it; no value leaves a gap."""

    value: Amount | None
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Curve:
    """Shape: as many points as there are categories."""

    name: str
    points: Sequence[Point]


def steps_chart(ident: str, title: Any, steps: Sequence[Step], unit: Any) -> Drawn:
    """For components/chart.html: bars of which the longest fills the width."""
    most = max((one.value or 0 for one in steps), default=0) or 1
    bars = [
        {
            "label": one.label,
            "text": one.text,
            "url": one.url,
            "width": _percent(100 * (one.value or 0) / most),
            "is_known": one.value is not None,
            "text_y": _rem(number * STEP_HEIGHT + 1),
            "bar_y": _rem(number * STEP_HEIGHT + 1.375),
        }
        for number, one in enumerate(steps)
    ]
    rows = [
        {
            "id": "",
            "label": one.label,
            "cells": [
                {"text": one.label, "label": _("环节")},
                {"text": one.text, "label": str(title), "kind": "number", "url": one.url},
            ],
        }
        for one in steps
    ]
    columns = [{"label": _("环节")}, {"label": str(title), "unit": str(unit), "kind": "number"}]
    shown = {"bars": bars, "height": _rem(len(steps) * STEP_HEIGHT)}
    return {"id": ident, "title": str(title), "steps": shown, "table": {"columns": columns, "rows": rows}}


def curves_chart(
    ident: str,
    title: Any,
    heading: Any,
    categories: Sequence[str],
    curves: Sequence[Curve],
    *,
    unit: Any,
    most: Amount | None = None,
) -> Drawn:
    """For components/chart.html. `heading`: what the categories are; `most`: the top of the scale."""
    known = [one.value for curve in curves for one in curve.points if one.value is not None]
    top = float(_top(max(known, default=1)) if most is None else most)
    scale = [(_down(top * part, top), f"{top * part:,.0f}") for part in (0, 0.25, 0.5, 0.75, 1)]
    is_short = max(map(len, categories), default=0) <= SHORT
    every = -(-len(categories) // (MOST_NAMED if is_short else MOST_LONG))
    shown = {
        "height": _rem(HEIGHT),
        "unit": str(unit),
        "lines": [{"y": _rem(y), "text_y": _rem(y - 0.25), "text": text} for y, text in scale],
        "names": [
            {"x": _percent(_across(number, len(categories))), "y": _rem(HEIGHT - 0.25), "text": name}
            for number, name in enumerate(categories)
            if number % every == (len(categories) - 1) % every
        ],
        "curves": [_curve(number, one, categories, top) for number, one in enumerate(curves)],
    }
    return {
        "id": ident,
        "title": str(title),
        "curves": shown,
        "table": _table(heading, categories, curves, unit),
    }


def _curve(number: int, curve: Curve, categories: Sequence[str], top: float) -> Drawn:
    color, dash, mark = LOOKS[number % len(LOOKS)]
    places = [
        None
        if one.value is None
        else {
            "x": _percent(_across(place, len(categories))),
            "y": _rem(_down(float(one.value), top)),
            "text": f"{curve.name} {categories[place]} {one.text}",
            "url": one.url,
        }
        for place, one in enumerate(curve.points)
    ]
    pieces = [
        {"x1": one["x"], "y1": one["y"], "x2": other["x"], "y2": other["y"]}
        for one, other in pairwise(places)
        if one and other
    ]
    marks = [one for one in places if one]
    return {
        "name": curve.name,
        "color": color,
        "dash": dash,
        "mark": mark,
        "pieces": pieces,
        "marks": marks,
    }


def _table(heading: Any, categories: Sequence[str], curves: Sequence[Curve], unit: Any) -> Drawn:
    rows = []
    for place, name in enumerate(categories):
        cells = [
            {
                "text": curve.points[place].text,
                "label": curve.name,
                "kind": "number",
                "url": curve.points[place].url,
            }
            for curve in curves
        ]
        rows.append({"id": "", "label": name, "cells": [{"text": name, "label": str(heading)}, *cells]})
    columns = [{"label": curve.name, "unit": str(unit), "kind": "number"} for curve in curves]
    return {"columns": [{"label": str(heading)}, *columns], "rows": rows}


def _top(most: Amount) -> int:
    """The next whole number of which a quarter is a round one."""
    scale = 1
    while most > 40 * scale:
        scale *= 10
    return next(part * scale for part in (4, 8, 12, 20, 40) if part * scale >= most)


def _across(place: int, of: int) -> float:
    return (LEFT + RIGHT) / 2 if of == 1 else LEFT + (RIGHT - LEFT) * place / (of - 1)


def _down(value: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _rem(value: float) -> str:
    return f"{value:.3f}rem"
