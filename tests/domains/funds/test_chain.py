"""Paid never exceeds contract, contract never exceeds budget: by page, by file, in any order of things."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domains.funds.chains import change_of, contract_of, payment_of
from shanhai.domains.funds.models import Contract, ContractChange, Payment, Project
from shanhai.kernel import bulk, context
from shanhai.kernel.actions import create_row, step_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.within import exceeded
from shanhai.kernel.workflow import VOID, State

PAYMENTS, CONTRACTS = registry.get("funds.payment"), registry.get("funds.contract")


def values(contract: Contract, amount: str, number: int = 1) -> dict[str, Any]:
    row = payment_of(contract, amount, number)
    return {name: getattr(row, name) for name in PAYMENTS.fields}


def test_the_last_cent_of_a_contract_is_paid_and_no_more(contract: Contract, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        create_row(PAYMENTS, values(contract, "799999.99"), actor=bob)
        create_row(PAYMENTS, values(contract, "0.01", 2), actor=bob)
        with pytest.raises(RuleViolated) as refused:
            create_row(PAYMENTS, values(contract, "0.01", 3), actor=bob)
    told = "合同“HT-1”还剩 0.00 元，这样会超出 0.01 元（合同金额现为 800,000.00 元）。"
    assert str(refused.value) == f"{told}请核对拨付金额，或先登记并核实合同变更。"


@pytest.mark.parametrize(
    ("amount", "state", "most"),
    [
        ("50000", State.VERIFIED, "850000"),
        ("50000", State.SUBMITTED, "800000"),  # makes room when it is verified
        ("-50000", State.DRAFT, "750000"),  # takes room as soon as it is written
        ("-50000", State.VOIDED, "800000"),
    ],
)
def test_a_change_counts_for_what_may_be_paid(
    contract: Contract, as_actor: Any, amount: str, state: State, most: str
) -> None:
    with context.unscoped("test"):
        change_of(contract, amount, state)
    with as_actor("bob") as bob:
        with pytest.raises(RuleViolated, match=r"超出 0\.01 元"):
            create_row(PAYMENTS, values(contract, f"{most}.01"), actor=bob)
        create_row(PAYMENTS, values(contract, most), actor=bob)


def test_what_money_hangs_on_is_neither_voided_nor_made_smaller(contract: Contract, as_actor: Any) -> None:
    with context.unscoped("test"):
        Contract.objects.update(state=State.DRAFT)
    with as_actor("bob") as bob:
        create_row(PAYMENTS, values(contract, "300000"), actor=bob)
        with pytest.raises(RuleViolated, match=r"超出 300,000\.00 元"):
            step_row(CONTRACTS, contract, VOID, actor=bob, reason="写错")
    with context.unscoped("test"), pytest.raises(IntegrityError, match="more than"), transaction.atomic():
        Project.objects.update(budget=Decimal("799999.99"))


def test_a_payment_names_a_contract_of_its_project_where_there_is_one(
    contract: Contract, as_actor: Any
) -> None:
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        create_row(PAYMENTS, values(contract, "1") | {"contract": None}, actor=bob)
    assert refused.value.problems == {"contract": ["这个项目已登记合同，请选择这笔款项所属的合同。"]}


def test_a_contract_that_moves_takes_its_changes_to_the_budget_of_the_other_project(
    contract: Contract, project: Project
) -> None:
    with context.unscoped("test"):
        change_of(contract, "100000")
        other = Project.objects.get(pk=project.pk)
        other.pk, other.code, other.budget = None, "MT-2021-002", Decimal("899999.99")
        other.save(force_insert=True)
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Contract.objects.update(project=other)
        assert "协作项目“MT-2021-002”" in str(exceeded(refused.value))


AMOUNT = st.integers(1, 60).map(lambda tenths: Decimal(tenths) / 10 + Decimal("0.01"))
ONE = st.integers(0, 1)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), ONE, AMOUNT),
        st.tuples(st.just("file"), ONE, st.lists(AMOUNT, min_size=1, max_size=4)),
        st.tuples(st.just("amend"), st.integers(0, 9), AMOUNT),
        st.tuples(st.just("move"), st.integers(0, 9), ONE),
        st.tuples(st.just("void"), st.integers(0, 9), st.none()),
        st.tuples(st.just("change"), ONE, st.tuples(AMOUNT, st.booleans(), st.booleans())),
        st.tuples(st.just("verify"), st.integers(0, 9), st.none()),
        st.tuples(st.just("void change"), st.integers(0, 9), st.none()),
        st.tuples(st.just("sign"), ONE, AMOUNT),
        st.tuples(st.just("void contract"), ONE, st.none()),
        st.tuples(st.just("budget"), st.none(), AMOUNT),
    ),
    min_size=4,
    max_size=14,
)


@given(deeds=DEEDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_deeds_pays_more_than_there_is_or_loses_a_cent(
    project: Project, deeds: list[tuple[str, Any, Any]]
) -> None:
    with context.unscoped("property"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(budget=Decimal(12))
        contracts = [contract_of(project, f"HT-{n}", "4") for n in range(2)]
        for deed, which, what in deeds:
            before = paid_in_all(project)
            try:
                with transaction.atomic():
                    added = do(deed, which, what, contracts)
            except IntegrityError as error:
                assert exceeded(error) is not None
                added = Decimal(0)
            assert paid_in_all(project) == before + added
            hold(project, contracts)
        transaction.set_rollback(True)


def do(deed: str, which: Any, what: Any, contracts: list[Contract]) -> Decimal:
    """By how much more is paid now."""
    number = Payment.objects.count()
    if deed == "pay":
        payment_of(contracts[which], what, number).save(force_insert=True)
        return Decimal(what)
    if deed == "file":
        made = [payment_of(contracts[which], one, number + place) for place, one in enumerate(what)]
        bulk.insert_columns(Payment, bulk.columns_of(Payment, made, add=True))
        return sum(what, Decimal(0))
    if deed in {"amend", "void", "move"}:
        rows = list(Payment.objects.order_by("pk"))
        return touch(rows[which], deed, what, contracts) if which < number else Decimal(0)
    turn(deed, which, what, contracts)
    return Decimal(0)


def turn(deed: str, which: Any, what: Any, contracts: list[Contract]) -> None:
    """What changes how much may be paid."""
    changes = list(ContractChange.objects.order_by("pk").values_list("pk", flat=True))
    if deed == "change":
        amount, is_less, is_verified = what
        state = State.VERIFIED if is_verified else State.DRAFT
        change_of(contracts[which], -amount if is_less else amount, state)
    elif deed in {"verify", "void change"}:
        state = State.VERIFIED if deed == "verify" else State.VOIDED
        ContractChange.objects.filter(pk__in=changes[which : which + 1]).update(state=state)
    elif deed == "budget":
        Project.objects.update(budget=what)
    else:
        values = {"amount": what} if deed == "sign" else {"state": State.VOIDED}
        Contract.objects.filter(pk=contracts[which].pk).update(**values)


def touch(row: Payment, deed: str, what: Any, contracts: list[Contract]) -> Decimal:
    counted = Decimal(0) if row.state == State.VOIDED else row.amount
    chosen = Payment.objects.filter(pk=row.pk)
    if deed == "amend":
        chosen.update(amount=what)
        return what - counted if counted else Decimal(0)
    if deed == "void":
        chosen.update(state=State.VOIDED)
        return -counted
    chosen.update(contract=contracts[what])
    return Decimal(0)


def paid_in_all(project: Project) -> Decimal:
    return total(Payment.objects.live().filter(project=project))


def total(rows: Any) -> Decimal:
    return rows.aggregate(found=Sum("amount"))["found"] or Decimal(0)


def hold(project: Project, contracts: list[Contract]) -> None:
    live = Contract.objects.live()
    for one in contracts:
        verified = ContractChange.objects.filter(contract=one, state=State.VERIFIED)
        signed = total(live.filter(pk=one.pk))
        most = signed + total(verified) if signed else Decimal(0)
        assert total(Payment.objects.live().filter(contract=one)) <= most
    changes = ContractChange.objects.filter(contract__in=live, state=State.VERIFIED)
    budget = Project.objects.get(pk=project.pk).budget
    assert total(live) + total(changes) <= budget
    assert paid_in_all(project) <= budget
