"""What was paid at the hospital is claimed by hand: two reviewers, numbered refusals, paid into the year."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from shanhai.domains.insurance import claims, lookup
from shanhai.domains.insurance.actions import reverse_settlement
from shanhai.domains.insurance.models import Filing, ManualClaim, MedicalVisit, Threshold
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated

from .conftest import SINCE

#: Insured place as the one that keeps: whoever claims does so at home.
FIRST, SECOND = "alice", "carol"


@pytest.fixture
def claim(example: Any) -> ManualClaim:
    """The filing came after discharge; the bureau of the patient registered the bill by hand."""
    with context.unscoped("test"):
        Filing.objects.filter(pk=example.filing.pk).update(valid_from=date(2021, 8, 20))
        Threshold.objects.create(code="manual_months", value=6, valid_from=SINCE, source="演示")
        return ManualClaim.objects.create(
            number="SG1", visit=example.visit, applied_on=date(2021, 9, 1), sharing="private", **example.east
        )


def advance(
    as_actor: Any, claim: ManualClaim, who: str, status: str, version: int, **more: Any
) -> ManualClaim:
    with as_actor(who) as actor:
        return claims.advance_claim(claim.pk, status=status, actor=actor, row_version=version, **more)


def test_a_claim_is_reviewed_twice_and_paid_as_a_settlement_of_the_year(
    claim: ManualClaim, as_actor: Any
) -> None:
    advance(as_actor, claim, FIRST, "first", 1)
    with pytest.raises(RuleViolated, match="504"):
        advance(as_actor, claim, FIRST, "passed", 2)
    advance(as_actor, claim, SECOND, "passed", 2)
    paid = advance(as_actor, claim, FIRST, "paid", 3)
    assert (paid.claim_status, paid.reimbursed_on is not None) == ("paid", True)
    with as_actor("alice") as alice:
        made = MedicalVisit.objects.get(pk=claim.visit_id).settlements.get()
        # 34,500 x 0.4: without a filing twenty points less
        assert (made.filing_kind, made.pool) == ("other", Decimal(13_800))
        assert lookup.year_so_far(made.person_index, 2021).claims == 1
        with pytest.raises(RuleViolated, match="304"):
            reverse_settlement(claim.visit_id, reason="x", actor=alice, row_version=1)
    with pytest.raises(RuleViolated, match="现在是“报销已支付”"):
        advance(as_actor, claim, SECOND, "returned", 4, reason="x")


@pytest.mark.parametrize(
    ("spoil", "number"),
    [
        (lambda one: _change(one.visit, discharged_on=None), "501"),
        (lambda one: Filing.objects.update(valid_from=date(2021, 8, 2)), "502"),
        (lambda one: _change(one, applied_on=date(2022, 2, 13)), "503"),
        (lambda one: _change(one.visit, billed=Decimal(1)), "103"),
    ],
)
def test_what_cannot_be_claimed_is_refused_by_number(
    claim: ManualClaim, as_actor: Any, spoil: Any, number: str
) -> None:
    with context.unscoped("test"):
        spoil(claim)
    with pytest.raises(RuleViolated, match=number):
        advance(as_actor, claim, FIRST, "first", 1)


def _change(row: Any, **values: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(**values)


def test_a_claim_goes_back_with_a_reason_and_may_be_made_again(
    claim: ManualClaim, as_actor: Any, example: Any
) -> None:
    with pytest.raises(RuleViolated, match="请写明退回原因"):
        advance(as_actor, claim, FIRST, "returned", 1)
    with pytest.raises(Conflict):
        advance(as_actor, claim, FIRST, "first", 9)
    back = advance(as_actor, claim, FIRST, "returned", 1, reason="缺票据原件")
    assert back.sent_back_because == "缺票据原件"
    with context.unscoped("test"):
        ManualClaim.objects.create(
            number="SG2", visit=example.visit, applied_on=date(2021, 9, 2), **example.east
        )
    with as_actor("bob") as bob, pytest.raises(NotVisible):
        claims.advance_claim(claim.pk, status="first", actor=bob, row_version=2)


def test_the_page_shows_what_would_be_paid_and_takes_the_step(claim: ManualClaim, client_of: Any) -> None:
    alice, url = client_of("alice"), reverse("insurance:manualclaim_detail", args=[claim.pk])
    shown = alice.get(url).content.decode()
    assert "13,800.00" in shown and "初审通过" in shown
    step = reverse("insurance:advance_claim", args=[claim.pk])
    alice.post(step, {"status": "first", "row_version": "1"})
    refused = alice.post(step, {"status": "passed", "row_version": "2"}, follow=True)
    assert "初审和复审要由两个人办。" in refused.content.decode()
    api = f"/api/v1/insurance/manualclaim/{claim.pk}/"
    told = client_of("carol").post(
        f"{api}advance/", {"status": "passed", "row_version": 2}, content_type="application/json"
    )
    assert told.json()["claim_status"] == "passed"
    trial = alice.get(f"{api}trial/").json()
    assert [one["amount"] for one in trial["amounts"]][1] == "13,800.00"
