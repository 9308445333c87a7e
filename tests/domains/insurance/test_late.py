"""A visit that came late takes its place in the year; what follows changes openly and is cleared next."""

import json
from datetime import date
from decimal import Decimal
from itertools import permutations
from random import Random
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.insurance import bookkeeping, clearing, late, lookup
from shanhai.domains.insurance.actions import reverse_settlement, settle_visit
from shanhai.domains.insurance.models import (
    BenefitRule,
    Clearing,
    Entitlement,
    FeeLine,
    Filing,
    LedgerEntry,
    MedicalVisit,
    Settlement,
)
from shanhai.engines.settlement import (
    NOTHING_YET,
    Accumulators,
    Band,
    Claim,
    Fund,
    Layer,
    Rules,
    Settled,
    settle_in_turn,
)
from shanhai.kernel import context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated

from .conftest import visit

NOTHING = Decimal(0)


@pytest.fixture
def year(example: Any) -> list[MedicalVisit]:
    """Four bills of different size over August, under a line halved from the second on and two caps."""
    with context.unscoped("test"):
        BenefitRule.objects.filter(fund="pool").update(again=50, cap=60_000)
        BenefitRule.objects.filter(fund="assistance").update(cap=9_000)
    found = [
        example.visit,
        *(visit(example, f"ZY{day}", date(2021, 8, day), date(2021, 8, day + 3)) for day in (13, 18, 24)),
    ]
    with context.unscoped("test"):
        for one, more in zip(found, (0, 3_000, -9_000, 41_000), strict=True):
            line = FeeLine.objects.get(visit=one, ordinal=4)
            line.price += more
            line.save()
            MedicalVisit.objects.filter(pk=one.pk).update(billed=one.billed + more)
            one.refresh_from_db()
    return found


def arrive(row: MedicalVisit, as_actor: Any) -> list[Settlement]:
    """Settled as the bureau does: at once, or late at its place."""
    with as_actor("alice") as alice:
        try:
            return [settle_visit(row.pk, actor=alice, row_version=row.row_version)]
        except RuleViolated as refused:
            assert "305" in str(refused)
        plan = late.plan_of(row, alice)
        told = {"reason": "医院补传", "seen": plan.seen, "row_version": row.row_version}
        return late.settle_late(row.pk, actor=alice, **told)


def standing() -> dict[str, tuple[Any, ...]]:
    with context.unscoped("test"):
        rows = Settlement.objects.filter(reverses__isnull=True, reversal__isnull=True)
        return {one.visit.number: tuple(getattr(one, name) for name in late.CHANGEABLE) for one in rows}


def test_whatever_the_order_of_arrival_the_year_is_that_of_the_declared_order(
    year: list[MedicalVisit], as_actor: Any
) -> None:
    """Accumulators and each visit's amounts, over six of the 24 orders and a reversal in between."""
    index = lookup.index_of(year[0].person)
    for one in year:
        arrive(one, as_actor)
    declared, accumulated = standing(), lookup.year_so_far(index, 2021)
    sums = [sum(column) for column in zip(*declared.values(), strict=True)]
    assert (sums[1], sums[3]) == (60_000, 9_000)  # both caps are reached, so that each hangs on the others
    orders = Random(20210924).sample(sorted(permutations(range(4))), 6)
    for order in orders:
        _clear_away(year, as_actor)
        assert lookup.year_so_far(index, 2021) == NOTHING_YET
        for turn in order:
            arrive(year[turn], as_actor)
        assert standing() == declared
        assert lookup.year_so_far(index, 2021) == accumulated


def _clear_away(year: list[MedicalVisit], as_actor: Any) -> None:
    """All taken back, the newest first."""
    with as_actor("alice") as alice:
        while rows := list(Settlement.objects.filter(reverses__isnull=True, reversal__isnull=True)):
            newest = max(rows, key=lambda one: one.pk)
            version = newest.visit.row_version
            reverse_settlement(newest.visit_id, reason="重来", actor=alice, row_version=version)


