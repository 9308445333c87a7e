"""How an applicant moves on: admitted within the quota, practice, graduation, leaving."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row, require
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.later import record_later
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor

from .models import Applicant, EnrolmentPlan, Stage

#: Which stage may follow which, and the right it takes: who verifies admits, the unit keeps the rest.
MOVES: Mapping[str, Mapping[Stage, Verb]] = {
    Stage.APPLIED: {Stage.ADMITTED: Verb.VERIFY, Stage.REJECTED: Verb.VERIFY},
    Stage.REJECTED: {Stage.ADMITTED: Verb.VERIFY},
    Stage.ADMITTED: {Stage.PRACTISING: Verb.EDIT, Stage.GRADUATED: Verb.EDIT, Stage.DROPPED_OUT: Verb.EDIT},
    Stage.PRACTISING: {Stage.GRADUATED: Verb.EDIT, Stage.DROPPED_OUT: Verb.EDIT},
    Stage.GRADUATED: {},
    Stage.DROPPED_OUT: {},
}
#: Stages in which somebody takes a place of the plan.
HELD = (Stage.ADMITTED, Stage.PRACTISING, Stage.GRADUATED)
#: Stages in which somebody is at a school and cannot be admitted to another.
STUDYING = (Stage.ADMITTED, Stage.PRACTISING)
#: The day a stage writes down.
DAYS = {
    Stage.ADMITTED: "accepted_on",
    Stage.PRACTISING: "practice_from",
    Stage.GRADUATED: "graduated_on",
    Stage.DROPPED_OUT: "dropped_on",
}


def move_applicant(
    pk: UUID, *, study_stage: Stage, day: date, actor: Actor, row_version: int, reason: str = ""
) -> Applicant:
    """Write down the next stage of a reported applicant, from a day.

    Shape: the plan is held while places are counted, so that two who admit at once do not pass the quota.
    Errors: RuleViolated for a stage that does not follow, a day out of order, or a plan that is full;
    NotAllowed; NotVisible; Conflict.
    """
    ledger = registry.get(Applicant.ledger_key())
    row = get_row(ledger, pk, actor=actor)
    verb = MOVES[row.study_stage].get(study_stage)
    if verb is None:
        require(actor, Verb.EDIT, ledger, row)
        told = {"now": row.get_study_stage_display(), "next": study_stage.label}
        raise RuleViolated(_("%(now)s的学生不能改为%(next)s。") % told, code="bad_applicant_step")
    require(actor, verb, ledger, row)
    if day > clock.today() or day < (row.practice_from or row.accepted_on or row.enrolled_on):
        raise RuleViolated(_("办理日期不能早于上一阶段，也不能晚于今天。"), code="bad_applicant_step")
    if study_stage is Stage.ADMITTED:
        _hold_place(row)
    values: dict[str, object] = {"study_stage": study_stage}
    if study_stage in DAYS:
        values[DAYS[study_stage]] = day
    moved: Applicant = record_later(
        ledger,
        pk,
        values,
        actor=actor,
        row_version=row_version,
        reason=reason.strip() or str(study_stage.label),
        verb=verb,
    )
    return moved


def places_held(plan: UUID) -> int:
    """How many take a place of a plan."""
    held: int = Applicant.objects.live().filter(enrolment_plan=plan, study_stage__in=HELD).count()
    return held


def _hold_place(row: Applicant) -> None:
    """Every plan the pupil applied to is held meanwhile, so that two schools do not admit them at once.

    Errors: RuleViolated when the plan is full, or another plan admitted the pupil.
    """
    own = Applicant.objects.live().filter(person=row.person_id)
    wanted = own.order_by().values("enrolment_plan")
    list(EnrolmentPlan.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    plan = EnrolmentPlan.objects.get(pk=row.enrolment_plan_id)
    if places_held(plan.pk) >= plan.quota:
        raise RuleViolated(
            _("招生名额 %(quota)s 人已满，不能再录取。") % {"quota": plan.quota}, code="quota_full"
        )
    elsewhere = own.filter(study_stage__in=STUDYING).exclude(pk=row.pk)
    other = elsewhere.select_related("enrolment_plan__school").first()
    if other is not None:
        told = {"school": other.enrolment_plan.school.name, "plan": other.enrolment_plan}
        sentence = _("该学生已被%(school)s（%(plan)s）录取，退学后才能另外录取。")
        raise RuleViolated(sentence % told, code="already_admitted")
