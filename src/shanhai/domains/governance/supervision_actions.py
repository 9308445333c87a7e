"""What is done with slips: given out, received, replied to, closed or sent back, escalated, talked about."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.actions import constraint_sentences, create_row, get_row, step_row
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.workflow import SUBMIT
from shanhai.registers.parties.models import Unit

from .acting import locked_row, require_words
from .models import SupervisionEntry, SupervisionSlip
from .supervision_ledgers import next_number
from .supervision_rules import ACTS, may_do

SLIP, ENTRY = SupervisionSlip.ledger_key(), SupervisionEntry.ledger_key()


def may_raise(actor: Actor) -> bool:
    return actor.allows(Verb.MANAGE, SLIP) and actor.allows(Verb.CREATE, SLIP)


def raise_slip(
    *, unit: Unit, cause: str, due_on: date, actor: Actor, number: str = "", origin: str = "",
    origin_ledger: str = "", origin_row: UUID | None = None,
) -> SupervisionSlip:  # fmt: skip
    """Give out a slip in one step. `number`: the next one without. `origin_*`: what it was raised from.

    Errors: NotAllowed for who gives out none, or a unit out of reach; RuleViolated.
    """
    if not may_raise(actor):
        raise NotAllowed
    ledger = registry.get(SLIP)
    if origin_row is not None and origin_ledger in registry:
        get_row(registry.get(origin_ledger), origin_row, actor=actor)
    elif origin_row is not None or (origin_ledger and origin_ledger not in registry):
        origin_ledger, origin_row = "", None
    values: dict[str, Any] = {
        "owner_unit": unit,
        "place": unit.place,
        "number": number.strip() or next_number(),
        "cause": cause.strip(),
        "issued_on": clock.today(),
        "due_on": due_on,
        "origin": origin.strip()[:200],
        "origin_ledger": origin_ledger,
        "origin_row": origin_row,
    }
    with transaction.atomic():
        made = create_row(ledger, values, actor=actor)
        slip: SupervisionSlip = step_row(ledger, made, SUBMIT, actor=actor)
    return slip


def act(pk: UUID, what: str, *, text: str = "", actor: Actor, row_version: int) -> SupervisionSlip:
    """One act of `ACTS`, and its line in the log.

    Errors: RuleViolated for what the stage does not allow or without words; Conflict; NotAllowed; NotVisible.
    """
    ledger = registry.get(SLIP)
    if what not in ACTS:
        raise RuleViolated(_("没有这种办理。"), code="bad_act")
    rule = ACTS[what]
    verb = Verb.MANAGE if rule.is_office else Verb.EDIT
    text = text.strip()
    with transaction.atomic():
        row = locked_row(ledger, pk, verb, actor=actor, row_version=row_version)
        if row.state not in REPORTED_STATES or not may_do(what, row.supervision_stage):
            told = _("督办单现在是“%(stage)s”，不能这样办理。")
            raise RuleViolated(told % {"stage": row.get_supervision_stage_display()}, code="bad_act")
        if rule.needs_words:
            require_words(text)
        _change(row, what, text)
        row.supervision_stage = rule.target or row.supervision_stage
        row.row_version += 1
        with context.because(text or str(SupervisionEntry.Kind(what).label)), constraint_sentences():
            row.save()
        _log(row, what, text, actor)
    done: SupervisionSlip = row
    return done


def _change(row: SupervisionSlip, what: str, text: str) -> None:
    today = clock.today()
    match what:
        case "reply":
            row.reply, row.replied_on = text[:2000], today
            row.first_replied_on = row.first_replied_on or today
        case "close":
            row.closing_note, row.closed_on = text[:500], today
        case "send_back":
            row.times_sent_back += 1
        case "escalate":
            row.escalations += 1
        case "talk":
            row.talked_on = today


def _log(row: SupervisionSlip, what: str, text: str, actor: Actor) -> None:
    ledger = registry.get(ENTRY)
    values = {
        "owner_unit": row.owner_unit,
        "place": row.place,
        "slip": row,
        "entry_kind": what,
        "entered_on": clock.today(),
        "entry": text or str(SupervisionEntry.Kind(what).label),
    }
    step_row(ledger, create_row(ledger, values, actor=actor), SUBMIT, actor=actor)
