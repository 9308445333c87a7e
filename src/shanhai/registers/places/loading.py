"""The divisions that ship with the register: both counties with their towns and villages."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shanhai.kernel import context
from shanhai.kernel.scope import Side
from shanhai.registers.turns import wait_for_turn

from .models import Place

DIVISIONS = Path(__file__).parent / "data" / "divisions.csv"
#: County by code → its side. The provinces and cities above belong to no side.
COUNTIES = {"440403": Side.EAST, "520328": Side.WEST}


def shipped_places() -> Iterator[Place]:
    """Unsaved places in order, parents first, paths and sides filled in."""
    known: dict[str, Place] = {}
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            parent = known.get(row["parent_code"])
            known[row["code"]] = place = Place(
                code=row["code"],
                name=row["name"],
                level=row["level"],
                parent=parent,
                side=COUNTIES.get(row["code"][:6], ""),
                path=f"{parent.path}.{row['code']}" if parent else row["code"],
                valid_from=date.fromisoformat(row["valid_from"]),
                source=row["source"],
            )
            yield place


def load_places() -> int:
    """Add what is missing, change nothing that is there; gives how many were added."""
    with context.because("载入随附的区划"):
        wait_for_turn("places")
        there = dict(Place.objects.values_list("code", "pk"))
        missing = []
        for place in shipped_places():
            if place.code in there:
                place.pk = there[place.code]
            else:
                missing.append(place)
            if place.parent is not None:
                place.parent_id = place.parent.pk
        Place.objects.bulk_create(missing)
    return len(missing)
