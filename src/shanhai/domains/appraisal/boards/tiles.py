"""A county as tiles: where each stands, how dark it is, what is written on it. Numbers in, numbers out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from shanhai.registers.places.layout import Cell, placed

#: Of the drawing's own units: a tile, the gap around it, the least columns a drawing has room for.
WIDTH, HEIGHT, GAP, COLUMNS = 118, 78, 8, 3
#: A drawing of boundaries is at most so many times as tall as wide.
TALLEST = 1.4
#: Opacity of the least and of the most coloured tile; words stay legible on both.
LEAST, MOST = Decimal("0.06"), Decimal("0.46")


@dataclass(frozen=True)
class Tile:
    """A place on the map. Shape: without a value nothing is known of it; `mark` tells its pair."""

    code: str
    name: str
    value: Decimal | None
    text: str
    url: str
    mark: str = ""


def shade(value: Decimal | None, most: Decimal) -> Decimal:
    """How opaque a tile is: nothing for nothing, else by its share of the largest, two decimals."""
    if value is None or value <= 0 or most <= 0:
        return Decimal(0)
    return (LEAST + (MOST - LEAST) * min(value / most, Decimal(1))).quantize(Decimal("0.01"))


def drawn(tiles: Sequence[Tile], most: Decimal, cells: Mapping[str, Cell]) -> dict[str, Any]:
    """What the template draws: size of the drawing, and for each tile its box, shade and words."""
    where = placed([one.code for one in tiles], cells)
    columns = max([COLUMNS, *(column + 1 for column, _row in where.values())])
    rows = max([1, *(row + 1 for _column, row in where.values())])
    return {
        "width": columns * (WIDTH + GAP) + GAP,
        "height": rows * (HEIGHT + GAP) + GAP,
        "tiles": [_box(one, where[one.code], most) for one in tiles],
    }


def _box(tile: Tile, cell: Cell, most: Decimal) -> dict[str, Any]:
    left, top = GAP + cell[0] * (WIDTH + GAP), GAP + cell[1] * (HEIGHT + GAP)
    return {
        "tile": tile,
        "x": left,
        "y": top,
        "width": WIDTH,
        "height": HEIGHT,
        "shade": f"{shade(tile.value, most)}",
        "text_x": left + WIDTH // 2,
        "name_y": top + 28,
        "value_y": top + 56,
        "mark_x": left + WIDTH - 8,
        "mark_y": top + 17,
    }


def outlined(tiles: Sequence[Tile], most: Decimal, rings: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The same by imported boundaries, as wide as three tiles. Shape: `rings` of every tile, in degrees."""
    points = [point for one in tiles for ring in rings[one.code] for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrowed = math.cos(math.radians((south + north) / 2))  # a degree of longitude against one of latitude
    width = COLUMNS * (WIDTH + GAP) + GAP
    inner = width - 2 * GAP
    scale = inner / max((east - west) * narrowed, (north - south) / TALLEST, 1e-6)

    def at(point: Sequence[float]) -> tuple[float, float]:
        return GAP + (point[0] - west) * narrowed * scale, GAP + (north - point[1]) * scale

    return {
        "width": width,
        "height": round((north - south) * scale) + 2 * GAP,
        "tiles": [
            _outline(one, most, [[at(point) for point in ring] for ring in rings[one.code]]) for one in tiles
        ],
    }


def _outline(tile: Tile, most: Decimal, rings: Sequence[Sequence[tuple[float, float]]]) -> dict[str, Any]:
    path = " ".join("M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
    x, y = middle(max(rings, key=lambda ring: abs(area(ring))))
    return {
        "tile": tile,
        "path": path,
        "shade": f"{shade(tile.value, most)}",
        "text_x": round(x),
        "name_y": round(y) - 2,
        "value_y": round(y) + 18,
        "mark_x": round(x) + 40,
        "mark_y": round(y) - 18,
    }


def area(ring: Sequence[tuple[float, float]]) -> float:
    """Signed area of a closed ring."""
    pairs = pairwise(ring)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Centre of gravity of a closed ring; that of its corners where it has no area."""
    whole = area(ring)
    if abs(whole) < 1e-9:  # noqa: PLR2004
        return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)
    pairs = [*pairwise(ring)]
    crossed = [(x0 * y1 - x1 * y0, x0 + x1, y0 + y1) for (x0, y0), (x1, y1) in pairs]
    return (
        sum(cross * x for cross, x, _y in crossed) / (6 * whole),
        sum(cross * y for cross, _x, y in crossed) / (6 * whole),
    )
