"""A visit is settled by rows of both sides, explained, taken back; what cannot be is refused by number."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from shanhai.domains.insurance import explaining, lookup
from shanhai.domains.insurance.actions import advance_filing, reverse_settlement, settle_visit
from shanhai.domains.insurance.models import BenefitRule, CatalogueItem, FeeLine, Filing, Settlement
from shanhai.domains.insurance.settling import try_settlement
from shanhai.engines.settlement import NOTHING_YET
from shanhai.kernel import context
from shanhai.kernel.actions import validate_row
from shanhai.kernel.errors import Conflict, NotVisible, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State

from .conftest import visit


def paid(row: Settlement) -> tuple[Decimal, ...]:
    return row.pool, row.serious, row.assistance, row.cash_pay


def test_the_worked_example_from_fee_lines_to_what_the_patient_pays(example: Any, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        made = settle_visit(example.visit.pk, actor=alice, row_version=1)
        assert paid(made) == (20_700, 4_980, 4_992, 11_328)
        assert (made.own_pay, made.over_price, made.pre_pay, made.in_scope) == (3200, 300, 2500, 36_000)
        told = {one["label"]: one["sentence"] for one in explaining.of_settlement(made)}
    assert (
        told["统筹基金"] == "范围内还剩 36,000.00，起付线 1,500.00，超过的部分 34,500.00：34,500.00 按 60%。"
    )
    assert told["个人负担"] == "总额 42,000.00 减基金支付 30,672.00；其中个人账户 0.00，现金 11,328.00。"


def test_a_second_visit_goes_on_from_the_year_and_a_reversal_restores_it(example: Any, as_actor: Any) -> None:
    index = example.here.identity_number_index
    with as_actor("alice") as alice:
        first = settle_visit(example.visit.pk, actor=alice, row_version=1)
        after = lookup.year_so_far(index, 2021)
        again = visit(example, "ZY2", date(2021, 9, 1), date(2021, 9, 8))
        second = settle_visit(again.pk, actor=alice, row_version=1)
        assert second.serious == Decimal("9180.00") > first.serious  # the line of the year is behind
        with pytest.raises(RuleViolated, match="其后还有结算 ZY2-1"):
            reverse_settlement(example.visit.pk, reason="重复", actor=alice, row_version=1)
        taken = reverse_settlement(again.pk, reason="医院退费", actor=alice, row_version=1)
        assert paid(taken) == tuple(-one for one in paid(second))
        assert lookup.year_so_far(index, 2021) == after
        with pytest.raises(RuleViolated, match="302"):
            reverse_settlement(again.pk, reason="医院退费", actor=alice, row_version=1)
        reverse_settlement(example.visit.pk, reason="重复", actor=alice, row_version=1)
        assert lookup.year_so_far(index, 2021) == NOTHING_YET
        assert paid(settle_visit(example.visit.pk, actor=alice, row_version=1)) == paid(first)


def test_category_and_kind_of_filing_change_the_layers(example: Any, as_actor: Any) -> None:
    with context.unscoped("test"):
        example.entitlement.category = "monitored"
        example.entitlement.save()
        example.filing.kind = "other"
        example.filing.save()
    with as_actor("alice"):
        settled = try_settlement(example.visit).settled
    assert settled is not None
    # 34,500 x 0.4; (22,200 - 3,500) x 0.65; (10,045 - 2,000) x 0.6
    assert [one / 100 for one in settled.paid] == [13_800, 12_155, 4_827]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda made: _change(made.filing, valid_from=date(2021, 8, 13)), "202"),
        (lambda made: _change(made.filing, state=State.RETURNED), "202"),
        (lambda made: _change(made.entitlement, valid_to=date(2021, 7, 31)), "201"),
        (lambda made: _change(made.visit, discharged_on=None), "101"),
        (lambda made: _change(made.visit, billed=Decimal("42000.01")), "明细合计 42,000.00 元"),
        (lambda made: _change(made.visit, care="outpatient"), "203"),
        (lambda made: _change(made.visit, state=State.DRAFT), "100"),
    ],
)
def test_what_cannot_be_settled_is_refused_by_number(
    example: Any, as_actor: Any, spoil: Any, reason: str
) -> None:
    spoil(example)
    with as_actor("alice") as alice, pytest.raises(RuleViolated, match=reason):
        settle_visit(example.visit.pk, actor=alice, row_version=1)


def _change(row: Any, **values: Any) -> None:
    with context.unscoped("test"):
        type(row).objects.filter(pk=row.pk).update(**values)


def test_a_filing_that_came_before_discharge_still_counts(example: Any, as_actor: Any) -> None:
    _change(example.filing, valid_from=date(2021, 8, 12))
    with as_actor("alice") as alice:
        assert settle_visit(example.visit.pk, actor=alice, row_version=1).pool == 20_700


def test_nobody_settles_twice_nor_an_old_version_nor_what_is_not_theirs(example: Any, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        with pytest.raises(Conflict):
            settle_visit(example.visit.pk, actor=alice, row_version=9)
        settle_visit(example.visit.pk, actor=alice, row_version=1)
        with pytest.raises(RuleViolated, match="301"):
            settle_visit(example.visit.pk, actor=alice, row_version=1)
    with as_actor("bob") as bob, pytest.raises(NotVisible):
        settle_visit(example.visit.pk, actor=bob, row_version=1)


def test_a_settlement_is_a_record_that_nobody_changes(example: Any, as_actor: Any) -> None:
    with as_actor("alice") as alice:
        made = settle_visit(example.visit.pk, actor=alice, row_version=1)
        made.cash_pay = Decimal(0)
        with pytest.raises(Exception, match="insurance_settlement"), connections["default"].cursor():
            made.save()


def test_an_item_without_a_price_on_the_day_is_refused_at_its_cell(example: Any, as_actor: Any) -> None:
    ledger = registry.get("insurance.feeline")
    with as_actor("alice"):
        line = (
            FeeLine.objects.select_related("visit", "item", "owner_unit").filter(visit=example.visit).first()
        )
        line.item.valid_from = date(2021, 8, 2)
        with pytest.raises(RuleViolated) as refused:
            validate_row(ledger, line, None)
    assert "没有价格" in str(refused.value.problems["item"][0])


def test_a_code_finds_the_newest_price_and_with_a_day_that_of_the_day(example: Any, as_actor: Any) -> None:
    with context.unscoped("test"):
        newer = CatalogueItem.objects.get(code="B")
        newer.pk, newer.valid_from, newer._state.adding = None, date(2021, 9, 1), True
        newer.save()
    with as_actor("alice"):
        found = CatalogueItem.resolve_references(["B", "B 2021-01-01", "Z"])
    assert {text: str(item.valid_from) for text, item in found.items()} == {
        "B": "2021-09-01",
        "B 2021-01-01": "2021-01-01",
    }


def test_a_filing_moves_on_by_its_term(example: Any, as_actor: Any) -> None:
    filing = example.filing
    _change(
        filing, standing=Filing.Standing.ACCEPTED, valid_from=None, kind="referral", filed_on=date(2021, 1, 4)
    )
    with as_actor("bob") as bob:
        moved = advance_filing(
            filing.pk, standing=Filing.Standing.EFFECTIVE, day=date(2021, 8, 31), actor=bob, row_version=1
        )
        assert (moved.valid_from, moved.valid_to) == (date(2021, 8, 31), date(2022, 2, 27))
        with pytest.raises(RuleViolated, match="最早 2022-02-28"):
            advance_filing(
                filing.pk, standing=Filing.Standing.CHANGED, day=date(2021, 9, 20), actor=bob, row_version=2
            )
        ended = advance_filing(
            filing.pk, standing=Filing.Standing.CANCELLED, day=date(2021, 9, 20), actor=bob, row_version=2
        )
        assert (ended.standing, ended.valid_to) == ("cancelled", date(2021, 9, 20))
        with pytest.raises(RuleViolated, match="已注销的备案不能改为已受理"):
            advance_filing(
                filing.pk, standing=Filing.Standing.ACCEPTED, day=date(2021, 9, 20), actor=bob, row_version=3
            )


def test_two_rules_that_hold_alike_are_named_and_nothing_is_guessed(example: Any, as_actor: Any) -> None:
    with context.unscoped("test"):
        rule = BenefitRule.objects.get(code="G1")
        rule.pk, rule.code, rule._state.adding = None, "G9", True
        rule.save()
    with as_actor("alice"):
        (refusal,) = try_settlement(example.visit).refusals
    assert str(refusal) == "待遇规定 G1 与 G9 同时有效，请参保地停用一条。（代码 204）"
