"""Alarms over rows, and the monthly report whose cells open exactly what they count."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds import alarm_rules
from shanhai.domains.funds.alarm_rules import Came, Job, Limits, Paid, Promise, Signed
from shanhai.domains.funds.models import Payment, Project
from shanhai.domains.funds.monthly import monthly_paper
from shanhai.kernel import context
from shanhai.kernel.workflow import State

TODAY = date(2021, 9, 24)
LIMITS = Limits(Decimal(50), Decimal(80), Decimal(100), 90, 6, {"2021": Decimal(60)})
DAY = date(2021, 3, 1)


def job(**values: Any) -> list[str]:
    one = Job(1, 2021, Decimal(100), **values)
    return [found.code for found in alarm_rules.check_jobs([one], LIMITS, TODAY)]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"is_begun": True, "payments": (Paid(2, DAY, Decimal("39.99")),)}, ["slow_spend"]),
        ({"is_begun": True, "payments": (Paid(2, DAY, Decimal(40)),)}, []),
        ({"payments": ()}, []),
        ({"payments": (Paid(2, DAY, Decimal(40), waits=True),)}, ["paid_early"]),
        ({"payments": (Paid(2, DAY, Decimal(40), waits=True),), "is_accepted": True}, []),
        (
            {
                "payments": (Paid(2, DAY, Decimal(40), waits=True),),
                "is_accepted": True,
                "accepted_on": DAY + timedelta(1),
            },
            ["paid_early"],
        ),
        ({"is_begun": True, "payments": (Paid(2, DAY, Decimal(50)),), "missing": ("环评",)}, ["not_ready"]),
        ({"is_begun": True, "payments": (Paid(2, DAY, Decimal(50)),), "is_industry": True}, ["no_link"]),
        (
            {"is_begun": True, "payments": (Paid(2, DAY, Decimal(50)),), "is_industry": True, "links": 1},
            [],
        ),
    ],
)
def test_a_project_is_held_against_bar_acceptance_conditions_and_households(
    values: dict[str, Any], codes: list[str]
) -> None:
    assert job(**values) == codes


def signed(number: int, amount: int, day: int, project: int = 1, payee: str = "甲") -> Signed:
    groups = (("project", project), ("payee", payee))
    return Signed(number, Decimal(amount), DAY + timedelta(day), groups)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([signed(1, 60, 0), signed(2, 40, 89)], [(1, 2)]),
        ([signed(1, 60, 0), signed(2, 40, 90)], []),
        ([signed(1, 60, 0), signed(2, 39, 1)], []),
        ([signed(1, 100, 0), signed(2, 99, 1)], []),
        ([signed(1, 60, 0, 1, "甲"), signed(2, 60, 1, 2, "乙")], []),
        ([signed(1, 60, 0, 1, "甲"), signed(2, 60, 1, 2, "甲")], [(1, 2)]),
    ],
)
def test_contracts_under_the_limit_are_told_when_together_they_reach_it_in_the_window(
    rows: list[Signed], found: list[tuple[int, ...]]
) -> None:
    assert [one.rows for one in alarm_rules.check_contracts(rows, LIMITS)] == found


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(0, 200)), max_size=8))
def test_what_is_told_as_split_is_within_the_window_and_reaches_the_limit(
    rows: list[tuple[int, int]],
) -> None:
    every = [signed(n, amount, day) for n, (amount, day) in enumerate(rows)]
    known = {one.id: one for one in every}
    for found in alarm_rules.check_contracts(every, LIMITS):
        parts: list[Any] = [known[key] for key in found.rows]
        assert sum(one.amount for one in parts) >= 100
        days = [one.signed_on for one in parts]
        assert (max(days) - min(days)).days < 90


def test_money_that_came_first_is_used_first_and_the_rest_lies_idle() -> None:
    came = [
        Came("new", "2021", Decimal(50), date(2021, 3, 25)),
        Came("old", "2021", Decimal(50), date(2021, 1, 5)),
        Came("older year", "2020", Decimal(5), date(2020, 12, 1)),
    ]
    found = list(alarm_rules.check_money(came, LIMITS, date(2021, 9, 25)))
    assert [one.rows for one in found] == [("older year",), ("new",)]
    assert "还有 0.00 万元" in found[1].sentence or "没有拨付" in found[1].sentence


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2021, 3, 25), date(2021, 9, 24), 5),
        (date(2021, 3, 24), date(2021, 9, 24), 6),
        (date(2021, 9, 25), date(2021, 9, 24), 0),
    ],
)
def test_months_are_whole(first: date, last: date, months: int) -> None:
    assert alarm_rules.months_between(first, last) == months


def test_a_promise_past_its_day_and_not_paid_in_full_is_told() -> None:
    kept = Promise(1, Decimal(10), Decimal(10), DAY)
    broken = Promise(2, Decimal(10), Decimal("9.99"), DAY)
    to_come = Promise(3, Decimal(10), Decimal(0), TODAY)
    found = alarm_rules.check_promises([kept, broken, to_come], TODAY)
    assert [one.rows for one in found] == [(2,)]


@pytest.fixture
def paid(project: Project, cast: Any) -> list[Payment]:
    common = {"side": "west", "owner_unit": cast.mt_labour, "project": project, "payee": "演示单位"}
    told = (
        ("P1", "2021-08", date(2021, 8, 31), "acceptance", 100, State.VERIFIED),
        ("P2", "2021-09", date(2021, 9, 1), "progress", 200, State.SUBMITTED),
        ("P3", "2021-09", date(2021, 9, 2), "progress", 400, State.DRAFT),
    )
    with context.unscoped("test"):
        return [
            Payment.objects.create(
                **common, voucher_number=number, period=period, paid_on=day, kind=kind,
                amount=Decimal(amount), state=state,
            )
            for number, period, day, kind, amount, state in told
        ]  # fmt: skip


def test_alarms_stand_with_the_other_checks_and_open_their_rows(paid: list[Payment], sign_in: Any) -> None:
    page = sign_in("wang").get("/funds/checks/?code=paid_early").content.decode()
    assert "项目还没有验收" in page
    assert f"/funds/payment/{paid[0].pk}/" in page
    told = sign_in("wang").get("/api/v1/funds/checks/?code=paid_early").json()
    assert told["items"][0]["others"][0]["text"] == "P1"


def test_each_cell_of_the_month_opens_exactly_its_payments(
    paid: list[Payment], as_actor: Any, sign_in: Any
) -> None:
    with as_actor("wang") as wang:
        table = monthly_paper(wang, "2021-09").tables[0]
    names = [one.name for one in table.columns]
    (row, total) = table.rows
    assert dict(zip(names, row.cells, strict=True)) | {"unit": ""} == {
        "unit": "", "code": "MT-2021-001", "name": "演示项目", "budget": Decimal(1_000_000),
        "number": 1, "month": Decimal(200), "year": Decimal(300), "all": Decimal(300), "rate": Decimal("0.0"),
    }  # fmt: skip
    browser = sign_in("wang")
    expected = {"month": {"P2"}, "year": {"P1", "P2"}, "all": {"P1", "P2"}}
    for line in (row, total):
        for name, url in zip(names, line.urls, strict=True):
            if name in expected and url:
                listed = browser.get(url).content.decode()
                assert {one for one in ("P1", "P2", "P3") if f">{one}<" in listed} == expected[name]
    assert browser.get("/funds/monthly/?month=2021-09&format=docx").status_code == 200
    assert browser.get("/funds/monthly/?month=2021").status_code == 422
    assert browser.get("/api/v1/funds/payment/monthly/?month=2021-09").json()["rows"][-1][5] == "200.00"
