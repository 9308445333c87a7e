"""Claims: found among the entitled or applied for, reviewed by two, never twice; every step and no other."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shanhai.domains.benefits import claim_actions, claim_rules
from shanhai.domains.benefits.claim_rules import MOVES, Step
from shanhai.domains.benefits.entitled import owed_of
from shanhai.domains.benefits.models import Claim, ClaimAnswer, Policy, Standing
from shanhai.kernel import actions, context
from shanhai.kernel.errors import Conflict, NotAllowed, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person

AUGUST = "2021-08"
LEDGER = registry.get("benefits.claim")


def found(policy: Policy, as_actor: Any, who: str = "bob") -> list[Claim]:
    """Claims of everyone owed, made by `who`."""
    with as_actor(who) as actor:
        digest = owed_of(policy, AUGUST).digest
        return claim_actions.claim_found(policy.pk, period_code=AUGUST, digest=digest, actor=actor)


def reviewed(claims: list[Claim], as_actor: Any, who: str = "vera") -> None:
    """First review."""
    with as_actor(who) as actor:
        for claim in claims:
            row = Claim.objects.get(pk=claim.pk)
            actions.step_row(LEDGER, row, LEDGER.life.by_name["verify"], actor=actor)


def approved(policy: Policy, as_actor: Any, who: str = "wang") -> claim_actions.Approved:
    with as_actor(who) as actor:
        return claim_actions.approve_claims(policy.pk, period_code=AUGUST, actor=actor)


def now(claim: Claim) -> Claim:
    with context.unscoped("test"):
        row: Claim = Claim.objects.select_related("policy", "person", "firm", "owner_unit").get(pk=claim.pk)
        return row


def test_who_is_owed_is_the_entitled_less_the_claimed(in_force: Policy, people: Any, as_actor: Any) -> None:
    with as_actor("wang"):
        owed = owed_of(in_force, AUGUST)
    assert [(str(one.subject), one.amount) for one in owed.lines] == [("演示1", 1000), ("演示2", 500)]
    claims = found(in_force, as_actor)
    assert [(one.amount, one.state, one.origin) for one in claims] == [
        (1000, "submitted", "found"),
        (500, "submitted", "found"),
    ]
    with as_actor("wang"):
        assert owed_of(in_force, AUGUST).lines == []
        kept = ClaimAnswer.objects.filter(claim=claims[0]).get()
    assert kept.reasons[0]["value"] and kept.amount == 1000


def test_a_list_that_changed_meanwhile_is_not_made(in_force: Policy, people: Any, as_actor: Any) -> None:
    with as_actor("bob") as actor, pytest.raises(Conflict):
        claim_actions.claim_found(in_force.pk, period_code=AUGUST, digest="0", actor=actor)
    with as_actor("ruth") as actor, pytest.raises(NotAllowed):
        claim_actions.claim_found(in_force.pk, period_code=AUGUST, digest="0", actor=actor)


def test_two_reviews_are_two_people(in_force: Policy, people: Any, as_actor: Any) -> None:
    claims = found(in_force, as_actor)
    reviewed(claims, as_actor, "wang")
    assert now(claims[0]).verified_by
    left = approved(in_force, as_actor, "wang").left
    assert len(left) == 2 and "由他人复审" in left[0][1]
    with as_actor("wang") as actor, pytest.raises(RuleViolated, match="由他人复审"):
        claim_actions.approve_claim(claims[0].pk, actor=actor, row_version=2)
    with as_actor("bob") as actor, pytest.raises(NotAllowed):
        claim_actions.approve_claims(in_force.pk, period_code=AUGUST, actor=actor)
    assert len(approved(in_force, as_actor, "vera").claims) == 2


def test_second_review_sets_the_amount_by_the_rows_as_they_are(
    in_force: Policy, people: Any, as_actor: Any
) -> None:
    claims = found(in_force, as_actor)
    reviewed(claims, as_actor)
    with context.unscoped("test"):  # what the claim rests on is gone
        people[1].employment_spells.update(destination="county")
    made = approved(in_force, as_actor)
    assert [one.number for one in made.claims] == [claims[0].number]
    assert made.left[0][0] == claims[1].number and "不能享受" in made.left[0][1]
    row = now(claims[0])
    assert (row.standing, row.amount, bool(row.subject_index)) == (Standing.APPROVED, Decimal(1000), True)


def test_row_life_is_closed_once_a_claim_is_approved(in_force: Policy, people: Any, as_actor: Any) -> None:
    claims = found(in_force, as_actor)
    reviewed(claims, as_actor)
    approved(in_force, as_actor)
    with as_actor("wang") as actor, pytest.raises(RuleViolated, match="待公示") as refused:
        row = Claim.objects.get(pk=claims[0].pk)
        actions.step_row(LEDGER, row, LEDGER.life.by_name["return"], actor=actor, reason="再看看")
    assert refused.value.refusal == "step_refused"


def applied(policy: Policy, person: Person, whose: Any, number: str, **more: Any) -> Claim:
    values = {"applied_on": date(2021, 9, 1), "benefit_period": AUGUST, **whose, **more}
    with context.unscoped("test"):
        return Claim.objects.create(policy=policy, person=person, number=number, **values)


def test_nobody_claims_twice_even_past_the_code(in_force: Policy, people: Any, whose: Any) -> None:
    first = applied(in_force, people[0], whose, "A1")
    with pytest.raises(IntegrityError), transaction.atomic():
        applied(in_force, people[0], whose, "A2")
    with context.unscoped("test"):
        Claim.objects.filter(pk=first.pk).update(standing="refused")
    applied(in_force, people[0], whose, "A2")


def test_one_kind_is_given_once_over_both_sides(
    in_force: Policy, people: Any, whose: Any, as_actor: Any, cast: Any
) -> None:
    """The same person on the other side, by another policy, in a period that is another but meets."""
    east = {"side": "east", "owner_unit": cast.dm_labour, "state": "verified"}
    number = demo_identity(area=328, born_on=date(1990, 1, 1), serial=1)
    with context.unscoped("test"):
        there = Person.objects.create(name="演示1", identity_number=number, **east)
        other = Policy.objects.create(
            code="D1", name="交通补贴", period_kind="year", legal_basis="演示", benefit_kind="交通", **east
        )
        Policy.objects.filter(pk=in_force.pk).update(benefit_kind="交通")
    approval = {"standing": "paid", "amount": 100, "approved_by": "x", "benefit_kind": "交通"}
    index = there.identity_number_index  # type: ignore[attr-defined]
    taken = applied(other, there, east, "D1", **approval, subject_index=index)
    with context.unscoped("test"):
        Claim.objects.filter(pk=taken.pk).update(benefit_period="2021")
    with as_actor("wang"):
        owed = owed_of(Policy.objects.get(pk=in_force.pk), AUGUST)
    assert ([str(one.subject) for one in owed.lines], owed.elsewhere) == (["演示2"], 1)
    claim = applied(in_force, people[0], {**whose, "submitted_by": "x", "verified_by": "y"}, "A1")
    with as_actor("wang") as actor, pytest.raises(RuleViolated, match="同类补贴"):
        claim_actions.approve_claim(claim.pk, actor=actor, row_version=1)
    with pytest.raises(IntegrityError), transaction.atomic():  # in the same period the database decides
        with context.unscoped("test"):
            Claim.objects.filter(pk=taken.pk).update(benefit_period=AUGUST)
        applied(in_force, people[0], whose, "A3", **approval, subject_index=index)


def test_every_step_from_every_standing(in_force: Policy, people: Any, whose: Any, as_actor: Any) -> None:
    """All standings by all steps: what the table has happens, nothing else does."""
    claim = applied(in_force, people[0], whose, "A1", amount=1000, subject_index="i", approved_by="z")
    for standing, step in product(Standing.values, Step):
        with context.unscoped("test"):
            Claim.objects.filter(pk=claim.pk).update(standing=standing)
            row = now(claim)
        expected = MOVES.get((standing, step))
        with as_actor("wang"):
            if expected is None:
                with pytest.raises(RuleViolated, match="不能这样办理"):
                    claim_actions.move(row, step, reason="试")
            else:
                claim_actions.move(row, step, reason="试")
        assert now(claim).standing == (expected or standing)


def test_what_was_paid_stays_so_and_what_was_refused_is_taken_up_from_the_beginning() -> None:
    ends = set(Standing.values) - {standing for standing, _step in MOVES}
    assert ends == {"paid", "withdrawn"}
    assert {after for (standing, _step), after in MOVES.items() if standing == "refused"} == {"pending"}
    assert set(MOVES.values()) | {"pending"} == set(Standing.values)
    reached = {step for (_standing, step), after in MOVES.items() if after == "paid"}
    assert reached == {Step.PAY}
    assert set(claim_rules.steps_from("noticed")) == {Step.OBJECT}


def test_an_objection_stops_a_claim_and_needs_a_reason(
    in_force: Policy, people: Any, whose: Any, as_actor: Any
) -> None:
    claim = applied(
        in_force, people[0], whose, "A1", amount=1000, subject_index="i", approved_by="z", standing="noticed"
    )
    with as_actor("bob") as actor:
        with pytest.raises(RuleViolated, match="理由"):
            claim_actions.decide_claim(claim.pk, step=Step.OBJECT, reason=" ", actor=actor, row_version=1)
        row = claim_actions.decide_claim(
            claim.pk, step=Step.OBJECT, reason="邻居反映在家", actor=actor, row_version=1
        )
        assert row.standing == Standing.OBJECTED
        with pytest.raises(NotAllowed):
            claim_actions.decide_claim(claim.pk, step=Step.DISMISS, reason="不实", actor=actor, row_version=2)


def test_a_claim_says_what_is_wrong_with_it(in_force: Policy, people: Any, as_actor: Any) -> None:
    values = {"number": "A1", "policy": in_force, "applied_on": date(2021, 9, 1)}
    wrong = (
        ({"benefit_period": "2021"}, "享受期请写成"),
        ({"benefit_period": "八月"}, "benefit_period"),
    )
    with as_actor("bob") as actor:
        for more, _sentence in wrong:
            with pytest.raises(RuleViolated) as refused:
                actions.create_row(LEDGER, {**values, "person": people[0], **more}, actor=actor)
            assert set(refused.value.problems) == {"benefit_period"}
        with pytest.raises(RuleViolated) as refused:
            actions.create_row(LEDGER, {**values, "benefit_period": AUGUST}, actor=actor)
        assert refused.value.problems


def test_the_pages_of_the_way(in_force: Policy, people: Any, as_actor: Any, sign_in: Any) -> None:
    client = sign_in("bob")
    shown = client.get(f"/benefits/policy/{in_force.pk}/paying/?period={AUGUST}")
    text = shown.content.decode()
    assert "1,500.00" in text and "生成申领" in text
    digest = text.split('name="digest" value="')[1][:64]
    sent = {"period": AUGUST, "digest": digest}
    assert client.post(f"/benefits/policy/{in_force.pk}/find/", sent).status_code == 302
    with as_actor("wang"):
        claims = list(Claim.objects.order_by("number"))
    assert [one.number for one in claims] == ["SL2021-00001", "SL2021-00002"]
    reviewed(claims, as_actor)
    client = sign_in("wang")
    shown = client.get(f"/benefits/claim/{claims[0].pk}/").content.decode()
    assert "按现有记录核定" in shown and "复审通过" in shown
    client.post(f"/benefits/claim/{claims[0].pk}/approve/", {"row_version": 2})
    approved = now(claims[0])
    assert approved.standing == Standing.APPROVED
    shown = client.get(f"/benefits/claim/{approved.pk}/").content.decode()
    keys = [key for key in (approved.verified_by, approved.approved_by) if f">{key}<" in shown]
    assert not keys, "people have names"
    client.post(f"/benefits/policy/{in_force.pk}/approve/", {"period": AUGUST})
    assert now(claims[1]).standing == Standing.APPROVED
    client.post(
        f"/benefits/claim/{claims[1].pk}/decide/",
        {"step": "withdraw", "reason": "本人放弃", "row_version": 3},
    )
    assert now(claims[1]).standing == Standing.WITHDRAWN


def test_the_way_through_the_api(in_force: Policy, people: Any, as_actor: Any, sign_in: Any) -> None:
    base = f"/api/v1/benefits/policy/{in_force.pk}"
    client = sign_in("bob")
    told = client.get(f"{base}/paying/?period={AUGUST}").json()
    assert (told["total"], len(told["owed"])) in {("1500.00", 2), ("1500", 2)}
    body = {"period": AUGUST, "digest": told["digest"]}
    made = client.post(f"{base}/find/", body, content_type="application/json").json()["numbers"]
    with as_actor("wang"):
        claims = list(Claim.objects.filter(number__in=made))
    reviewed(claims, as_actor)
    client = sign_in("wang")
    done = client.post(f"{base}/approve/", {"period": AUGUST}, content_type="application/json").json()
    assert sorted(done["approved"]) == sorted(made) and not done["left"]
