"""Admission never passes the quota; each stage follows its own, by who may; the year's plans add up."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.labour.models import EmploymentSpell
from shanhai.domains.training.enrolment_actions import MOVES, move_applicant
from shanhai.domains.training.models import AidPayment, Applicant, EnrolmentPlan, Stage
from shanhai.domains.training.rules import enrolment as rules
from shanhai.kernel import context
from shanhai.kernel.actions import create_row, validate_row
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


def aid(plan: Any, period: str, term: str, amount: int, **more: Any) -> AidPayment:
    told = {"applicant": plan.applicants[0], "aid_paid": Decimal(amount), "aid_paid_on": DAY, **more}
    return AidPayment(period=period, school_term=term, **told, **plan.own)


@pytest.mark.parametrize(
    ("more", "field", "told"),
    [
        ({"aid_paid_on": date(2021, 6, 30)}, "aid_paid_on", "不能早于录取日期 2021-07-01"),
        ({"aid_paid_on": date(2021, 9, 25)}, "aid_paid_on", "不能晚于今天"),
        ({"aid_paid_on": date(2021, 8, 2)}, "aid_paid_on", "已于 2021-08-01 退学"),
    ],
)
def test_aid_is_paid_between_admission_and_leaving(
    plan: Any, as_actor: Any, more: Any, field: str, told: str
) -> None:
    row = plan.applicants[0]
    put(row, Stage.DROPPED_OUT)
    row.accepted_on, row.dropped_on = date(2021, 7, 1), date(2021, 8, 1)
    with as_actor("bob"), pytest.raises(RuleViolated) as refused:
        validate_row(registry.get("training.aidpayment"), aid(plan, "2021", "autumn", 1500, **more), None)
    assert told in str(refused.value.problems[field][0])


def test_aid_before_admission_and_twice_a_term_is_refused_and_above_the_year_questioned(
    plan: Any, as_actor: Any
) -> None:
    ledger, row = registry.get("training.aidpayment"), plan.applicants[0]
    with as_actor("bob"), pytest.raises(RuleViolated) as refused:
        validate_row(ledger, aid(plan, "2021", "autumn", 1500), None)
    assert "还没有录取" in str(refused.value.problems["applicant"][0])
    put(row, Stage.ADMITTED)
    with context.unscoped("example"):
        aid(plan, "2021", "autumn", 1500).save(force_insert=True)
    with as_actor("bob"):
        with pytest.raises(RuleViolated, match="这个学期已发放过资助"):
            create_row(ledger, values_of(aid(plan, "2021", "autumn", 1500)), actor=context.current().actor)
        assert ledger.warn(aid(plan, "2022", "spring", 1500)) == {}
        assert "这一学年共 3,001" in str(ledger.warn(aid(plan, "2022", "spring", 1501))["aid_paid"][0])
        assert ledger.warn(aid(plan, "2021", "spring", 3000)) == {}  # the school year before


def values_of(row: AidPayment) -> dict[str, Any]:
    names = ("applicant", "period", "school_term", "aid_paid", "aid_paid_on")
    return {name: getattr(row, name) for name in names}


def test_nobody_is_admitted_by_two_schools_at_once(plan: Any, as_actor: Any) -> None:
    first = plan.applicants[0]
    with context.unscoped("example"):
        other = EnrolmentPlan.objects.create(
            code="ZS2", school=plan.row.school, major="数控", period="2021", quota=5, **plan.own
        )
        second = Applicant.objects.create(
            enrolment_plan=other, person=first.person, enrolled_on=date(2021, 6, 2), **plan.own
        )
    move(as_actor, "vera", first, Stage.ADMITTED)
    with pytest.raises(RuleViolated, match="已被演示学校（ZS1 护理）录取") as refused:
        move(as_actor, "vera", second, Stage.ADMITTED)
    assert refused.value.refusal == "already_admitted"
    move(as_actor, "bob", first, Stage.DROPPED_OUT, row_version=2)
    assert move(as_actor, "vera", second, Stage.ADMITTED).accepted_on == DAY


def test_the_same_pupil_applies_to_a_plan_once_and_the_quota_stays_above_who_was_admitted(
    plan: Any, as_actor: Any
) -> None:
    for row in plan.applicants[:2]:
        put(row, Stage.ADMITTED)
    with as_actor("bob") as bob:
        again = {"enrolment_plan": plan.row, "person": plan.applicants[0].person, "enrolled_on": DAY}
        with pytest.raises(RuleViolated, match="该人员已报名这个计划"):
            create_row(registry.get("training.applicant"), again, actor=bob)
        ledger, fewer = registry.get("training.enrolmentplan"), EnrolmentPlan.objects.get(pk=plan.row.pk)
        fewer.quota = 1
        with pytest.raises(RuleViolated) as refused:
            validate_row(ledger, fewer, plan.row)
    assert "已录取 2 人" in str(refused.value.problems["quota"][0])


def test_from_plan_to_work_every_step_is_taken_and_counted(plan: Any, as_actor: Any, sign_in: Any) -> None:
    row = plan.applicants[0]
    days = {
        Stage.ADMITTED: date(2021, 6, 10),
        Stage.PRACTISING: date(2021, 6, 20),
        Stage.GRADUATED: date(2021, 7, 1),
    }
    for version, (stage, day) in enumerate(days.items(), 1):
        who = "vera" if stage == Stage.ADMITTED else "bob"
        move(as_actor, who, row, stage, day=day, row_version=version)
    with context.unscoped("example"):
        aid(plan, "2021", "spring", 1500, aid_paid_on=date(2021, 6, 15)).save(force_insert=True)
        EmploymentSpell.objects.create(
            person=row.person, employer_name="演示医院", post="护理", destination="paired",
            started_on=date(2021, 8, 1), period="2021Q3", **plan.own,
        )  # fmt: skip
    (line,) = sign_in("bob").get("/api/v1/training/books/enrolment/?period=2021").json()["lines"]
    names = ("asked", "admitted", "practising", "graduated", "free", "aid", "employed")
    assert [line[name] for name in names] == ["3", "1", "0", "1", "1", "1,500.00", "1"]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["2020", "2021", "2022"]), st.sampled_from(["autumn", "spring"])),
        st.integers(0, 5000).map(Decimal),
    )
)
def test_every_payment_belongs_to_one_school_year(paid: Any) -> None:
    years = {rules.school_year(*key): key for key in paid}
    assert sum(rules.paid_in_school_year(paid, *key) for key in years.values()) == sum(paid.values())


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
