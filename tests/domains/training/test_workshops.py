"""A workshop is recognised by its last month, ordered to set things right, cancelled; each by who may."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from shanhai.domains.training import reports
from shanhai.domains.training.actions import MOVES, move_workshop
from shanhai.domains.training.models import (
    Recognition,
    Workshop,
    WorkshopMonth,
    WorkshopReview,
    WorkshopStandard,
)
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.actions import validate_row
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.registry import registry
from shanhai.kernel.workflow import State
from shanhai.registers.parties.identity import demo_credit_code
from shanhai.registers.parties.models import Body

R = Recognition
DAY = date(2021, 9, 1)


@pytest.fixture
def west(cast: Any) -> SimpleNamespace:
    """A workshop applied for by Meitan's labour bureau, which meets the standard with six people."""
    own = {"side": "west", "owner_unit": cast.mt_labour, "place": cast.yongxing, "state": State.VERIFIED}
    with context.unscoped("example"):
        WorkshopStandard.objects.create(
            code="BZ1",
            least_ex_poor=5,
            least_premium=15,
            alarm_months=3,
            review_months=12,
            valid_from=date(2021, 1, 1),
            source="演示办法",
            **own,
        )
        body = Body.objects.create(name="演示竹编厂", credit_code=demo_credit_code(71), **own)
        workshop = Workshop.objects.create(
            code="CJ1",
            name="演示竹编车间",
            workshop_kind="home",
            run_by=body,
            applied_on=date(2021, 3, 1),
            **own,
        )
    made = SimpleNamespace(own=own, workshop=workshop, body=body)
    tell(made, "2021-08", 6)
    return made


def tell(made: Any, period: str, ex_poor: int, **more: Any) -> WorkshopMonth:
    with context.unscoped("example"):
        return WorkshopMonth.objects.create(
            workshop=made.workshop,
            period=period,
            jobs=12,
            ex_poor_jobs=ex_poor,
            wage_bill=Decimal(24_000),
            premium=15,
            **{**made.own, **more},
        )


def put(made: Any, standing: R, **values: Any) -> Workshop:
    """The workshop as it stands in the test."""
    with context.unscoped("example"):
        row = made.workshop
        row.recognition = standing
        row.recognised_on = None if standing in {R.APPLIED, R.CANCELLED} else date(2021, 4, 1)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return row


def move(as_actor: Any, who: str, made: Any, standing: R, **more: Any) -> Workshop:
    told = {"day": DAY, "reason": "现场核查", "row_version": 1, "rectify_by": None, **more}
    if standing is R.RECTIFYING and not more.get("is_bare"):
        told["rectify_by"] = date(2021, 10, 31)
    told.pop("is_bare", None)
    with as_actor(who) as actor:
        return move_workshop(made.workshop.pk, recognition=standing, actor=actor, **told)


@pytest.mark.parametrize("now", R)
@pytest.mark.parametrize("following", R)
@pytest.mark.parametrize("who", ["bob", "vera", "wang"])
def test_every_step_is_taken_by_whom_it_is_given_and_by_nobody_else(
    west: Any, as_actor: Any, now: R, following: R, who: str
) -> None:
    put(west, now)
    verb = MOVES[now].get(following)
    holds = {"bob": set(), "vera": {"verify"}, "wang": {"verify", "manage"}}[who]
    if verb in holds:
        assert move(as_actor, who, west, following).recognition == following
        return
    refused = RuleViolated if verb is None and who != "bob" else NotAllowed
    with pytest.raises(refused):
        move(as_actor, who, west, following)


def test_the_other_side_and_an_old_version_are_refused(west: Any, as_actor: Any) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        move(as_actor, "victor", west, R.RECOGNISED)
    with pytest.raises(Conflict):
        move(as_actor, "vera", west, R.RECOGNISED, row_version=7)


def test_recognition_asks_for_the_standard_of_the_day(west: Any, as_actor: Any) -> None:
    tell(west, "2021-09", 4)
    with pytest.raises(RuleViolated, match="2021-09 吸纳脱贫人口 4 人，认定标准至少 5 人") as refused:
        move(as_actor, "vera", west, R.RECOGNISED)
    assert refused.value.refusal == "standard_unmet"
    moved = move(as_actor, "vera", west, R.RECOGNISED, day=date(2021, 8, 31))  # of August's six people
    assert (moved.recognised_on, moved.row_version) == (date(2021, 8, 31), 2)


def test_an_unreported_month_does_not_recognise(west: Any, as_actor: Any) -> None:
    with context.unscoped("example"):
        WorkshopMonth.objects.update(state=State.DRAFT)
    with pytest.raises(RuleViolated, match="还没有已报的车间月报"):
        move(as_actor, "vera", west, R.RECOGNISED)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"reason": " "}, "请写明理由"),
        ({"is_bare": True}, "请填整改期限"),
        ({"day": date(2021, 9, 25)}, "办理日期不能晚于今天"),
        ({"day": date(2021, 3, 31)}, "办理日期不能早于 2021-04-01"),
    ],
)
def test_an_order_says_why_and_until_when(west: Any, as_actor: Any, more: Any, told: str) -> None:
    put(west, R.RECOGNISED)
    with pytest.raises(RuleViolated, match=told):
        move(as_actor, "vera", west, R.RECTIFYING, **more)


