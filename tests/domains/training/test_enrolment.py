"""Admission never passes the quota; each stage follows its own, by who may; the year's plans add up."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from shanhai.domains.training.enrolment_actions import MOVES, move_applicant
from shanhai.domains.training.models import AidPayment, Applicant, EnrolmentPlan, Stage
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

DAY = date(2021, 9, 1)


@pytest.fixture
def plan(cast: Any) -> SimpleNamespace:
    """Two places in nursing; three who apply."""
    own = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("example"):
        school = Body.objects.create(name="演示学校", credit_code=demo_credit_code(73), kind="school", **own)
        row = EnrolmentPlan.objects.create(
            code="ZS1", school=school, major="护理", period="2021", quota=2, aid_a_year=3000, **own
        )
        applicants = [
            Applicant.objects.create(
                enrolment_plan=row,
                person=Person.objects.create(
                    name=f"学演示{serial}",
                    identity_number=demo_identity(area=328, born_on=date(2005, 1, 1), serial=serial),
                    **own,
                ),
                enrolled_on=date(2021, 6, 1),
                **own,
            )
            for serial in (21, 22, 23)
        ]
    return SimpleNamespace(own=own, row=row, applicants=applicants)


def move(as_actor: Any, who: str, row: Any, stage: Stage, **more: Any) -> Applicant:
    told = {"day": DAY, "row_version": 1, **more}
    with as_actor(who) as actor:
        return move_applicant(row.pk, study_stage=stage, actor=actor, **told)


def put(row: Applicant, stage: Stage) -> None:
    with context.unscoped("example"):
        row.study_stage = stage
        row.accepted_on = None if stage in {Stage.APPLIED, Stage.REJECTED} else date(2021, 7, 1)
        row.save()


@pytest.mark.parametrize("now", Stage)
@pytest.mark.parametrize("following", Stage)
@pytest.mark.parametrize("who", ["bob", "vera"])
def test_every_stage_follows_its_own_by_who_may(
    plan: Any, as_actor: Any, now: Stage, following: Stage, who: str
) -> None:
    row = plan.applicants[0]
    put(row, now)
    verb = MOVES[now].get(following)
    if verb == {"bob": "edit", "vera": "verify"}[who]:
        assert move(as_actor, who, row, following).study_stage == following
        return
    refused = RuleViolated if verb is None and who == "bob" else NotAllowed
    with pytest.raises(refused):
        move(as_actor, who, row, following)


def test_admission_never_passes_the_quota_and_who_leaves_makes_room(plan: Any, as_actor: Any) -> None:
    first, second, third = plan.applicants
    for one in (first, second):
        move(as_actor, "vera", one, Stage.ADMITTED)
    with pytest.raises(RuleViolated, match="招生名额 2 人已满") as refused:
        move(as_actor, "vera", third, Stage.ADMITTED)
    assert refused.value.refusal == "quota_full"
    left = move(as_actor, "bob", first, Stage.DROPPED_OUT, row_version=2)
    assert left.dropped_on == DAY
    assert move(as_actor, "vera", third, Stage.ADMITTED).accepted_on == DAY


@pytest.mark.parametrize("day", [date(2021, 5, 31), date(2021, 9, 25)])
def test_a_stage_is_not_dated_before_the_one_behind_it_nor_ahead(plan: Any, as_actor: Any, day: date) -> None:
    with pytest.raises(RuleViolated, match="办理日期不能早于上一阶段"):
        move(as_actor, "vera", plan.applicants[0], Stage.ADMITTED, day=day)
    with pytest.raises(Conflict):
        move(as_actor, "vera", plan.applicants[0], Stage.ADMITTED, row_version=4)


def test_aid_before_admission_or_above_the_plan_is_questioned(plan: Any, as_actor: Any) -> None:
    ledger, row = registry.get("training.aidpayment"), plan.applicants[0]
    paid = AidPayment(applicant=row, period="2021", aid_paid=Decimal(3001), aid_paid_on=DAY, **plan.own)
    with as_actor("bob"):
        assert "还没有录取" in str(ledger.warn(paid)["applicant"][0])
        put(row, Stage.ADMITTED)
        assert "高于计划" in str(ledger.warn(paid)["aid_paid"][0])
        paid.aid_paid = Decimal(3000)
        assert ledger.warn(paid) == {}


def test_form_operation_and_book_agree(plan: Any, sign_in: Any) -> None:
    row = plan.applicants[0]
    vera = sign_in("vera")
    assert "录取与就学" in vera.get(f"/training/applicant/{row.pk}/").content.decode()
    sent = {"study_stage": "admitted", "day": "2021-09-01", "row_version": "1"}
    vera.post(f"/training/applicant/{row.pk}/move/", sent)
    body = {"study_stage": "admitted", "day": "2021-09-01", "row_version": 1}
    api = f"/api/v1/training/applicant/{plan.applicants[1].pk}/move/"
    assert vera.post(api, body, content_type="application/json").json()["study_stage"] == "admitted"
    with context.unscoped("example"):
        AidPayment.objects.create(applicant=row, period="2021", aid_paid=3000, aid_paid_on=DAY, **plan.own)
    (line,) = vera.get("/api/v1/training/books/enrolment/?period=2021").json()["lines"]
    assert [line[name] for name in ("quota", "asked", "admitted", "free", "aid")] == [
        "2",
        "3",
        "2",
        "0",
        "3,000.00",
    ]
    assert vera.get("/training/enrolment/?format=xlsx").getvalue().startswith(b"PK")
