"""Where the tiles of a schematic map stand: a small file of columns and rows, no surveyed positions."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

TILES = Path(__file__).parent / "data" / "tiles.csv"
#: Column and row of a tile, from 0, from the upper left.
type Cell = tuple[int, int]


@cache
def tiles() -> Mapping[str, Cell]:
    """Division code → cell of its county's grid."""
    with TILES.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(lines)}


def placed(codes: Iterable[str], known: Mapping[str, Cell], width: int = 3) -> dict[str, Cell]:
    """A cell for every code, no two the same: the known one, else the next below all known ones.

    Shape: in the order of `codes`; `width` is how many of the others stand in a row.
    """
    listed = list(dict.fromkeys(codes))
    found: dict[str, Cell] = {}
    taken: set[Cell] = set()
    for code in listed:
        if code in known and known[code] not in taken:
            found[code] = known[code]
            taken.add(known[code])
    first = max((row for _column, row in taken), default=-1) + 1
    others = [code for code in listed if code not in found]
    found |= {code: (at % width, first + at // width) for at, code in enumerate(others)}
    return {code: found[code] for code in listed}