def test_restored_it_keeps_the_day_of_recognition_and_cancelled_it_leaves_the_count(
    west: Any, as_actor: Any
) -> None:
    put(west, R.RECTIFYING, rectify_by=date(2021, 8, 1))
    restored = move(as_actor, "vera", west, R.RECOGNISED)
    assert (restored.recognised_on, restored.rectify_by) == (date(2021, 4, 1), None)
    ended = move(as_actor, "wang", west, R.CANCELLED, row_version=2)
    assert (ended.cancelled_on, ended.recognition) == (DAY, "cancelled")


def test_alarm_book_and_checks_agree(west: Any, as_actor: Any) -> None:
    put(west, R.RECOGNISED)
    for period in ("2021-04", "2021-05", "2021-06", "2021-07"):
        tell(west, period, 3)
    with as_actor("bob"):
        assert reports.alarm_of(west.workshop) is None  # August met the standard
        july, august = (reports.workshop_book("west", Period.parse(one)) for one in ("2021-07", "2021-08"))
        assert (july[0]["under"], july[0]["average"]) == (4, Decimal("2000.00"))
        assert "已连续 4 个月" in july[0]["alarm"]
        assert (august[0]["under"], august[0]["alarm"], august[0]["ex_poor"]) == (0, "", 6)
        assert reports.workshop_findings(["west"]) == []
    with context.unscoped("example"):
        WorkshopMonth.objects.filter(period="2021-08").update(ex_poor_jobs=4)
    with as_actor("bob"):
        alarm = reports.alarm_of(west.workshop)
        assert alarm is not None
        assert len(alarm.months) == 5
        assert [one.code for one in reports.workshop_findings(["west"])] == ["under_standard"]
        assert reports.workshop_findings(["east"]) == []


def test_a_month_of_a_cancelled_workshop_and_more_ex_poor_than_people_are_refused(
    west: Any, as_actor: Any
) -> None:
    put(west, R.CANCELLED, cancelled_on=date(2021, 7, 15))
    row = tell(west, "2021-07", 6)
    row.period, row.ex_poor_jobs = "2021-08", 13
    with as_actor("bob"), pytest.raises(RuleViolated) as refused:
        validate_row(registry.get("training.workshopmonth"), row, None)
    assert {"period", "ex_poor_jobs"} <= set(refused.value.problems)


def test_a_review_lies_in_its_year(west: Any, as_actor: Any) -> None:
    row = WorkshopReview(
        workshop=west.workshop, period="2020", reviewed_on=DAY, conclusion="passed", **west.own
    )
    with as_actor("bob"), pytest.raises(RuleViolated) as refused:
        validate_row(registry.get("training.workshopreview"), row, None)
    assert set(refused.value.problems) == {"reviewed_on"}


def test_page_workbook_and_operation_tell_the_same_book(west: Any, sign_in: Any) -> None:
    put(west, R.RECOGNISED)
    browser = sign_in("bob")
    page = browser.get("/training/workshops/?period=2021-08").content.decode()
    assert "演示竹编车间" in page
    assert "2,000.00" in page
    sheet = browser.get("/training/workshops/?period=2021-08&format=xlsx")
    assert sheet.getvalue().startswith(b"PK")
    told = browser.get("/api/v1/training/books/workshops/?period=2021-08").json()
    assert [line["average"] for line in told["lines"]] == ["2,000.00"]
    assert browser.get("/training/workshops/?period=2021").status_code == 422


def test_the_form_beside_a_workshop_and_the_operation_do_the_same(west: Any, sign_in: Any) -> None:
    address = f"/training/workshop/{west.workshop.pk}/"
    assert "认定、整改与取消" not in sign_in("bob").get(address).content.decode()
    vera = sign_in("vera")
    assert "认定、整改与取消" in vera.get(address).content.decode()
    sent = {"recognition": "recognised", "day": "2021-09-01", "row_version": "1"}
    answered = vera.post(f"{address}move/", sent, follow=True).content.decode()
    assert "已登记" in answered
    body = {"recognition": "rectifying", "day": "2021-09-02", "row_version": 2, "reason": "空壳"}
    api = f"/api/v1/training/workshop/{west.workshop.pk}/"
    refused = vera.post(f"{api}move/", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_workshop_step")
    body["rectify_by"] = "2021-10-31"
    moved = vera.post(f"{api}move/", body, content_type="application/json")
    assert (moved.status_code, moved.json()["recognition"]) == (200, "rectifying")
    assert vera.get(f"{api}alarm/").json()["is_raised"] is False
