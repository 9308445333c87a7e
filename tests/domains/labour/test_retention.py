"""Whether workers stay is asked by dated intervals; an answer flows back as facts, each once."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.labour import retention_rules as rules
from shanhai.domains.labour.matching_acts import advance
from shanhai.domains.labour.models import (
    EmploymentSpell,
    MonthlyFact,
    Placement,
    RetentionCheck,
    WorkerRegistration,
)
from shanhai.domains.labour.transport import acts, retention_acts
from shanhai.domains.labour.transport import retention_reports as reports
from shanhai.kernel import actions, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.registry import registry
from worlds import TODAY

from .market import Market

Standing = Placement.Standing
HIRED = date(2021, 6, 10)
JSON: dict[str, Any] = {"content_type": "application/json"}
_DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@given(day=_DAYS, months=st.integers(1, 24))
def test_the_day_is_that_of_arrival_some_months_on(day: date, months: int) -> None:
    due = rules.due_on(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)


@given(
    days=st.lists(_DAYS, max_size=4),
    outcomes=st.lists(st.sampled_from(["due", "stayed", "changed", "left"]), min_size=4),
    day=_DAYS,
)
def test_an_answer_decides_each_open_check_once(days: Any, outcomes: Any, day: date) -> None:
    checks = [rules.Check(at, due, outcomes[at]) for at, due in enumerate(days)]
    seen, gone = rules.implied_by_staying(checks, day), rules.implied_by_leaving(checks, day)
    assert set(seen) <= set(gone)
    assert {one.id for one in checks if one.outcome == "due"} == set(gone)
    assert all(checks[at].due_on <= day for at in seen)
    assert all(stayed == (checks[at].due_on < day) for at, stayed in gone.items())
    found = rules.kept(checks, day)
    assert found.asked_for == found.stayed + found.changed + found.left + found.open
    assert (found.rate is None) == (found.asked_for == 0)
    assert found.rate is None or 0 <= found.rate <= 100


class Posted:
    """Workers of one order who began on a day of the past."""

    def __init__(self, cast: Any) -> None:
        self.market = Market(cast)
        self.order = self.market.order("A", headcount=9)

    def worker(self, actor: Any, name: str = "甲", hired_on: date = HIRED) -> Placement:
        person, ledger = self.market.worker(name), registry.get(Placement.ledger_key())
        row = actions.create_row(ledger, {"person": person, "order": self.order}, actor=actor)
        row = advance(row.pk, standing=Standing.ACCEPTED, actor=actor, row_version=row.row_version)
        with context.unscoped("accepted then"):
            Placement.objects.filter(pk=row.pk).update(decided_on=hired_on)
        return advance(
            row.pk, standing=Standing.HIRED, day=hired_on, actor=actor, row_version=row.row_version
        )


@pytest.fixture
def posted(cast: Any) -> Posted:
    return Posted(cast)


def checks_of(placement: Placement) -> dict[int, RetentionCheck]:
    return {one.after_months: one for one in RetentionCheck.objects.filter(placement=placement)}


def answer(check: RetentionCheck, outcome: str, actor: Any, **values: Any) -> RetentionCheck:
    return retention_acts.answer(check.pk, outcome, values, actor=actor, row_version=check.row_version)


def test_arriving_makes_a_check_for_each_interval(posted: Posted, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        found = checks_of(posted.worker(wang))
        assert {months: one.due_on for months, one in found.items()} == {
            1: date(2021, 7, 10),
            3: date(2021, 9, 10),
            6: date(2021, 12, 10),
        }
        assert all(one.state == "submitted" for one in found.values())
        due, number = reports.due_checks(wang)
        assert [one.after_months for one in due] == [1, 3]
        assert number == 2


def test_staying_fills_the_month_and_earlier_checks_once(posted: Posted, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        placement = posted.worker(wang)
        third = checks_of(placement)[3]
        for _sent_twice in range(2):
            answer(third, "stayed", wang, wage=Decimal(5300), checked_on=TODAY)
        found = checks_of(placement)
        assert [found[at].outcome for at in (1, 3, 6)] == ["stayed", "stayed", "due"]
        (fact,) = MonthlyFact.objects.filter(spell=placement.spell)
        assert (fact.period, fact.wage, fact.is_in_post) == ("2021-09", Decimal(5300), True)
        known = WorkerRegistration.objects.get(person=placement.person)
        assert (known.status, known.last_contact_on) == ("employed", TODAY)
        assert reports.due_checks(wang)[1] == 0


def test_leaving_ends_the_spell_and_answers_the_rest(posted: Posted, as_actor: Any) -> None:
    left = date(2021, 8, 20)
    with as_actor("wang") as wang:
        placement = posted.worker(wang)
        third = checks_of(placement)[3]
        with pytest.raises(RuleViolated) as refused:
            answer(third, "left", wang)
        assert "请填离开日期" in acts.sentence_of(refused.value)
        answer(third, "left", wang, left_on=left, reason="family")
        found = checks_of(placement)
        assert [found[at].outcome for at in (1, 3, 6)] == ["stayed", "left", "left"]
        row = Placement.objects.get(pk=placement.pk)
        assert (row.match_state, row.left_on) == ("left", left)
        assert EmploymentSpell.objects.get(pk=placement.spell_id).ended_on == left
        known = WorkerRegistration.objects.get(person=placement.person)
        assert (known.status, known.status_since) == ("unemployed", left)


def test_who_changed_the_employer_is_still_at_work(posted: Posted, as_actor: Any) -> None:
    left = date(2021, 9, 1)
    with as_actor("wang") as wang:
        placement = posted.worker(wang)
        answer(checks_of(placement)[3], "changed", wang, left_on=left, reason="wages", new_employer="另一厂")
        spells = EmploymentSpell.objects.filter(person=placement.person).order_by("started_on")
        assert [(one.employer_label, one.ended_on) for one in spells] == [
            ("演示电器有限公司", left),
            ("另一厂", None),
        ]
        assert WorkerRegistration.objects.get(person=placement.person).status == "employed"


def test_leaving_by_another_door_answers_the_checks_too(posted: Posted, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        placement = posted.worker(wang)
        version = Placement.objects.get(pk=placement.pk).row_version
        advance(placement.pk, standing=Standing.LEFT, day=TODAY, actor=wang, row_version=version)
        found = checks_of(placement)
        assert [found[at].outcome for at in (1, 3, 6)] == ["stayed", "stayed", "left"]


def test_who_was_not_reached_is_asked_again(posted: Posted, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        first = checks_of(posted.worker(wang))[1]
        for _sent_twice in range(2):
            answer(first, "unreached", wang, note="电话没人接")
        first.refresh_from_db()
        assert (first.outcome, first.tried_on) == ("due", TODAY)


@pytest.mark.parametrize(
    ("outcome", "values", "said"),
    [
        ("stayed", {"checked_on": TODAY + timedelta(days=1)}, "不能早于到岗日期"),
        ("stayed", {"wage": Decimal(0)}, "大于零"),
        ("stayed", {"wage": Decimal("NaN")}, "大于零"),
        ("stayed", {"wage": Decimal("1e30")}, "大于零"),
        ("left", {"left_on": date(2021, 6, 9), "reason": "family"}, "不能早于到岗日期"),
        ("left", {"left_on": TODAY, "reason": "x"}, "没有这个离开原因"),
        ("changed", {"left_on": TODAY, "reason": "wages"}, "请填新用工单位"),
        ("due", {}, "请选择回访结果"),
    ],
)
def test_what_cannot_be_is_told(
    posted: Posted, as_actor: Any, outcome: str, values: dict[str, Any], said: str
) -> None:
    with as_actor("wang") as wang:
        check = checks_of(posted.worker(wang))[1]
        with pytest.raises(RuleViolated) as refused:
            answer(check, outcome, wang, **values)
        assert said in acts.sentence_of(refused.value)


def test_a_check_before_its_day_cannot_say_stayed(posted: Posted, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        with pytest.raises(RuleViolated) as refused:
            answer(checks_of(posted.worker(wang))[6], "stayed", wang)
        assert "才满期" in acts.sentence_of(refused.value)


def test_every_number_of_the_page_opens_to_as_many_rows(posted: Posted, as_actor: Any, sign_in: Any) -> None:
    with as_actor("wang") as wang:
        stayed, gone = posted.worker(wang, "甲"), posted.worker(wang, "乙")
        posted.worker(wang, "丙")
        answer(checks_of(stayed)[3], "stayed", wang)
        answer(checks_of(gone)[3], "left", wang, left_on=date(2021, 7, 1), reason="work")
        lines = reports.retention_lines("employer")
        told = [(one.months, one.kept.asked_for, one.kept.stayed, one.kept.open) for one in lines]
        assert told == [(1, 3, 1, 1), (3, 3, 1, 1)]
        assert str(lines[0].kept.rate) == "33.3"
        addresses = [
            (reports.rows_of("employer", lines[1], code), number)
            for code, number in (("", 3), ("stayed", 1), ("left", 1), ("due", 1))
        ]
        addresses.append((reports.rows_of("batch", reports.retention_lines("batch")[0]), 3))
    browser = sign_in("wang")
    page = browser.get("/labour/retention/", {"by": "employer"}).content.decode()
    assert "33.3%" in page
    for url, number in addresses:
        shown = browser.get(url).content.decode()
        assert shown.count('data-label="应回访日期"') == number, url
    answered = browser.get("/labour/retention/", {"by": "employer", "format": "xlsx"})
    assert b"".join(answered.streaming_content)[:2] == b"PK"


def test_the_list_of_the_day_and_the_api_take_the_answer(posted: Posted, as_actor: Any, sign_in: Any) -> None:
    with as_actor("wang") as wang:
        placement = posted.worker(wang)
        found = checks_of(placement)
    browser = sign_in("wang")
    listed = browser.get("/labour/caseload/").content.decode()
    assert "到期的稳岗回访" in listed
    assert "到岗满 3 个月" in listed
    sent = {"outcome": "unreached", "row_version": found[1].row_version, "back": "caseload"}
    page = browser.post(f"/labour/retentioncheck/{found[1].pk}/answer/", sent, follow=True)
    assert "已记下这次稳岗回访" in page.content.decode()
    told = browser.get("/api/v1/labour/caseload/").json()
    assert told["checking"] == 2
    check = told["checks"][1]
    root = f"/api/v1/labour/retentioncheck/{check['id']}/answer/"
    body = {"row_version": check["row_version"], "outcome": "left"}
    refused = browser.post(root, json.dumps(body), **JSON)
    assert refused.json()["code"] == "bad_check"
    body |= {"left_on": "2021-08-01", "reason": "health"}
    assert browser.post(root, json.dumps(body), **JSON).json()["outcome"] == "left"
    kept = browser.get("/api/v1/labour/retention/").json()
    assert [one["left"] for one in kept["employers"]] == [0, 1]
