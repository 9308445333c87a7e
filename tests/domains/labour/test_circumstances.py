"""Categories by date and households: what overlaps is refused, leaving keeps the row verified."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.labour import rules
from shanhai.domains.labour.actions import end_holding
from shanhai.domains.labour.categories import MONITORED, as_registered, categories_on
from shanhai.domains.labour.models import Household, HouseholdMember, PersonCategory
from shanhai.kernel import actions, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.imports.columns import read_upload
from shanhai.kernel.imports.plan import plan_import
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.duplicates import deciding
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import DuplicatePair, Person

CATEGORY = registry.get("labour.personcategory")
BORN = date(1990, 1, 1)


def number(serial: int) -> str:
    return demo_identity(area=328, born_on=BORN, serial=serial)


@pytest.fixture
def whose(cast: Any) -> dict[str, Any]:
    return {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing}


@pytest.fixture
def people(whose: Any) -> list[Person]:
    with context.unscoped("test"):
        return [
            Person.objects.create(name=f"李演示{one}", identity_number=number(one), **whose) for one in (1, 3)
        ]


@pytest.fixture
def poor(whose: Any, people: Any) -> PersonCategory:
    with context.unscoped("test"):
        return PersonCategory.objects.create(
            person=people[0], category="out_of_poverty", valid_from=date(2019, 12, 31), basis="名单",
            state=State.VERIFIED, **whose,
        )  # fmt: skip


def _given(person: Person, first: str, last: str | None, category: str = "out_of_poverty") -> dict[str, Any]:
    days = {"valid_from": date.fromisoformat(first), "valid_to": last and date.fromisoformat(last)}
    return {"person": person, "category": category, "basis": "名单", **days}


@pytest.mark.parametrize(
    ("first", "last", "category", "is_refused"),
    [
        ("2020-01-01", None, "out_of_poverty", True),
        ("2019-01-01", "2019-12-31", "out_of_poverty", True),
        ("2019-01-01", "2019-12-30", "out_of_poverty", False),
        ("2020-01-01", None, "relocated", False),
        ("2021-09-25", None, "relocated", True),
        ("2020-02-01", "2020-01-31", "relocated", True),
    ],
)
def test_of_one_category_a_person_has_one_at_a_time(
    people: Any, poor: Any, as_actor: Any, first: str, last: str, category: str, *, is_refused: bool
) -> None:
    with as_actor("bob") as bob:
        values = _given(people[0], first, last, category)
        if not is_refused:
            actions.create_row(CATEGORY, values, actor=bob)
            return
        with pytest.raises(RuleViolated) as refused:
            actions.create_row(CATEGORY, values, actor=bob)
        assert {"valid_from", "valid_to"} & set(refused.value.problems)


def test_the_database_refuses_what_two_clerks_save_at_once(people: Any, poor: Any, whose: Any) -> None:
    values = _given(people[0], "2020-01-01", None)
    with context.unscoped("test"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonCategory.objects.create(**values, **whose)
        PersonCategory.objects.create(**values, **whose, state=State.VOIDED)


def test_lines_of_one_file_are_held_against_each_other(people: Any, as_actor: Any) -> None:
    heads = "人员,认定类别,认定日期,退出日期,认定依据"
    lines = (
        f"{number(1)},脱贫不稳定户,2020-01-01,2020-06-30,名单",
        f"{number(1)},脱贫不稳定户,2020-06-30,,名单",
        f"{number(3)},脱贫不稳定户,2020-06-30,,名单",
    )
    with as_actor("bob") as bob:
        plan = plan_import(CATEGORY, read_upload(CATEGORY, "\n".join((heads, *lines)).encode("gbk")), bob)
        assert [problem.row for problem in plan.problems] == [2, 3]
        assert "已登记 2020-06-30 至 今，不能重叠" in plan.problems[0].message
        assert len(plan.creates) == 1


def test_whoever_leaves_a_category_is_in_it_until_that_day(people: Any, poor: Any, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        end_holding(PersonCategory, poor.pk, valid_to=date(2021, 6, 30), actor=bob, row_version=1)
        poor.refresh_from_db()
        assert (poor.state, poor.valid_to) == (State.VERIFIED, date(2021, 6, 30))
        on = {day: categories_on(day) for day in (date(2019, 12, 30), date(2021, 6, 30), date(2021, 7, 1))}
        key = people[0].pk
        assert [found.get(key, frozenset()) for found in on.values()] == [
            frozenset(),
            frozenset({"out_of_poverty"}),
            frozenset(),
        ]
        with pytest.raises(RuleViolated, match="不能早于"):
            end_holding(PersonCategory, poor.pk, valid_to=date(2019, 1, 1), actor=bob, row_version=2)


def test_a_person_is_in_one_household_at_a_time(people: Any, whose: Any, as_actor: Any) -> None:
    ledger = registry.get("labour.householdmember")
    with context.unscoped("test"):
        one, other = (Household.objects.create(code=code, **whose) for code in ("H1", "H2"))
        member = HouseholdMember.objects.create(
            household=one, person=people[0], relation="head", valid_from=date(2016, 1, 1),
            state=State.VERIFIED, **whose,
        )  # fmt: skip
    values = {"household": other, "person": people[0], "relation": "child", "valid_from": date(2021, 3, 1)}
    with as_actor("bob") as bob:
        with pytest.raises(RuleViolated) as refused:
            actions.create_row(ledger, values, actor=bob)
        assert refused.value.problems["person"] == ["该人员 2016-01-01 至 今 在 H1 户，请先登记离户。"]
        end_holding(HouseholdMember, member.pk, valid_to=date(2021, 2, 28), actor=bob, row_version=1)
        actions.create_row(ledger, values, actor=bob)


def test_two_rows_of_one_person_are_merged_though_both_have_the_category(
    people: Any, poor: Any, whose: Any, as_actor: Any
) -> None:
    winner, loser = people
    with context.unscoped("test"):
        theirs = PersonCategory.objects.create(**_given(loser, "2020-05-01", None), **whose)
        moved = PersonCategory.objects.create(**_given(loser, "2018-05-01", None, "relocated"), **whose)
        first, second = sorted(people, key=lambda one: one.pk)
        pair = DuplicatePair.objects.create(side="west", first=first, second=second, probability="0.9")
    with as_actor("wang") as wang:
        done = deciding.merge(pair.pk, winner.pk, reason="同一人", actor=wang)
        theirs.refresh_from_db()
        moved.refresh_from_db()
        assert (theirs.state, theirs.person_id, moved.person_id) == (State.VOIDED, loser.pk, winner.pk)
        deciding.unmerge(done.pk, reason="看错了", actor=wang)
        theirs.refresh_from_db()
        moved.refresh_from_db()
        assert (theirs.state, moved.person_id) == (State.DRAFT, loser.pk)


def test_the_register_names_the_gravest_category() -> None:
    assert as_registered(()) == "ordinary"
    assert as_registered({"relocated"}) == "ordinary"
    assert as_registered({"out_of_poverty", "relocated"}) == "out_of_poverty"
    for one in MONITORED:
        assert as_registered({"out_of_poverty", one}) == "monitored"


days = st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 10)))


@given(days, days)
def test_days_meet_when_some_day_is_in_both(one: Any, other: Any) -> None:
    start = date(2021, 1, 1)

    def held(days: tuple[int, int | None]) -> Any:
        first = start + timedelta(days=days[0])
        last = None if days[1] is None else first + timedelta(days=days[1])
        return SimpleNamespace(valid_from=first, valid_to=last)

    def all_days(days: tuple[int, int | None]) -> set[int]:
        return set(range(days[0], 100 if days[1] is None else days[0] + days[1] + 1))

    assert rules.days_meet(held(one), held(other)) is bool(all_days(one) & all_days(other))
