"""Who is still there after one, two, three years; leaders are followed for three, masked for the others."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.training.models import (
    IncubationBase,
    IncubationTenant,
    LeaderYear,
    TenantSupport,
    Trainee,
    TrainingClass,
)
from shanhai.domains.training.rules import incubation as rules
from shanhai.domains.training.rules.incubation import Tenant
from shanhai.kernel import context
from shanhai.kernel.actions import validate_row
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code, demo_identity
from shanhai.registers.parties.models import Body, Person

START = date(2019, 9, 24)


@pytest.mark.parametrize(
    ("closed_on", "years", "today", "found"),
    [
        (None, 1, date(2020, 9, 23), None),
        (None, 1, date(2020, 9, 24), True),
        (date(2020, 9, 24), 1, date(2021, 1, 1), True),
        (date(2020, 9, 23), 1, date(2021, 1, 1), False),
        (date(2020, 1, 1), 1, date(2020, 6, 1), None),  # known, but the year of the others is not over
        (date(2021, 1, 1), 2, date(2021, 9, 24), False),
        (None, 3, date(2022, 9, 24), True),
    ],
)
def test_survival_is_known_when_the_years_are_over(
    closed_on: date | None, years: int, today: date, found: bool | None
) -> None:
    assert rules.survived(Tenant(START, closed_on), years, today) is found


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_who_survived_longer_survived_before(length: int, passed: int) -> None:
    tenant, today = Tenant(START, START + timedelta(days=length)), START + timedelta(days=passed)
    found = [rules.survived(tenant, years, today) for years in rules.YEARS]
    for earlier, later in pairwise(found):
        assert later is None or earlier is not None
        assert not (later and not earlier)


def test_survival_counts_those_alone_whose_years_are_over() -> None:
    tenants = [Tenant(START), Tenant(START, date(2020, 1, 1)), Tenant(date(2021, 3, 1))]
    assert [rules.survival(tenants, years, date(2021, 9, 24)) for years in rules.YEARS] == [
        (1, 2),
        (1, 2),
        (0, 0),
    ]


@pytest.fixture
def base(cast: Any) -> SimpleNamespace:
    """A base with two tenants of 2019, one of which closed; a leader trained in 2019."""
    own = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("example"):
        body = Body.objects.create(name="演示园区公司", credit_code=demo_credit_code(74), **own)
        person = Person.objects.create(
            name="钱演示",
            identity_number=demo_identity(area=328, born_on=date(1985, 1, 1), serial=31),
            **own,
        )
        row = IncubationBase.objects.create(
            code="FH1", name="演示孵化园", base_keeper=body, opened_on=date(2018, 1, 1), room=10, **own
        )
        tenants = [
            IncubationTenant.objects.create(
                code=f"RZ{number}",
                name="演示作坊",
                base=row,
                founder=person,
                is_homecoming=True,
                moved_in_on=START,
                closed_on=closed_on,
                staff=3,
                **own,
            )
            for number, closed_on in enumerate((None, date(2020, 1, 1)))
        ]
        TenantSupport.objects.create(
            tenant=tenants[0],
            support_kind="grant",
            support_paid=Decimal(5000),
            paid_on=date(2020, 1, 1),
            **own,
        )
        held = TrainingClass.objects.create(
            code="DT1",
            name="带头人班",
            course="leader",
            trainer=body,
            opens_on=date(2019, 5, 1),
            closes_on=date(2019, 5, 9),
            places_offered=20,
            **own,
        )
        leader = Trainee.objects.create(
            training_class=held, person=person, enrolled_on=date(2019, 4, 1), **own
        )
    return SimpleNamespace(own=own, row=row, tenants=tenants, leader=leader, held=held)


def test_the_book_of_survival_sums_support_and_leaves_open_what_is_not_over(base: Any, sign_in: Any) -> None:
    (line,) = sign_in("bob").get("/api/v1/training/books/survival/?period=2021").json()["lines"]
    names = ("year", "tenants", "homecoming", "running", "staff", "support", "after_1", "after_2", "after_3")
    assert [line[name] for name in names] == ["2019", "2", "2", "1", "6", "5,000.00", "50.0", "50.0", ""]
    assert "演示孵化园" in sign_in("bob").get("/training/survival/").content.decode()


def test_a_leader_is_followed_three_years_and_missing_years_are_named(base: Any, sign_in: Any) -> None:
    with context.unscoped("example"):
        LeaderYear.objects.create(
            leader=base.leader, period="2020", business="养殖", people_led=9, **base.own
        )
    (line,) = sign_in("bob").get("/api/v1/training/books/leaders/?period=2019").json()["lines"]
    assert [line[name] for name in ("leader", "led_1", "led_2", "missing")] == ["钱演示", "9", "", ""]
    (masked,) = sign_in("alice").get("/api/v1/training/books/leaders/?period=2019&side=west").json()["lines"]
    assert masked["leader"] == "钱**"


@pytest.mark.parametrize("period", ["2018", "2023"])
def test_only_three_years_are_followed(base: Any, as_actor: Any, period: str) -> None:
    row = LeaderYear(leader=base.leader, period=period, business="养殖", people_led=2, **base.own)
    with as_actor("bob"), pytest.raises(RuleViolated) as refused:
        validate_row(registry.get("training.leaderyear"), row, None)
    assert "跟踪结业当年和以后三年" in str(refused.value.problems["period"][0])


def test_who_was_trained_as_something_else_is_questioned(base: Any, as_actor: Any) -> None:
    ledger = registry.get("training.leaderyear")
    row = LeaderYear(leader=base.leader, period="2020", business="养殖", people_led=2, **base.own)
    with as_actor("bob"):
        assert ledger.warn(row) == {}
        row.leader.training_class.course = "cuisine"
        assert "leader" in ledger.warn(row)
