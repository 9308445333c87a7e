"""What is done about a request after it was verified: it is answered."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.scope import Actor

from .extracts import request_ledger
from .requests import PersonRequest


def close(
    pk: UUID, *, outcome: str, outcome_reason: str, closed_on: date | None, actor: Actor, row_version: int
) -> PersonRequest:
    """Write down what came of it; all empty takes a mistaken answer back.

    Errors: as `record_later`; RuleViolated for an outcome nobody knows.
    """
    if outcome and outcome not in PersonRequest.Outcome.values:
        raise RuleViolated(problems={"outcome": [_("没有这种办理结果。")]}, code="bad_outcome")
    values = {"outcome": outcome, "outcome_reason": outcome_reason.strip(), "closed_on": closed_on}
    found: PersonRequest = record_later(
        request_ledger(), pk, values, actor=actor, row_version=row_version, reason="个人信息申请：答复"
    )
    return found
