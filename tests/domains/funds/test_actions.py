"""A reported project moves on by the moves in force; the page of checks finds what is wrong with money."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shanhai.domains.funds.actions import advance_project
from shanhai.domains.funds.models import Payment, Project, Stage, StageMove
from shanhai.kernel import context
from shanhai.kernel.actions import create_row
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State


def pay(project: Project, amount: str, *, actor: Any, day: date = date(2021, 6, 30)) -> Payment:
    values = {
        "project": project,
        "voucher_number": f"BF-{amount}",
        "kind": Payment.Kind.PROGRESS,
        "amount": Decimal(amount),
        "paid_on": day,
        "payee": "演示建设有限公司",
        "period": f"{day:%Y-%m}",
    }
    row: Payment = create_row(registry.get("funds.payment"), values, actor=actor)
    return row


def test_a_verified_project_moves_to_the_next_stage(project: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        found = advance_project(
            project.pk, stage=Stage.BUILDING, progress=Decimal(40), actor=bob, row_version=1
        )
    assert (found.state, found.stage, found.progress) == (State.VERIFIED, Stage.BUILDING, Decimal(40))


@pytest.mark.parametrize(
    ("stage", "progress", "sentence"),
    [
        (Stage.ACCEPTED, Decimal(40), "项目不能从“开工”直接到“验收”"),
        (Stage.BUILDING, Decimal(101), "100"),
    ],
)
def test_what_the_moves_or_the_scale_do_not_allow_is_refused(
    project: Any, as_actor: Any, stage: Stage, progress: Decimal, sentence: str
) -> None:
    with as_actor("bob") as bob, pytest.raises(RuleViolated, match=sentence):
        advance_project(project.pk, stage=stage, progress=progress, actor=bob, row_version=1)


def test_the_side_that_pays_reads_the_project_and_may_not_move_it(project: Any, as_actor: Any) -> None:
    with as_actor("carol") as carol, pytest.raises(NotAllowed):
        advance_project(project.pk, stage=Stage.BUILDING, progress=Decimal(40), actor=carol, row_version=1)


@pytest.mark.parametrize(
    ("amount", "day", "field"),
    [
        ("0", date(2021, 6, 30), "amount"),
        ("-1", date(2021, 6, 30), "amount"),
        ("1", date(2021, 9, 25), "paid_on"),
    ],
)
def test_nothing_or_less_and_days_to_come_are_not_paid(
    project: Any, as_actor: Any, amount: str, day: date, field: str
) -> None:
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        pay(project, amount, actor=bob, day=day)
    assert field in refused.value.problems


def test_more_than_the_budget_is_not_entered(project: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob, pytest.raises(RuleViolated) as refused:
        pay(project, "1040000", actor=bob)
    assert refused.value.refusal == "more_than_before"
    assert "还剩 1,000,000.00 元，这样会超出 40,000.00 元" in str(refused.value)


def test_two_rules_for_one_step_never_hold_on_the_same_day(cast: Any) -> None:
    with context.unscoped("test"), pytest.raises(IntegrityError), transaction.atomic():
        StageMove.objects.create(
            stage=Stage.STARTED, next_stage=Stage.BUILDING, valid_from=date(2021, 1, 1), source="再定一次"
        )
