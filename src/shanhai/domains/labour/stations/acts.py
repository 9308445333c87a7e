"""What is done at a station: a visit is written down, a trouble moves, somebody comes home."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shanhai.kernel import actions, clock
from shanhai.kernel.errors import Conflict, FieldConflict, RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import REPORTED_STATES, Actor
from shanhai.kernel.workflow import SUBMIT

from ..models import FollowUpVisit, ReturnHome, WorkerRegistration, WorkerTrouble
from . import rules

_Status = WorkerRegistration.Status


def record_visit(
    registration_id: UUID, values: Mapping[str, Any], *, actor: Actor, row_version: int
) -> FollowUpVisit:
    """Write a visit down, report it, and let the register say what was heard.

    `row_version`: of the registration as it was looked at. Of a visit that reached nobody it plays no part.
    Errors: RuleViolated by field; Conflict with both values where the register says something else meanwhile;
    NotVisible; NotAllowed.
    """
    ledger = registry.get(FollowUpVisit.ledger_key())
    with transaction.atomic():
        registration = _in_care(registration_id, actor)
        given = {"registration": registration, "visited_on": clock.today(), **values}
        row = actions.create_row(ledger, given, actor=actor)
        row = actions.step_row(ledger, row, SUBMIT, actor=actor)
        carry(row, actor=actor, row_version=row_version)
    visit: FollowUpVisit = row
    return visit


def version_of(registration_id: UUID) -> int:
    """The version of a registration within reach."""
    return int(WorkerRegistration.objects.values_list("row_version", flat=True).get(pk=registration_id))


def carry(visit: FollowUpVisit, *, actor: Actor, row_version: int) -> bool:
    """The register says what the visit heard; whether anything changed. Errors: as `record_visit`."""
    if visit.outcome != FollowUpVisit.Outcome.REACHED:
        return False
    registration = _in_care(visit.registration_id, actor)
    values: dict[str, Any] = {}
    if registration.last_contact_on is None or registration.last_contact_on < visit.visited_on:
        values["last_contact_on"] = visit.visited_on
    if visit.status and visit.status != registration.status:
        values |= {"status": visit.status, "status_since": visit.visited_on}
    if values:
        tell(registration, values, _("走访回访"), actor=actor, row_version=row_version)
    return bool(values)


def carry_of(pk: UUID, *, actor: Actor, row_version: int) -> bool:
    """The same of a visit that came by a form or a file. `row_version`: of the visit. Errors: as `carry`."""
    visit: FollowUpVisit = actions.get_row(
        registry.get(FollowUpVisit.ledger_key()), pk, actor=actor, verb=Verb.EDIT
    )
    if visit.row_version != row_version:
        raise Conflict
    if visit.state not in REPORTED_STATES:
        raise RuleViolated(_("走访记录还没有报，请先提交。"), code="not_reported")
    registration = _in_care(visit.registration_id, actor)
    return carry(visit, actor=actor, row_version=registration.row_version)


def tell(
    registration: WorkerRegistration,
    values: Mapping[str, Any],
    reason: str,
    *,
    actor: Actor,
    row_version: int,
) -> None:
    """Write into the register, whatever the state of its row; a new status holds from today without a day."""
    if "status" in values:
        values = {"status_since": clock.today(), **values}
    ledger = registry.get(WorkerRegistration.ledger_key())
    if registration.row_version != row_version:
        # Somebody wrote something else of the row since: nobody is asked for what does not touch them.
        if differing := _differing(registration, row_version, values):
            raise Conflict(fields=differing)
        row_version = registration.row_version
    if registration.state in REPORTED_STATES:
        record_later(ledger, registration.pk, values, actor=actor, row_version=row_version, reason=reason)
    else:
        actions.save_row(ledger, registration, values, actor=actor, row_version=row_version)


def _differing(
    registration: WorkerRegistration, row_version: int, values: Mapping[str, Any]
) -> list[FieldConflict]:
    """What somebody else wrote of the same, in words. The later day of contact stands, whoever wrote it."""
    ledger = registry.get(WorkerRegistration.ledger_key())
    heard = {name: value for name, value in values.items() if name == "status"}
    return [
        replace(one, yours=str(_Status(one.yours).label), theirs=str(_Status(one.theirs).label))
        for one in actions.differences_since(ledger, registration, row_version, heard)
    ]


def _in_care(pk: UUID, actor: Actor) -> WorkerRegistration:
    ledger = registry.get(WorkerRegistration.ledger_key())
    found: WorkerRegistration = actions.get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    return found


def move_trouble(
    pk: UUID,
    stage: str,
    *,
    result: str = "",
    recovered: Decimal | None = None,
    day: date | None = None,
    actor: Actor,
    row_version: int,
) -> WorkerTrouble:
    """The next stage of a reported trouble. Closing says what came of it. Unit: `recovered` in yuan.

    Errors: RuleViolated for a stage that cannot follow or an end without words; as `record_later`.
    """
    ledger = registry.get(WorkerTrouble.ledger_key())
    row: WorkerTrouble = actions.get_row(ledger, pk, actor=actor, verb=Verb.EDIT)
    stages = WorkerTrouble.Stage
    if stage not in stages.values or not rules.may_move(row.stage, stage):
        told = {
            "now": stages(row.stage).label,
            "next": stages(stage).label if stage in stages.values else stage,
        }
        raise RuleViolated(_("“%(now)s”之后不能是“%(next)s”。") % told, code="bad_stage")
    values: dict[str, Any] = {"stage": stage}
    if stage == stages.CLOSED:
        if not result.strip():
            said = _("请写明怎样办结的。")
            raise RuleViolated(said, code="reason_missing", problems={"result": [said]})
        values |= {"result": result.strip(), "recovered": recovered, "closed_on": day or clock.today()}
    elif row.stage == stages.CLOSED and stage == stages.HANDLING:
        if not result.strip():
            said = _("请写明为什么重新办理。")
            raise RuleViolated(said, code="reason_missing", problems={"result": [said]})
        values |= {"result": result.strip(), "closed_on": None}
    reason = _("诉求办理：%(stage)s") % {"stage": stages(stage).label}
    moved: WorkerTrouble = record_later(
        ledger, pk, values, actor=actor, row_version=row_version, reason=reason
    )
    return moved


def search_again(pk: UUID, *, actor: Actor, row_version: int) -> WorkerRegistration:
    """Who came home looks for work again: the register says so, and matching finds them.

    `pk`, `row_version`: of the registration. Errors: RuleViolated for somebody at work; as `tell`.
    """
    registration = _in_care(pk, actor)
    if registration.status not in {_Status.RETURNED_HOME, _Status.UNEMPLOYED, _Status.UNAVAILABLE}:
        raise RuleViolated(_("只有返乡、失业或不愿无力的人员才需要重新求职登记。"), code="not_home")
    values = {"status": _Status.WAITING, "last_contact_on": clock.today()}
    tell(registration, values, _("重新求职"), actor=actor, row_version=row_version)
    return _in_care(pk, actor)


def come_home(
    registration_id: UUID, values: Mapping[str, Any], *, actor: Actor, row_version: int
) -> ReturnHome:
    """Write down that somebody came home, and let the register say so. Errors: as `record_visit`."""
    ledger = registry.get(ReturnHome.ledger_key())
    with transaction.atomic():
        registration = _in_care(registration_id, actor)
        given = {"registration": registration, "returned_on": clock.today(), **values}
        row = actions.create_row(ledger, given, actor=actor)
        row = actions.step_row(ledger, row, SUBMIT, actor=actor)
        heard = {
            "status": _Status.RETURNED_HOME,
            "status_since": row.returned_on,
            "last_contact_on": clock.today(),
        }
        tell(registration, heard, _("返乡登记"), actor=actor, row_version=row_version)
    found: ReturnHome = row
    return found
