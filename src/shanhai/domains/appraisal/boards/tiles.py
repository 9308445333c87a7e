"""A county as tiles: where each stands, how dark it is, what is written on it. Numbers in, numbers out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shanhai.registers.places.layout import Cell, placed

#: Of the drawing's own units: a tile, the gap around it, the least columns a drawing has room for.
WIDTH, HEIGHT, GAP, COLUMNS = 118, 78, 8, 3
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
