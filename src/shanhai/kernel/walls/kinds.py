"""Which wall stands around a table. Every model says its own as `WALL`; ledgers have theirs without saying.

A test reads the catalogue of the database: a table without a wall must be `Public`, with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Public:
    """No wall: what everybody may know, or what must be read to find out who acts."""

    reason: str


@dataclass(frozen=True)
class OfLedger:
    """The scope decision itself, row by row. `counterpart`: the column of a joint row's other unit."""

    ledger: str
    counterpart: str = ""


@dataclass(frozen=True)
class BesideRow:
    """Says something of one row of a ledger, and is seen with it."""

    ledger: str = "ledger"
    row: str = "row_id"


@dataclass(frozen=True)
class OfSide:
    """Seen by the people of one side. `path`: field, perhaps behind references, that names it.

    Wider than the first wall, which tells units of a side apart here: such rows say what a unit owes or was
    told, not what stands in its ledgers. `shared`: field by which the other side sees what is not private.
    `is_told`: the other side reads it all, and changes nothing. `is_watched`: whoever watches over who read
    what on the side sees it too, though it reads no row.
    """

    path: str = "side"
    shared: str = ""
    is_told: bool = False
    is_watched: bool = False


@dataclass(frozen=True)
class OfPerson:
    """Seen by whom `path` names. `further`: SQL for the others who see it."""

    path: str
    further: str = "false"


@dataclass(frozen=True)
class Within:
    """Part of a row of another table, and seen with it."""

    path: str


@dataclass(frozen=True)
class OfHistory:
    """Entries of a row, seen with it; of what has no wall, by whoever acts."""


@dataclass(frozen=True)
class OfWhoeverActs:
    """Seen inside a kernel transaction by people with a membership that reads, not without. Say why.

    Shape: `administrators` see it too, who read no business row.
    """

    reason: str
    administrators: bool = False


type Wall = Public | OfLedger | BesideRow | OfSide | OfPerson | Within | OfHistory | OfWhoeverActs

_SIGN_IN = "read to find out who acts; no business row"
#: Models of others, which cannot say it themselves.
OF_OTHERS: Mapping[str, Public] = {
    "auth": Public("Django's own permissions, which are not used"),
    "contenttypes": Public("names of models"),
    "sessions": Public(_SIGN_IN),
    "usersessions": Public(_SIGN_IN),
    "mfa": Public(_SIGN_IN),
    "account": Public(_SIGN_IN),
    "socialaccount": Public(_SIGN_IN),
    "procrastinate": Public("the queue: numbers of jobs, no row and no label"),
}