@given(st.permutations(range(5)), st.lists(st.integers(1, 90_000), min_size=5, max_size=5), st.booleans())
def test_putting_each_at_its_place_is_the_declared_order_whatever_the_bills(
    order: list[int], bills: list[int], is_yearly: bool
) -> None:
    """The arithmetic alone: what stands behind is left out of the sums, and settled on from the new one."""
    pool = Layer(Fund.POOL, 1_000, (Band(None, 6000),), cap=60_000, again=5000)
    rest = Layer(Fund.SERIOUS, 7_000, (Band(9_000, 5000), Band(None, 6000)), is_yearly=is_yearly)
    rules, claims = Rules((pool, rest)), [Claim(bill) for bill in bills]
    stands: dict[int, Settled] = {}
    for turn in order:
        before = NOTHING_YET
        for place in sorted(stands):
            if place < turn:
                before = before.plus(stands[place].counted, stands[place].paid)
        behind = [turn, *sorted(place for place in stands if place > turn)]
        again = settle_in_turn([(claims[place], rules) for place in behind], before)
        stands |= dict(zip(behind, again, strict=True))
    declared = settle_in_turn([(claim, rules) for claim in claims])
    assert [stands[place].paid for place in range(5)] == [one.paid for one in declared]
    total = Accumulators()
    for one in stands.values():
        total = total.plus(one.counted, one.paid)
    assert total == declared[-1].after


def test_differences_are_shown_before_anything_is_written_and_written_as_they_were_shown(
    year: list[MedicalVisit], as_actor: Any
) -> None:
    first, second, third, _last = year
    old = arrive(second, as_actor)[0]
    with as_actor("alice") as alice:
        with pytest.raises(RuleViolated, match="其后的就诊已结算 1 次（ZY13-1）"):
            settle_visit(first.pk, actor=alice, row_version=1)
        plan = late.plan_of(first, alice)
        assert Settlement.objects.count() == 1  # looked at, not written
        (change,) = plan.changes
        shown = {one.name: (one.old, one.new) for one in change.items}
        assert shown["deductible"] == (1500, 750)  # the line is halved from the second on
        assert plan.funds == -plan.own != 0
        told = {"seen": plan.seen, "actor": alice, "row_version": 1}
        with pytest.raises(RuleViolated, match="请写明原因"):
            late.settle_late(first.pk, reason=" ", **told)
        with pytest.raises(Conflict):
            late.settle_late(first.pk, reason="补传", **told | {"seen": "x"})
        with pytest.raises(Conflict):
            late.settle_late(first.pk, reason="补传", **told | {"row_version": 9})
        back, made, again = late.settle_late(first.pk, reason="补传", **told)
    assert [one.number for one in (back, made, again)] == ["ZY13-2", "ZY1-1", "ZY13-3"]
    assert (back.reverses, back.reason) == (old, "迟到结算 ZY1：补传")
    assert {one.name: (one.old, getattr(again, one.name)) for one in change.items} == shown
    with as_actor("alice") as alice:
        with pytest.raises(RuleViolated, match="其后还有结算 ZY13-3"):
            reverse_settlement(first.pk, reason="退费", actor=alice, row_version=1)
        plan = late.plan_of(third, alice)  # nothing comes after it
        assert (plan.changes, plan.kept) == ((), 0)
    arrive(third, as_actor)


def test_what_moved_on_since_it_was_looked_at_is_looked_at_again(
    year: list[MedicalVisit], as_actor: Any
) -> None:
    first, second, _third, last = year
    arrive(second, as_actor)
    with as_actor("alice") as alice:
        seen = late.plan_of(first, alice).seen
    arrive(last, as_actor)
    with as_actor("alice") as alice, pytest.raises(Conflict):
        late.settle_late(first.pk, reason="补传", seen=seen, actor=alice, row_version=1)


def test_what_became_of_filing_and_entitlement_since_changes_nothing_of_what_was_settled(
    year: list[MedicalVisit], as_actor: Any
) -> None:
    first, second, _third, _last = year
    for one in (first, second):
        arrive(one, as_actor)
    declared = standing()
    _clear_away(year, as_actor)
    arrive(second, as_actor)
    with context.unscoped("test"):
        Filing.objects.update(valid_to=date(2021, 8, 12))
        Entitlement.objects.update(valid_to=date(2021, 8, 12))
    arrive(first, as_actor)
    assert standing() == declared


def test_a_month_that_was_cleared_is_corrected_in_the_next(
    example: Any, year: list[MedicalVisit], as_actor: Any
) -> None:
    first, second, _third, _last = year
    old = arrive(second, as_actor)[0]
    with context.unscoped("test"):
        month = Clearing.objects.create(number="QS1", period="2021-09", **example.east)
        following = Clearing.objects.create(number="QS2", period="2021-10", **example.east)
    _go(month, as_actor, "requested", "confirmed", "paid", "completed")
    with as_actor("alice") as alice:
        (change,) = late.plan_of(first, alice).changes
        assert change.cleared_in == "QS1"
    back, made, again = arrive(first, as_actor)
    _go(following, as_actor, "requested")
    with context.unscoped("test"):
        assert [one.number for one in month.lines.all()] == [old.number]
        assert bookkeeping.total_of(month) == _fund(old)
        assert {one.number for one in following.lines.all()} == {back.number, made.number, again.number}
        assert bookkeeping.total_of(following) == _fund(made) + _fund(again) - _fund(old)
        entries = LedgerEntry.objects.all()
        assert bookkeeping.balance(entries, "fronted") == -(_fund(made) + _fund(again))


