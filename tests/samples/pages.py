"""Every ledger in turn: who of the cast files and reads it, and where its pages are."""

from typing import Any

import pytest

from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.links import link
from turns import TURN

ALL = sorted(registry, key=lambda ledger: ledger.key)
LEDGERS = pytest.mark.parametrize("ledger", ALL, ids=lambda ledger: ledger.key)
#: Of the ledgers of chapters so many, at the least, are tried by each test of a run; the toys always.
_EACH = 3


def ledgers_in_turn(turn: int) -> pytest.MarkDecorator:
    """The toys, which use every option of the kernel, and some ledgers of chapters: others each turn and day.

    What a ledger declares is read by the same code for all: each is tried by some of these tests, each of
    these tests on some, all on all in `make soak`.
    """
    chapters = [one for one in ALL if one.app_label != "toys"]
    apart = len(chapters) // _EACH
    later = [one for place, one in enumerate(chapters) if (place + turn + TURN) % apart]
    return pytest.mark.parametrize(
        "ledger",
        [pytest.param(one, id=one.key, marks=pytest.mark.soak if one in later else ()) for one in ALL],
    )


#: Pages of a ledger, and of one row, that are read.
GENERAL = ("list", "create", "import", "template", "export")
OF_ROW = ("detail", "edit", "history")


#: Ledgers of which only a coordinator sends rows back.
OF_OFFICES = frozenset({"governance.supervisionslip"})


def author_of(ledger: Ledger[Any]) -> str:
    """Who of the cast files the ledger: the western reporter, where that side keeps it."""
    return "bob" if Side.WEST in ledger.sides else "alice"


def stranger_of(ledger: Ledger[Any]) -> str:
    """The reporter of the other government."""
    return "alice" if author_of(ledger) == "bob" else "bob"


def verifier_of(ledger: Ledger[Any]) -> str:
    if ledger.key in OF_OFFICES:
        return "wang"
    return "vera" if author_of(ledger) == "bob" else "victor"


def reader_of(ledger: Ledger[Any]) -> str:
    """The auditor of the author's side."""
    return "ruth" if author_of(ledger) == "bob" else "dave"


def at(ledger: Ledger[Any], page: str, row: Any = None) -> str:
    """Address of a page of a ledger, or of a row."""
    found = link(ledger, page) if row is None else link(ledger, page, pk=row.pk)
    assert found, f"{ledger.key} has no page {page}"
    return found


def api(ledger: Ledger[Any], row: Any = None) -> str:
    """Address of the ledger, or of a row, in the API."""
    tail = "" if row is None else f"{row.pk}/"
    return f"/api/v1/{ledger.app_label}/{ledger.slug}/{tail}"
