"""What comes late: claims after their last day, facts that entitle the refused, hires of an earlier time."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samples.pages import api
from shanhai.domains.benefits import claim_actions, rules
from shanhai.domains.benefits.actions import release_policy
from shanhai.domains.benefits.claim_rules import Step
from shanhai.domains.benefits.entitled import entitled_of
from shanhai.domains.benefits.facts import asked_of
from shanhai.domains.benefits.late_claims import refused_yet_entitled
from shanhai.domains.benefits.models import Claim, Policy, PolicyTerm, Standing
from shanhai.domains.benefits.texts import digest_of, terms_of, text_of
from shanhai.domains.labour.models import EmploymentSpell
from shanhai.engines.values import Period
from shanhai.kernel import actions, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body, Person

AUGUST = "2021-08"
LEDGER = registry.get("benefits.claim")


@pytest.fixture
def closing(policy: Policy, whose: Any, as_actor: Any) -> Policy:
    """In force: to be claimed within 20 days after the month, and since May within 10."""
    for days, first, last in (("20", date(2021, 1, 1), date(2021, 4, 30)), ("10", date(2021, 5, 1), None)):
        with context.unscoped("test"):
            PolicyTerm.objects.create(
                policy=policy, number=5, kind="deadline", value=Decimal(days), wording="次月内申领",
                legal_basis="演示", valid_from=first, valid_to=last, **whose,
            )  # fmt: skip
    with as_actor("wang") as actor:
        digest = digest_of(text_of(policy, terms_of(policy)))
        release_policy(policy.pk, digest=digest, note="首次", actor=actor)
    return policy


def test_the_last_day_is_that_of_the_term_in_force_at_the_end_of_the_period(closing: Policy) -> None:
    with context.unscoped("test"):
        text = text_of(closing, terms_of(closing))
    assert list(rules.problems_of(text)) == []
    last_days = {code: rules.deadline_of(text, Period.parse(code)) for code in ("2021-03", AUGUST, "2020-12")}
    assert {code: one and one.last_day for code, one in last_days.items()} == {
        "2021-03": date(2021, 4, 20),
        AUGUST: date(2021, 9, 10),
        "2020-12": None,
    }
    again = [{**one, "number": 9} for one in text["terms"] if one["kind"] == "deadline"][:1]
    assert "申领期限只能有一条" in " ".join(rules.problems_of({**text, "terms": [*text["terms"], *again]}))


def test_a_late_claim_says_why_at_its_field_and_is_judged_one_by_one(
    closing: Policy, people: list[Person], as_actor: Any, client_of: Any
) -> None:
    values = {
        "policy": closing, "person": people[0], "benefit_period": AUGUST, "applied_on": date(2021, 9, 13),
    }  # fmt: skip
    with as_actor("bob") as bob:
        with pytest.raises(RuleViolated) as refused:
            actions.create_row(LEDGER, {**values, "number": "A1"}, actor=bob)
        (said,) = refused.value.problems["late_reason"]
        assert "申领截止 2021-09-10（次月内申领），迟了 3 天" in str(said)
        early = {**values, "number": "A0", "applied_on": date(2021, 7, 31)}
        with pytest.raises(RuleViolated) as refused:
            actions.create_row(LEDGER, early, actor=bob)
        assert set(refused.value.problems) == {"applied_on"}
        in_time = {**values, "number": "A2", "person": people[1], "applied_on": date(2021, 9, 10)}
        told = {**values, "number": "A1", "late_reason": "住院"}
        rows = [actions.create_row(LEDGER, one, actor=bob) for one in (told, in_time)]
        for row in rows:
            actions.step_row(LEDGER, row, LEDGER.life.by_name["submit"], actor=bob)
    with as_actor("vera") as vera:
        for row in rows:
            one = Claim.objects.get(pk=row.pk)
            actions.step_row(LEDGER, one, LEDGER.life.by_name["verify"], actor=vera)
    with as_actor("wang") as wang:
        done = claim_actions.approve_claims(closing.pk, period_code=AUGUST, actor=wang)
    assert [one.number for one in done.claims] == ["A2"]
    assert [(number, "逾期理由" in why) for number, why in done.left] == [("A1", True)]
    page = client_of("wang").get(f"/benefits/claim/{rows[0].pk}/").content.decode()
    assert "迟了 3 天" in page and "住院" in page and "复审通过" in page
    with as_actor("wang") as wang:
        version = Claim.objects.get(pk=rows[0].pk).row_version
        one = claim_actions.approve_claim(rows[0].pk, actor=wang, row_version=version)
    assert one.standing == Standing.APPROVED


def test_who_was_refused_and_is_entitled_by_what_came_later_is_taken_up_again(
    in_force: Policy, people: list[Person], whose: Any, as_actor: Any, client_of: Any
) -> None:
    """A fourth person is at home by the rows; the rows that say otherwise come after the refusal."""
    person, at = people[3], {"benefit_period": AUGUST, "applied_on": date(2021, 9, 1)}
    with context.unscoped("test"):
        claim = Claim.objects.create(
            policy=in_force, person=person, number="A4", submitted_by="x", verified_by="y", **at, **whose
        )
    with as_actor("wang") as wang:
        claim_actions.decide_claim(claim.pk, step=Step.REFUSE, reason="在县内", actor=wang, row_version=1)
        assert refused_yet_entitled(in_force, entitled_of(in_force, AUGUST)) == []
    with context.unscoped("test"):
        EmploymentSpell.objects.filter(person=person).update(destination="paired_city")
    browser = client_of("wang")
    page = browser.get(f"/benefits/policy/{in_force.pk}/paying/?period={AUGUST}").content.decode()
    assert "不予之后现有记录可享的" in page and "在县内" in page
    url = f"/api/v1/benefits/policy/{in_force.pk}/paying/?period={AUGUST}"
    assert [one["number"] for one in browser.get(url).json()["again"]] == ["A4"]
    body = {"step": "reopen", "reason": "八月在珠海的工资后来才报", "row_version": 2}
    done = browser.post(f"{api(LEDGER)}{claim.pk}/decide/", body, content_type="application/json")
    assert done.status_code == 200, done.content.decode()
    with as_actor("wang") as wang:
        assert refused_yet_entitled(in_force, entitled_of(in_force, AUGUST)) == []
        approved = claim_actions.approve_claim(claim.pk, actor=wang, row_version=3)
    assert (approved.standing, approved.amount) == (Standing.APPROVED, Decimal(1000))


def test_nobody_is_taken_up_again_who_has_a_claim_that_counts(
    in_force: Policy, people: list[Person], whose: Any, as_actor: Any
) -> None:
    told = {"policy": in_force, "benefit_period": AUGUST, "applied_on": date(2021, 9, 1), **whose}
    with context.unscoped("test"):
        old = Claim.objects.create(person=people[0], number="A1", standing="refused", **told)
        Claim.objects.create(person=people[0], number="A2", **told)
    with as_actor("wang") as wang:
        assert refused_yet_entitled(in_force, entitled_of(in_force, AUGUST)) == []
        with pytest.raises(RuleViolated, match="已有一笔申领"):
            claim_actions.decide_claim(old.pk, step=Step.REOPEN, reason="试", actor=wang, row_version=1)


def test_hires_of_an_earlier_time_are_not_new(people: list[Person], whose: Any, as_actor: Any) -> None:
    """Hired within the year; before it; before it and again within it; within it, and gone."""
    spells = (
        (0, [("2021-03-01", None)]),
        (1, [("2020-12-31", None)]),
        (2, [("2020-02-01", "2020-11-30"), ("2021-02-01", None)]),
        (3, [("2021-04-01", "2021-05-01")]),
    )
    with context.unscoped("test"):
        EmploymentSpell.objects.update(ended_on=date(2021, 1, 2))
        Person.objects.filter(pk__in=[one.pk for one in people[:3]]).update(category="monitored")
        firm = Body.objects.create(
            name="演示厂", credit_code=demo_credit_code(77), kind="enterprise", **whose
        )
        for number, told in spells:
            for first, last in told:
                EmploymentSpell.objects.create(
                    person=people[number], employer=firm, post="质检", destination="county",
                    started_on=date.fromisoformat(first), ended_on=last and date.fromisoformat(last),
                    period="2021Q1", **whose,
                )  # fmt: skip
    with as_actor("wang"):
        asked = asked_of("employer", Period.parse("2021"), ["west"])
        place = asked.keys.index(firm.pk)
        counted = {
            name: int(asked.population.columns[name, ""].values[place])
            for name in ("workers", "new_workers", "new_ex_poor")
        }
    assert counted == {"workers": 3, "new_workers": 1, "new_ex_poor": 1}
