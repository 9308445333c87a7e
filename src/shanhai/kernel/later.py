"""What becomes true of a reported row later: a worker leaves, a project moves on. The row keeps its state."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from . import context
from .actions import get_row, validate_row
from .errors import Conflict, RuleViolated
from .ledger import Ledger
from .permissions import Verb
from .scope import REPORTED_STATES, Actor, covers


def may_record(ledger: Ledger[Any], row: Any, actor: Actor, verb: Verb = Verb.EDIT) -> bool:
    """Whether `actor` keeps this reported row up to date; `verb` is the right that the entry takes."""
    is_kept_alone = row.state in REPORTED_STATES and not ledger.is_joint
    return is_kept_alone and covers(actor, verb, ledger.key, row)


def record_later(
    ledger: Ledger[Any],
    pk: UUID,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    row_version: int,
    reason: str,
    verb: Verb = Verb.EDIT,
) -> Any:
    """Write later facts into a reported row; history keeps what it said before, and why.

    Shape: `verb` is the right that this entry takes, where it is not the keeper's own.
    Errors: RuleViolated for values that break a rule and for rows still edited as usual; Conflict when it
    moved on since `row_version`; NotAllowed; NotVisible.
    """
    get_row(ledger, pk, actor=actor, verb=verb)
    rows = ledger.model._default_manager.select_related("owner_unit")
    locked = rows.select_for_update(of=("self",)).get(pk=pk)
    if locked.state not in REPORTED_STATES:
        raise RuleViolated(_("这条记录还没有报，请直接修改。"), code="still_editable")
    if ledger.is_joint:  # what both have signed no side changes alone
        raise RuleViolated(_("这条记录由双方签认，只能更正，须双方同意。"), code="verified")
    if locked.row_version != row_version:
        raise Conflict
    previous = rows.get(pk=pk)
    for name, value in values.items():
        setattr(locked, name, value)
    validate_row(ledger, locked, previous)
    locked.row_version += 1
    with context.because(reason):
        locked.save()
    return locked
