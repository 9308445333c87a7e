"""Burden: what was typed again is counted once for each further ledger; numbers and minutes of bulletins."""

import io
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shanhai.domains.appraisal import actions
from shanhai.domains.appraisal.boards import burden, facts
from shanhai.domains.appraisal.models import Bulletin, BurdenGoal
from shanhai.domains.labour.models import JobWish, WorkerRegistration
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.clock import CHINA
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_identity
from shanhai.registers.parties.models import Person

MOMENTS = st.lists(st.dates(date(2020, 6, 1), date(2022, 6, 1)), min_size=1, max_size=5)


@given(MOMENTS)
def test_again_is_every_ledger_after_the_first(days: list[date]) -> None:
    moments = {str(n): datetime.combine(day, time(9), CHINA) for n, day in enumerate(days)}
    fact = facts.Typed(UUID(int=0), moments)
    again = [month for year in (2020, 2021, 2022) for month in fact.again(year)]
    assert len(again) == fact.times - 1


@pytest.mark.parametrize(
    ("at", "minutes"),
    [
        (datetime(2021, 10, 1, 0, 0, tzinfo=CHINA), 0),
        (datetime(2021, 10, 1, 9, 30, tzinfo=CHINA), 570),
        (datetime(2021, 9, 30, 23, 59, tzinfo=CHINA), -1),
    ],
)
def test_minutes_run_from_the_first_moment_after_the_period(at: datetime, minutes: int) -> None:
    assert burden.minutes_between(Period.parse("2021Q3"), at) == minutes


def test_shares_and_times_of_nothing_are_nothing() -> None:
    assert burden.times(0, 0) is None
    assert burden.times(3, 1) == Decimal("1.50")
    assert burden.share(0, 0) is None
    assert burden.share(3, 1) == Decimal("75.0")


def test_a_kind_is_a_label_that_several_ledgers_hold() -> None:
    shared = {one.label: one for one in facts.kinds() if one.is_shared}
    assert {source.ledger.key for source in shared["期望月工资"].sources} == {
        "labour.jobwish",
        "labour.workerregistration",
    }
    assert all(len({s.ledger.key for s in one.sources}) == len(one.sources) for one in facts.kinds())


@pytest.fixture
def typed(cast: Any) -> Any:
    """Three people with a wished wage in the registration; of one the wish says the same, of one another."""
    with context.unscoped("toys"), clock.at(date(2021, 3, 2)):
        for number, wage in enumerate((4000, 4000, None)):
            born_on = date(1990, 1, 1 + number)
            person = Person.objects.create(
                side=Side.WEST,
                owner_unit=cast.mt_labour,
                name=f"演示{number}",
                sex="male",
                category="ordinary",
                identity_number=demo_identity(area=328, born_on=born_on, serial=100 + number),
                born_on=born_on,
                state=State.VERIFIED,
            )
            common = {
                "side": Side.WEST,
                "owner_unit": cast.mt_labour,
                "person": person,
                "state": State.VERIFIED,
            }
            WorkerRegistration.objects.create(
                **common,
                registered_on=date(2021, 3, 1),
                wished_wage=Decimal(4000),
                submitted_at=datetime(2021, 3, 2, 9, tzinfo=CHINA),
            )
            if wage is not None:
                JobWish.objects.create(
                    **common,
                    first_destination="paired_city",
                    valid_from=date(2021, 5, 1),
                    valid_to=date(2021, 12, 31),
                    wished_wage=Decimal(wage + number),
                    submitted_at=datetime(2021, 5, 3, 9, tzinfo=CHINA),
                )
    return cast


def test_what_is_typed_again_is_counted_in_its_month_and_opens(typed: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    told = browser.get("/api/v1/boards/burden/", {"year": "2021"}).json()
    (kind,) = [one for one in told["kinds"] if one["label"] == "期望月工资"]
    assert (kind["entries"], kind["again"], kind["times"]) == (5, 1, "1.25")
    again = {one["month"]: one["again"] for one in told["months"]}
    assert (again["2021-05"], again["2021-03"]) == (1, 0)
    (fact,) = browser.get("/api/v1/boards/burden/facts/", {"year": "2021", "kind": kind["code"]}).json()
    assert set(fact["moments"]) == {"labour.jobwish", "labour.workerregistration"}
    page = browser.get("/appraisal/burden/facts/", {"year": "2021", "kind": kind["code"]})
    assert page.status_code == 200
    assert "4,000" not in page.content.decode()
    assert browser.get("/appraisal/burden/facts/", {"kind": "x"}).status_code == 404


def test_numbers_of_an_issued_bulletin_are_the_systems_unless_kept_by_hand(
    bulletin: Bulletin, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("wang") as wang:
        actions.issue_bulletin(bulletin, actor=wang)
    told = sign_in("wang").get("/api/v1/boards/burden/", {"year": "2021"}).json()
    (one,) = told["bulletins"]
    assert one["filled"] > 0
    assert (one["by_hand"], told["whole"]["share"]) == (0, "100.0")
    assert told["goals"]["system_share"] == "80.00"
    assert sign_in("carol").get("/api/v1/boards/burden/", {"year": "2021"}).json()["bulletins"] == []


def test_goals_are_dated_rules_and_the_page_says_which_is_missed(typed: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    page = browser.get("/appraisal/burden/").content.decode()
    assert "目标不多于 1次" in page
    assert "未达到" in page
    with context.unscoped("toys"):
        BurdenGoal.objects.filter(burden_code="typed_times").update(goal_value=3)
    assert "未达到" not in browser.get("/appraisal/burden/").content.decode()


def test_it_is_the_coordinators_and_taken_along(cast: Any, sign_in: Any) -> None:
    assert sign_in("bob").get("/appraisal/burden/").status_code == 404
    browser = sign_in("wang")
    book = load_workbook(io.BytesIO(browser.get("/appraisal/burden/", {"format": "xlsx"}).content))
    assert any("全年" in [cell.value for cell in row] for row in book.worksheets[0].iter_rows())
    assert browser.get("/api/v1/boards/burden/file/", {"format": "docx"}).status_code == 200


def test_how_often_burden_asks_does_not_grow_with_rows(typed: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    counts = []
    for _turn in range(2):
        browser.get("/appraisal/burden/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/appraisal/burden/")
        counts.append(len(asked))
        with context.unscoped("toys"):
            JobWish.objects.update(wished_wage=Decimal(4000))
    assert counts[0] == counts[1]
