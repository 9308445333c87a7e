"""What every act on a slip, a complaint or a suggestion begins and is refused with."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel.actions import get_row, require
from shanhai.kernel.errors import Conflict, RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor


def locked_row(ledger: Ledger[Any], pk: UUID, verb: Verb, *, actor: Actor, row_version: int) -> Any:
    """The row, locked for as long as the transaction lasts.

    Errors: NotVisible; NotAllowed; Conflict when it is no longer as it was shown.
    """
    get_row(ledger, pk, actor=actor, verb=verb)
    row = ledger.model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    require(actor, verb, ledger, ledger.rows_with_units().get(pk=pk))
    if row.row_version != row_version:
        raise Conflict
    return row


def require_words(text: str) -> None:
    """Errors: RuleViolated without any."""
    if not text:
        said = _("请写明内容。")
        raise RuleViolated(said, code="reason_missing", problems={"text": [said]})
