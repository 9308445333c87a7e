"""What is done with complaints and suggestions: the unit answers, the office closes or opens again."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import REPORTED_STATES

from .acting import locked_row, require_words
from .models import OutsideMatter
from .outside_rules import ACTS, may_do


def handle(
    ledger: Ledger[Any],
    pk: UUID,
    what: str,
    *,
    text: str,
    satisfaction: str = "",
    actor: Any,
    row_version: int,
) -> Any:
    """One act of `ACTS`, with words. `satisfaction` goes with closing a suggestion.

    Errors: RuleViolated for what the stage does not allow or without words; Conflict; NotAllowed; NotVisible.
    """
    if what not in ACTS:
        raise RuleViolated(_("没有这种办理。"), code="bad_handling")
    verb = Verb.MANAGE if ACTS[what].is_office else Verb.EDIT
    text = text.strip()
    with transaction.atomic():
        row = locked_row(ledger, pk, verb, actor=actor, row_version=row_version)
        if row.state not in REPORTED_STATES or not may_do(what, row.handling_stage):
            told = _("现在是“%(stage)s”（草稿要先提交），不能这样办理。")
            raise RuleViolated(told % {"stage": row.get_handling_stage_display()}, code="bad_handling")
        require_words(text)
        _change(row, what, text, satisfaction)
        row.handling_stage = ACTS[what].target
        row.row_version += 1
        with context.because(text[:500]), constraint_sentences():
            row.save()
    return row


def _change(row: Any, what: str, text: str, satisfaction: str) -> None:
    today = clock.today()
    match what:
        case "answer":
            row.answer_text, row.answered_on = text[:2000], today
        case "close":
            if isinstance(row, OutsideMatter):
                row.satisfaction = _satisfied(row, satisfaction)
            row.closing_note, row.closed_on = text[:500], today
        case "reopen":
            row.reopened_on, row.closed_on = today, None
            row.times_reopened += 1
            if isinstance(row, OutsideMatter):
                row.satisfaction = satisfaction if satisfaction in row.Content.values else row.satisfaction


def _satisfied(row: OutsideMatter, satisfaction: str) -> str:
    """What the deputies said of the answer; a media report needs none. Errors: RuleViolated."""
    if satisfaction == row.Content.UNSATISFIED:
        raise RuleViolated(_("提出方不满意的不能办结，请“重新办理”。"), code="bad_handling")
    if satisfaction not in row.Content.values and row.matter_kind != row.Kind.MEDIA:
        raise RuleViolated(_("人大建议、政协提案办结要写提出方是否满意。"), code="bad_handling")
    return satisfaction if satisfaction in row.Content.values else ""
