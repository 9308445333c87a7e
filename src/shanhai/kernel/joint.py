"""Joint rows 两地共有: what either party reaches, and who has signed (ADR 0022).

A joint row is kept by a unit of one side and names its counterpart of the other. The steps of its life say
which party takes them; everywhere else a row has one party only, its own.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from .ledger import Ledger
from .permissions import Party, Verb
from .rows import LedgerModel
from .scope import Actor, Side, addressed_rows, covers, is_addressed, nothing, own_reach


def reaches(
    actor: Actor, verb: Verb, ledger: Ledger[Any], row: LedgerModel, party: Party = Party.OWN
) -> bool:
    """Whether the actor may do `verb` with the row as one of the party."""
    if party is Party.OWN:
        return covers(actor, verb, ledger.key, row)
    return ledger.is_joint and is_addressed(actor, verb, ledger.key, row, ledger.counterpart)


def of_party(actor: Actor, verb: Verb, ledger: Ledger[Any], party: Party) -> Q:
    """`reaches` as a condition on rows; reading counts as much as writing, what is only shared does not."""
    if party is Party.OWN:
        return own_reach(actor, verb, ledger.key)
    return addressed_rows(actor, verb, ledger.key, ledger.counterpart) if ledger.is_joint else nothing()


def of_any_party(actor: Actor, verb: Verb, ledger: Ledger[Any]) -> Q:
    return of_party(actor, verb, ledger, Party.OWN) | of_party(actor, verb, ledger, Party.COUNTERPART)


def party_of(
    actor: Actor, verb: Verb, ledger: Ledger[Any], row: LedgerModel, side: str | None = None
) -> Party | None:
    """As which party the actor may do `verb` with the row, on `side` if that is said; None: not at all."""
    for party in Party:
        if side in (None, side_of(row, party)) and reaches(actor, verb, ledger, row, party):
            return party
    return None


def side_of(row: LedgerModel, party: Party) -> str:
    """The side a party belongs to."""
    return str(row.side) if party is Party.OWN else str(Side(row.side).other)


def signers(row: LedgerModel) -> set[str]:
    """Actors whose signatures stand on the row."""
    names = ("submitted_by", "verified_by", "confirmed_by")
    return {key for name in names if (key := getattr(row, name, ""))}


def counterpart_problems(ledger: Ledger[Any], row: Any) -> Iterator[tuple[str, str]]:
    """The unit that is to confirm belongs to the other government."""
    if not ledger.is_joint or not row.owner_unit_id:
        return
    unit = getattr(row, ledger.counterpart, None)
    if unit is not None and unit.side == row.owner_unit.side:
        yield ledger.counterpart, _("请选择对方的单位：这条记录由对方确认。")