def _fund(row: Settlement) -> Decimal:
    return row.pool + row.serious + row.assistance


def _go(row: Clearing, as_actor: Any, *kinds: str) -> None:
    for seen, kind in enumerate(kinds):
        with as_actor("bob" if kind in clearing.OF_INSURED else "alice") as actor:
            clearing.take_step(row.pk, kind, actor=actor, seen=seen)


def test_it_is_the_right_of_whoever_settles_and_another_unit_keeps_its_own(
    example: Any, year: list[MedicalVisit], as_actor: Any
) -> None:
    first, second, _third, _last = year
    arrive(second, as_actor)
    told = {"reason": "x", "seen": "x", "row_version": 1}
    with as_actor("bob") as bob, pytest.raises(NotVisible):
        late.settle_late(first.pk, actor=bob, **told)
    with as_actor("dave") as auditor, pytest.raises((NotAllowed, NotVisible)):
        late.settle_late(first.pk, actor=auditor, **told)
    with context.unscoped("test"):
        MedicalVisit.objects.filter(pk=second.pk).update(owner_unit=example.cast.dm_finance)
    with as_actor("alice") as alice:
        plan = late.plan_of(first, alice)
        assert [one.number for one in plan.refusals] == ["306"]
        with pytest.raises(RuleViolated, match="其后的结算 ZY13-1 由本方别的单位办理"):
            late.settle_late(first.pk, actor=alice, **told)


def test_a_settlement_of_the_other_side_stays_and_the_late_one_comes_after_it(
    example: Any, year: list[MedicalVisit], as_actor: Any
) -> None:
    first, second, _third, _last = year
    old = arrive(second, as_actor)[0]
    with context.unscoped("test"):
        west = {"side": "west", "owner_unit": example.cast.mt_labour}
        MedicalVisit.objects.filter(pk=second.pk).update(**west)
    made = arrive(first, as_actor)
    assert [one.number for one in made] == ["ZY1-1"] and made[0].deductible == 750
    assert standing()["ZY13"][0] == old.deductible == 1500


def test_page_and_api_show_the_same_differences_and_settle(
    year: list[MedicalVisit], as_actor: Any, client_of: Any
) -> None:
    first, second, _third, _last = year
    arrive(second, as_actor)
    alice = client_of("alice")
    detail = alice.get(reverse("insurance:medicalvisit_detail", args=[first.pk])).content.decode()
    address = reverse("insurance:late", args=[first.pk])
    assert address in detail and "305" in detail
    page = alice.get(address).content.decode()
    assert "ZY13-1" in page and "1,500.00" in page and "还没有清算" in page and "按先后结算" in page
    api = f"/api/v1/insurance/medicalvisit/{first.pk}/"
    told = alice.get(f"{api}late/").json()
    assert told["changes"][0]["items"][0] == {
        "name": "deductible",
        "label": "实际起付",
        "old": "1500.00",
        "new": "750.00",
    }
    sent = {"row_version": 1, "seen": "x", "reason": "补传"}
    refused = alice.post(f"{api}settle-late/", json.dumps(sent), content_type="application/json")
    assert refused.status_code == 409
    missing = alice.post(
        reverse("insurance:settle_late", args=[first.pk]),
        {"row_version": "1", "seen": told["seen"], "reason": ""},
        follow=True,
    )
    assert "请写明原因" in missing.content.decode()
    sent["seen"] = told["seen"]
    done = alice.post(f"{api}settle-late/", json.dumps(sent), content_type="application/json").json()
    assert [one["number"] for one in done] == ["ZY13-2", "ZY1-1", "ZY13-3"]
    shown = alice.get(reverse("insurance:medicalvisit_detail", args=[second.pk])).content.decode()
    assert "撤销 ZY13-1：迟到结算 ZY1：补传" in shown
    again = alice.get(address).content.decode()
    assert "301" in again and "按先后结算" not in again
    assert client_of("bob").get(address).status_code == 404
    assert client_of("bob").get(f"{api}late/").status_code == 404
