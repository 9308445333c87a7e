"""务工核查 of workers: not heard from, number dead, counted in two years, category that differs."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.labour import person_rules as rules
from shanhai.domains.labour.models import (
    EmploymentSpell,
    FollowUpVisit,
    MonthlyFact,
    PersonCategory,
    WorkerRegistration,
)
from shanhai.kernel import context
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person

TODAY = date(2021, 9, 24)


@pytest.mark.parametrize(("days", "is_told"), [(365, False), (366, True)])
def test_who_was_not_heard_from_is_told_after_the_line(days: int, *, is_told: bool) -> None:
    found = list(rules.not_heard([rules.Heard("a", TODAY - timedelta(days=days))], TODAY, 365))
    assert bool(found) is is_told


attempts = st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=8)


@given(attempts)
def test_a_dead_number_is_told_until_somebody_is_reached(told: list[tuple[str, bool]]) -> None:
    given_in_order = [
        rules.Attempt(key, TODAY + timedelta(days=place), is_dead, not is_dead)
        for place, (key, is_dead) in enumerate(told)
    ]
    last = dict(told)
    found = {one.rows[0] for one in rules.unreachable(given_in_order)}
    assert found == {key for key, is_dead in last.items() if is_dead}


@pytest.mark.parametrize(
    ("started", "ended", "months", "today", "is_told"),
    [
        (date(2020, 5, 1), None, 0, TODAY, True),
        (date(2020, 5, 1), date(2021, 1, 1), 0, TODAY, True),
        (date(2020, 5, 1), date(2020, 12, 31), 0, TODAY, False),
        (date(2021, 1, 1), None, 0, TODAY, False),
        (date(2020, 5, 1), None, 1, TODAY, False),
        (date(2020, 5, 1), None, 0, date(2021, 3, 31), False),
    ],
)
def test_a_spell_without_a_month_of_this_year_would_count_twice(
    started: date, ended: date | None, months: int, today: date, *, is_told: bool
) -> None:
    assert bool(list(rules.counted_twice([rules.Kept("s", started, ended, months)], today))) is is_told


def test_the_page_tells_them_per_unit_with_a_link(cast: Any, sign_in: Any) -> None:
    whose = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": "verified"}
    with context.unscoped("test"):
        number = demo_identity(area=328, born_on=date(1990, 1, 1), serial=1)
        person = Person.objects.create(name="李演示", identity_number=number, **whose)
        worker = WorkerRegistration.objects.create(
            person=person, registered_on=date(2020, 1, 5), status="employed", **whose
        )
        FollowUpVisit.objects.create(
            registration=worker, visited_on=date(2021, 8, 1), outcome="wrong_number", **whose
        )
        EmploymentSpell.objects.create(
            person=person, employer_name="演示厂", post="质检", destination="county",
            started_on=date(2020, 3, 2), period="2020Q1", **whose,
        )  # fmt: skip
        PersonCategory.objects.create(
            person=person, category="out_of_poverty", valid_from=date(2019, 12, 31), basis="名单", **whose
        )
    client = sign_in("wang")
    told = {item["code"]: item for item in client.get("/api/v1/labour/checks/").json()["items"]}
    assert set(told) == {"no_contact", "phone_dead", "two_years", "category_differs"}
    assert told["phone_dead"]["sentence"] == "2021-08-01 打电话是空号或错号，以后没有联系上，请核对新号。"
    assert told["category_differs"]["sentence"] == "人员登记为一般农户，类别认定今日为脱贫人口，请核对。"
    page = client.get("/labour/checks/").content.decode()
    assert f"/labour/workerregistration/{worker.pk}/" in page
    assert "跨年重复计 1" in page
    with context.unscoped("test"):
        spell = EmploymentSpell.objects.get()
        MonthlyFact.objects.create(spell=spell, period="2021-01", **whose)
        FollowUpVisit.objects.create(
            registration=worker, visited_on=date(2021, 9, 1), outcome="reached", **whose
        )
        WorkerRegistration.objects.update(last_contact_on=date(2021, 9, 1))
        Person.objects.update(category="out_of_poverty")
    left = {item["code"] for item in client.get("/api/v1/labour/checks/").json()["items"]}
    assert left == {"wage_missing"}
    assert sign_in("carol").get("/api/v1/labour/checks/").json()["items"] == []
